An answer to an earlier question counts
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hello"
Maria gets a text
1 minute passes
Maria texts "78704"
Maria gets a text
1 minute passes
Maria texts "the drain in my kitchen is clogged"
Maria gets a text with "wait"
Maria answered "78704"
Maria wants "drain"
1 minute passes
Maria texts "it can wait"
Maria gets a text with "http"
