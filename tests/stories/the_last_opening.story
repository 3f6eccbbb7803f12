Two people want the same last opening: one has it, the other is shown the next, nobody is told yes twice
Setting: booking_horizon = 172800
Hours: 13:00 to 14:30
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "kitchen sink is clogged, it can wait, Austin 78704"
Maria gets a text with "Tue Mar 10, 1:00 PM 2) Wed Mar 11, 1:00 PM"
Tom (+1 512 555 0132) calls, it rings 20 seconds, nobody answers
within 45 seconds Tom gets a text
Tom texts "toilet is running, it can wait, Austin 78704"
Tom gets a text with "Tue Mar 10, 1:00 PM"
Maria opens the link
Tom opens the link
Tom takes the first opening on that page
that page tells Tom "You are booked"
Maria takes the first opening on that page
that page tells Maria "Somebody just took that time. These are still free"
that page tells Maria "Wednesday, March 11"
Tom is booked
Maria is not booked
Tom gets a text with "you are booked for Tue Mar 10, 1:00 PM"
Maria gets no other text
Maria takes the first opening on that page
Maria gets a text with "you are booked for Wed Mar 11, 1:00 PM"
