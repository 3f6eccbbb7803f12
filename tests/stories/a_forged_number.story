A forged number gets no text: its owner never called
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls with a forged number, nobody answers
Maria gets no text for 10 minutes
Maria is a lead
there is a to-do about Maria with "may be spam"
a reason for Maria says "not the caller's own"
