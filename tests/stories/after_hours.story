A call in the evening is answered for what it is
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 8:15 pm

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria is a lead: contacted
a reason for Maria says "nobody took the call"
Maria texts "water heater quit, no hot water"
Maria gets a text
Maria wants "water heater"
nobody is paged
