A wish with an exception is understood
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "kitchen sink is clogged, it can wait, Austin 78704"
Maria gets a text with "Reply 1, 2 or 3"
Maria texts "any morning next week but not tuesday"
Maria gets a text without "Tue Mar 17"
Maria texts "1"
Maria gets a text with "We are keeping Mon Mar 16, 8:00 AM"
