A busy time that appears in Google while a time is kept is seen before anybody is promised anything
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

the calendar of Dana is in Google
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "kitchen sink is clogged, it can wait, Austin 78704"
Maria gets a text with "Reply 1, 2 or 3"
Maria texts "2"
Maria gets a text with "We are keeping Wed Mar 11, 8:00 AM"
Dana is busy in Google on 11 March 2026 from 7 am to 10 am
6 minutes pass
Maria texts "Maria Lopez"
Maria gets a text with "somebody was faster"
Maria is not booked
Maria texts "1"
Maria gets a text with "We are keeping"
