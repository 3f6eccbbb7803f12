Google is away: the time is booked here, waits to be written there, and is written once
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

the calendar of Dana is in Google
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "kitchen sink is clogged, it can wait, Austin 78704"
Maria gets a text with "Reply 1, 2 or 3"
Google is away
Maria opens the link and takes the second opening
Maria gets a text with "you are booked for Tue Mar 10, 2:00 PM"
Maria is not yet in Google
1 appointment waits to be written into Google
1 hour passes
Maria is not yet in Google
Google is back
1 hour passes
Maria is in Google
0 appointments wait to be written into Google
Maria gets a text with "a reminder"
Maria texts "I can't make it, please cancel"
Maria gets a text with "called off"
Maria is not in Google
