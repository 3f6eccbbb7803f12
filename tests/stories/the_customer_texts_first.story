The customer texts before our first text leaves: they get an answer, not a greeting
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
30 seconds pass
Maria texts "hey just called, the sewer is backing up in the yard, can wait until tomorrow"
Maria gets a text with "Rivera Plumbing"
Maria gets no other text for 30 minutes
Maria has got 1 text in all
Maria is one lead
