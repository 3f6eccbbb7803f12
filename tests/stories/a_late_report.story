A call reported late is a lead, but gets no "just missed you"
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

20 minutes late, the provider reports that Maria (+1 512 555 0131) called
Maria gets no text for 1 hour
Maria is a lead: new
there is a to-do about Maria with "call"

# An hour later the same over again, forty minutes late: the age of the call counts, not of the report.
40 minutes late, the provider reports that Ann (+1 512 555 0132) called
Ann gets no text for 1 hour
Ann is a lead: new
there is a to-do about Ann with "call"
