Who takes either of the times offered has the first of them
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "kitchen sink is clogged, it can wait, Austin 78704"
Maria gets a text with "Reply 1, 2 or 3"
Maria texts "2 or 3, either works"
Maria gets a text with "We are keeping Wed Mar 11, 8:00 AM"
Maria texts "Maria Lopez"
Maria gets a text with "address"
Maria texts "12 Elm St"
Maria gets a text with "you are booked for"
Maria is booked
nobody is paged
