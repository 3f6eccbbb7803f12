A link that has expired or is used up says what to do, and books nothing
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "kitchen sink is clogged, it can wait, Austin 78704"
Maria gets a text with "Reply 1, 2 or 3"
8 days pass
Maria opens the link
that page tells Maria "This link has expired"
that page tells Maria "Reply to our text or call us for a new one"
that page tells Maria "Call (512) 555-0100"
Maria is not booked
Tom (+1 512 555 0132) calls, it rings 20 seconds, nobody answers
within 45 seconds Tom gets a text
Tom texts "toilet is running, it can wait, Austin 78704"
Tom gets a text with "Reply 1, 2 or 3"
Tom opens the link and takes the first opening
Tom gets a text with "you are booked for"
1 day passes
Tom opens the link
that page tells Tom "This link has been used"
that page tells Tom "Call us or text us to make another one"
