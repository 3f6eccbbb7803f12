As soon as possible means the first of the times
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "kitchen sink is clogged, it can wait, Austin 78704"
Maria gets a text with "Reply 1, 2 or 3"
Maria texts "asap please"
Maria gets a text with "We are keeping Tue Mar 10, 1:00 PM"
