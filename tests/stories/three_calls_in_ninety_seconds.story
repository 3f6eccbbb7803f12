Three calls in ninety seconds are one lead and one text
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 15 seconds, nobody answers
25 seconds pass
Maria calls again, it rings 15 seconds, nobody answers
25 seconds pass
Maria calls again, it rings 15 seconds, nobody answers
within 60 seconds Maria gets a text with "Rivera Plumbing"
Maria gets no other text for 10 minutes
Maria has got 1 text in all
Maria is one lead
there is a to-do about Maria with "call now"
