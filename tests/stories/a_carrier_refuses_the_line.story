A carrier that refuses the line is asked again only after an hour
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

the provider refuses the next text: sender unregistered
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
1 minute passes
there is a to-do about Maria with "not registered"
Ann (+1 512 555 0132) calls, it rings 20 seconds, nobody answers
Ann gets no text for 5 minutes
there is a to-do about Ann with "may not text yet"
1 hour passes
Bea (+1 512 555 0133) calls, it rings 20 seconds, nobody answers
within 40 seconds Bea gets a text
