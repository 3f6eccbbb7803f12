Who puts an answer right is believed
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "my kitchen drain is clogged, 78701"
Maria gets a text
1 minute passes
Maria texts "sorry I meant 78704"
Maria gets a text
1 minute passes
Maria texts "it can wait"
Maria gets a text with "http"
Maria answered "78704"
1 minute passes
Maria texts "oops, my zip is 78702"
Maria gets no other text
there is a to-do about Maria with "corrected"
Maria answered "78702"
