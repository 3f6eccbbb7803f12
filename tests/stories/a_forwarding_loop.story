A line that rings itself is no customer
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls and is sent on by the same number, nobody answers
Maria gets no text for 10 minutes
Maria is not a lead
a reason for Maria says "loop"
