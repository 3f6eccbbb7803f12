Who took an urgent case is asked whether they have reached the customer, and at last woken again
It is Tuesday 10 March 2026, 2:04 am

Maria (+1 512 555 0131) texts "pipe burst water everywhere"
Dana is paged
Dana answers "1"
Dana gets a text with "is yours"
within 11 minutes Dana gets a text with "Have you reached (512) 555-0131? Reply DONE"
within 10 minutes Dana gets a text with "Have you reached"
nobody else is paged for 9 minutes
within 2 minutes Dana is paged with "Taken by Dana, and not reached yet"
a page about Maria is still open
Dana answers "1"
Dana gets a text with "is yours"
within 11 minutes Dana gets a text with "Have you reached"
within 11 minutes Dana gets a text with "Have you reached"
within 11 minutes Dana is paged with "Taken by Dana, and not reached yet"
Dana answers "1"
Dana gets a text with "is yours"
Dana answers "DONE"
Dana gets a text with "written down that you reached them"
there is no to-do about Maria
nobody else is paged for 2 hours
