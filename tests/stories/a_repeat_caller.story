Somebody who calls again the same day is the same lead
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
3 hours pass
Maria gets a text with "still"
Maria calls again, it rings 20 seconds, nobody answers
Maria gets no text for 1 hour
Maria is one lead
a reason for Maria says "cooldown"
