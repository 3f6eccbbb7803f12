Rule 2: a public holiday is a day off without being written down
Business: Rivera Plumbing, plumbing, America/Chicago
It is Thursday 26 November 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
the last missed call of Maria counts as after hours
It is Friday 27 November 2026, 10:00 am
Ann (+1 512 555 0132) calls, it rings 20 seconds, nobody answers
the last missed call of Ann counts as no answer
