A town is no emergency
# Asked how urgent it is, Maria says where she is: that answers the next question, and wakes nobody.
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "my kitchen drain is clogged"
Maria gets a text with "running"
Maria texts "Round Rock"
nobody is paged
Maria texts "it can wait a few days"
Maria gets a text with "http"
Maria wants "drain"
nobody is paged
