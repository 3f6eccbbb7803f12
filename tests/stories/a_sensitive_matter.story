A sensitive matter goes to a person, and no time is offered
Business: Lakeside Dental, dental_clinic, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Lakeside Dental"
Maria texts "I want to talk to my lawyer about what your dentist did to me"
Maria gets a text without "http"
a person has the conversation with Maria
Maria is not booked
