Danger after a stop: no text may leave, so people are woken on the fastest path
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) texts "STOP"
Maria gets a text with "we will not text you again"
Maria texts "I smell gas in the kitchen"
within 5 seconds Dana is paged with "danger"
within 65 seconds Luis is paged
Maria gets no text for 1 hour
