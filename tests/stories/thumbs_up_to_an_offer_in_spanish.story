Un pulgar arriba no pide respuesta, ni las gracias al final
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "se me tapó el fregadero, puede esperar, 78704"
Maria gets a text with "http"
1 minute passes
Maria texts "👍🏽"
Maria gets no other text
1 minute passes
Maria texts "muchas gracias, muy amables"
Maria gets no other text
there is no to-do about Maria
