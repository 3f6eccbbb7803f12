Where the business pays for look-ups, a landline is never texted and the next call asks nothing again
Business: Rivera Plumbing, plumbing, America/Chicago
Setting: look_up_numbers = yes
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) has a landline
Maria calls, it rings 20 seconds, nobody answers
Maria gets no text for 10 minutes
a reason for Maria says "A look-up says that their number is a landline (Pretend Mobile)"
there is a to-do about Maria with "landline"
Maria is a lead
2 days pass
Maria calls, it rings 20 seconds, nobody answers
Maria gets no text for 10 minutes
Jo (+1 512 555 0132) calls, it rings 20 seconds, nobody answers
within 45 seconds Jo gets a text with "Rivera Plumbing"
