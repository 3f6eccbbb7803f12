Work the shop does not do is declined truthfully, and nothing is offered
Business: Hill Country Air, hvac, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Hill Country Air"
Maria texts "my dishwasher is broken, can you fix it?"
Maria gets a text with "sorry"
Maria is a lead: not served
Maria is not booked
