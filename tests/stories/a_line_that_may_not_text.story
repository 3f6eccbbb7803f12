A line whose registration is pending texts nobody, and a person is asked to call
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

the line's registration for texting is pending
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
Maria gets no text for 10 minutes
Maria is a lead: new
there is a to-do about Maria with "may not text yet"
the line's registration for texting is registered
Ann (+1 512 555 0132) calls, it rings 20 seconds, nobody answers
within 40 seconds Ann gets a text
