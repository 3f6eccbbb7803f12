A day that does not work any more, and another one in the same breath
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
Maria gets a text with "you are booked for"
Maria is booked
Maria is a lead: booked
Maria texts "tmrw doesnt work anymore, friday?"
Maria gets a text with "stays until you choose: 1) Fri Mar 13"
Maria texts "1"
Maria gets a text with "your appointment is now Fri Mar 13"
Maria texts "something came up, can we reschedule"
Maria gets a text with "Your appointment of Fri Mar 13, 8:00 AM stays until you choose: 1) Tue Mar 10, 1:00 PM"
