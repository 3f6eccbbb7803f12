A yes to several times is asked which of them
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "kitchen sink is clogged, it can wait, Austin 78704"
Maria gets a text with "Reply 1, 2 or 3"
Maria texts "yes that works for me"
Maria gets a text with "which time do you mean"
Maria texts "the first one doesn't work, the second is fine"
Maria gets a text with "We are keeping Wed Mar 11, 8:00 AM"
nobody is paged
