A program that answers the phone is no person: somebody is asked to call
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, an assistant program answers
Maria gets no text for 10 minutes
the last missed call of Maria counts as answered by ai
there is a to-do about Maria with "call back"
