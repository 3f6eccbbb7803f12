Who said stop and then start is answered again
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
Maria texts "STOP"
Maria gets a text
Maria has said stop
Maria texts "START"
Maria gets a text with "answer"
Maria has not said stop
Maria texts "my shower drain is clogged"
Maria gets a text
Maria wants "drain"
