An offer that is stale is looked up again before anybody is promised anything
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "kitchen sink is clogged, it can wait, Austin 78704"
Maria gets a text with "Reply 1, 2 or 3"
Tom (+1 512 555 0132) calls, it rings 20 seconds, nobody answers
within 45 seconds Tom gets a text
Tom texts "toilet is running, it can wait, Austin 78704"
Tom gets a text with "2) Wed Mar 11, 8:00 AM"
Tom opens the link and takes the first opening
Tom gets a text with "booked"
Maria texts "1"
Maria gets a text with "somebody was faster"
Maria texts "1"
Maria gets a text with "We are keeping"
