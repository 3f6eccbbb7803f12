Rule 2: a call in the lunch break, at night or on a day off is after hours, and gets its own words
Business: Rivera Plumbing, plumbing, America/Chicago
Hours: 8:00 to 12:00, 13:00 to 17:00
Closed on 2026-03-11
It is Tuesday 10 March 2026, 12:10 pm

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
the last missed call of Maria counts as after hours
a reason for Maria says "business was closed"
it becomes 1:05 pm
Ann (+1 512 555 0132) calls, it rings 20 seconds, nobody answers
the last missed call of Ann counts as no answer
It is Wednesday 11 March 2026, 10:00 am
Bea (+1 512 555 0133) calls, it rings 20 seconds, nobody answers
the last missed call of Bea counts as after hours
