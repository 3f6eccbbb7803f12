A customer whose number is at home in another zone reads both clocks
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 11:00 am

Maria (+1 213 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "kitchen sink is clogged, it can wait"
Maria gets a text with "city"
Maria texts "Austin"
Maria gets a text with "2) Wed Mar 11, 8:00 AM CDT (6:00 AM PDT)"
Maria texts "2"
Maria gets a text with "We are keeping Wed Mar 11, 8:00 AM CDT (6:00 AM PDT)"
Maria texts "Maria Lopez"
Maria gets a text with "address"
Maria texts "12 Elm St"
Maria gets a text with "you are booked for Wed Mar 11, 8:00 AM CDT (6:00 AM PDT)"
