Rule 1: a call nobody answers in business hours gets a text, a lead and the reason
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
the last missed call of Maria counts as no answer
a reason for Maria says "nobody picked up"
Maria is a lead: contacted
consent of Maria is inquiry
