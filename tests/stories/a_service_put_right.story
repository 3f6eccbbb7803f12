Not the toilet, the water heater
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "not the toilet this time, its the water heater. it can wait"
Maria gets a text with "city"
Maria wants "water heater"
