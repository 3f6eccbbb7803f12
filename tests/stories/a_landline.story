A landline cannot get texts, so a person is asked to call
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) has a landline
Maria calls, it rings 20 seconds, nobody answers
Maria gets no text for 10 minutes
Maria is a lead
there is a to-do about Maria with "call"
a reason for Maria says "landline"
2 days pass
Maria calls again, it rings 20 seconds, nobody answers
Maria gets no text for 10 minutes
Maria has got 1 text in all
