Who was served is sold, with the price the technician wrote down
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
it becomes 9:30 am
Dana notes that Maria was served for 420 dollars
Maria is not booked
Maria is a lead: won
