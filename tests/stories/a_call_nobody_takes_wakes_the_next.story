A call that nobody takes wakes the next; who passes by key does so at once
It is Tuesday 10 March 2026, 2:04 am
Dana rings whenever there is a page
Dana picks up the next call and presses 2

Maria (+1 512 555 0131) texts "pipe burst water everywhere"
Dana is paged
within 20 seconds Luis is paged
a page about Maria is still open
