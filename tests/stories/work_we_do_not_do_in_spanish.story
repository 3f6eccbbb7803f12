Lo que no hacemos se dice, y no se ofrece hora
Business: Hill Country Air, hvac, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Hill Country Air"
Maria texts "hola, se me descompuso la lavadora, ¿la pueden arreglar?"
Maria gets a text with "sentimos"
Maria is a lead: not served
Maria is not booked
