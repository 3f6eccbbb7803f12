A call reported twenty minutes late is a lead, but gets no "just missed you"
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

20 minutes late, the provider reports that Maria (+1 512 555 0131) called
Maria gets no text for 1 hour
Maria is a lead: new
there is a to-do about Maria with "call"
