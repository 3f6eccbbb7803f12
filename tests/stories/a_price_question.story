A price the owner has not given is never made up
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
Maria texts "how much do you charge for a clogged drain?"
Maria gets a text without "$"
there is a to-do about Maria with "question"
Maria wants "drain"
