A wish that leaves something open books nothing and is answered with times to choose from
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "kitchen sink is clogged, it can wait, Austin 78704"
Maria gets a text with "Reply 1, 2 or 3"
Maria texts "friday works but not too early"
Maria gets a text with "Fri Mar 13"
Maria texts "3"
Maria gets a text with "We are keeping Fri Mar 13"
