The same link moves the appointment, gives it up, and books again
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "kitchen sink is clogged, it can wait, Austin 78704"
Maria gets a text with "Reply 1, 2 or 3"
Maria texts "2"
Maria gets a text with "name"
Maria texts "Maria Lopez"
Maria gets a text with "address"
Maria texts "12 Elm St"
Maria gets a text with "you are booked for Wed Mar 11, 8:00 AM"
Maria opens the link to move the appointment
that page tells Maria "Your appointment stays as it is until you choose"
Maria takes the first opening on that page
that page tells Maria "You are booked"
Maria gets a text with "your appointment is now Tue Mar 10, 1:00 PM"
Maria opens the link
that page tells Maria "Tuesday, March 10"
Maria gives the appointment up on that page
that page tells Maria "Your appointment was cancelled. You can choose another time"
Maria gets a text with "called off"
Maria is a lead: qualified
Maria is not booked
Maria takes the second opening on that page
Maria gets a text with "you are booked for Tue Mar 10, 2:00 PM"
Maria is a lead: booked
