Stop is stop, whatever the words: no me manden más mensajes
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
Maria texts "no me manden más mensajes"
Maria gets a text
Maria has said stop
Maria gets no text for 3 days
Maria calls again, it rings 20 seconds, nobody answers
Maria gets no text for 2 days
Maria has got 2 texts in all
there is a to-do about Maria
