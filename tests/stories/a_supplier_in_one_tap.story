A supplier is marked in one tap and never texted again
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 40 seconds Maria gets a text
Dana says that Maria is a supplier
Maria is a lead: lost
2 days pass
Maria calls again, it rings 20 seconds, nobody answers
Maria gets no text for 1 hour
a reason for Maria says "supplier"
