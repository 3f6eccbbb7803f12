The program dies after it decided to text, and the text still leaves once
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

the program dies after it decided
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 2 minutes Maria gets a text
the program has died 1 time
Maria gets no other text for 1 hour
Maria is a lead: contacted
