A question along with an answer that no fact answers is a person's, and the talk goes on
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "el drenaje está tapado"
Maria gets a text
1 minute passes
Maria texts "no es urgente, 78704. ¿aceptan tarjeta?"
Maria gets a text with "http"
there is a to-do about Maria with "question"
