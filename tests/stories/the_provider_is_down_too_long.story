The provider is down for an hour: the text is too late, so a person is asked to call
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

the provider is down for 1 hour
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
Maria gets no text for 2 hours
Maria is a lead: new
there is a to-do about Maria with "call"
