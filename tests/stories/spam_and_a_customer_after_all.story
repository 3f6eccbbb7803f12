A caller taken for spam gets no text until a person says that it is a customer
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls and the phone company takes it for spam, nobody answers
Maria gets no text for 10 minutes
there is a to-do about Maria with "may be spam"
Dana says that Maria is a customer
Maria calls and the phone company takes it for spam, nobody answers
within 30 seconds Maria gets a text
