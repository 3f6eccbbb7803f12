Rule 1 can be left to a person instead
Business: Rivera Plumbing, plumbing, America/Chicago
Rule: triggers > no_answer = todo
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
Maria gets no text for 1 hour
there is a to-do about Maria with "call back"
Maria is a lead: new
a reason for Maria says "asks a person to call instead"
