An answered call is nobody's business but theirs
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, Dana answers after 9 seconds
Maria gets no text for 1 day
Maria is not a lead
a reason for Maria says "took the call"
