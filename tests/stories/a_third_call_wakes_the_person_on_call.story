The third call that nobody takes wakes the person on call in the same turn
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
12 minutes pass
Maria calls again, it rings 20 seconds, nobody answers
12 minutes pass
nobody is paged
Maria calls again, it rings 20 seconds, nobody answers
within 40 seconds Dana is paged with "keeps calling"
