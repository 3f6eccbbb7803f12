A look-up that names a landline spares the text
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) texts "do you fix sinks?"
within 10 seconds Maria gets a text
a look-up says that Maria has a landline
there is a to-do about Maria with "landline"
2 days pass
Maria calls, it rings 20 seconds, nobody answers
Maria gets no text for 10 minutes
