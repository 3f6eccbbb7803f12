A wrong number is left alone for good
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
Maria texts "you have the wrong number"
Maria gets a text with "Sorry"
Maria is a lead: lost
Maria gets no text for 5 days
