Somebody knows better: the call was answered, or it was not
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
30 seconds pass
Dana says that the last call of Maria was answered
Maria gets no text for 1 hour
there is no to-do about Maria
Ann (+1 512 555 0132) calls, Dana answers
2 minutes pass
Dana says that nobody took the last call of Ann
within 30 seconds Ann gets a text
Ann is a lead: contacted
