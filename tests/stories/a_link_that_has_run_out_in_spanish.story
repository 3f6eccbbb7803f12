Un enlace vencido dice qué hacer y no reserva nada
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola, tengo una fuga de agua en la cocina, puede esperar, Austin 78704"
Maria gets a text with "Responda 1, 2 o 3"
8 days pass
Maria opens the link
that page tells Maria "Este enlace ya venció"
that page tells Maria "Conteste nuestro mensaje o llámenos para recibir otro"
Maria is not booked
