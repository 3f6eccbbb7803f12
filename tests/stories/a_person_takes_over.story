Once a person has the conversation the machine is silent
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
Maria texts "my toilet is running"
Maria gets a text
Dana takes over the conversation with Maria
Dana has the conversation with Maria
Maria texts "it can wait until Friday"
Maria gets no text for 2 days
there is a to-do about Maria with "answer"
Dana texts Maria "Friday at nine suits us. See you then!"
Maria gets a text with "Friday at nine"
Maria gets no text for 2 days
