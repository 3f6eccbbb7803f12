Una oferta vieja se revisa antes de prometer nada
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola, tengo una fuga de agua en la cocina, puede esperar, Austin 78704"
Maria gets a text with "Responda 1, 2 o 3"
Tom (+1 512 555 0132) calls, it rings 20 seconds, nobody answers
within 45 seconds Tom gets a text
Tom texts "toilet is running, it can wait, Austin 78704"
Tom gets a text with "Reply 1, 2 or 3"
Tom opens the link and takes the first opening
Tom gets a text with "booked"
Maria texts "1"
Maria gets a text with "Responda 1, 2 o 3"
Maria texts "1"
Maria gets a text with "Le apartamos"
