The owner calls back before the text leaves, so none leaves
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
30 seconds pass
Dana calls Maria back and they talk
Maria gets no text for 1 day
Maria is a lead
a reason for Maria says "called"
there is no to-do about Maria
