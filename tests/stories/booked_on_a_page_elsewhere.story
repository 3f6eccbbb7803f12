Who books and cancels on Cal.com does so here: the loop is closed on the lead
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

customers choose their time on Cal.com
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "kitchen sink is clogged, it can wait, Austin 78704"
Maria gets a text
the link leads Maria to Cal.com
Maria books on Cal.com for 13 March 2026 at 9 am
Maria gets a text with "you are booked for Fri Mar 13, 9:00 AM"
Maria is booked
Maria is a lead: booked
Maria cancels on Cal.com
Maria gets a text with "called off"
Maria is not booked
Maria is a lead: qualified
