La misma pregunta nunca se hace tres veces
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola buenas"
Maria gets a text with "reparar"
1 minute passes
Maria texts "hola?"
Maria gets a text
1 minute passes
Maria texts "buenas tardes"
Maria gets a text
a person has the conversation with Maria
