A number on the islands that share +1 is another country
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 876 555 0131) calls, it rings 20 seconds, nobody answers
Maria gets no text for 10 minutes
Maria is a lead
there is a to-do about Maria with "may not text"
Ann (+1 900 555 0132) calls, it rings 20 seconds, nobody answers
Ann gets no text for 10 minutes
