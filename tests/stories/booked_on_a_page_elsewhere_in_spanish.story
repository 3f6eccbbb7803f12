Quien reserva y cancela en Cal.com lo hace también aquí
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

customers choose their time on Cal.com
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola, tengo una fuga de agua en la cocina, puede esperar, Austin 78704"
Maria gets a text
the link leads Maria to Cal.com
Maria books on Cal.com for 13 March 2026 at 9 am
Maria gets a text with "su cita es el vie 13 mar, 9:00 AM"
Maria is booked
Maria texts "no voy a poder"
Maria gets a text with "cancelada"
there is a to-do about Maria with "Cal.com still has this appointment"
