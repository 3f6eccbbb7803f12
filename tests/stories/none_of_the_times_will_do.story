Who can make none of the times offered is offered others
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "kitchen sink is clogged, it can wait, Austin 78704"
Maria gets a text with "2) Wed Mar 11, 8:00 AM"
Maria texts "none of those days work for me, anything later?"
Maria gets a text with "1) Thu Mar 12, 8:00 AM"
Maria texts "not the first, the second"
Maria gets a text with "We are keeping"
nobody is paged
