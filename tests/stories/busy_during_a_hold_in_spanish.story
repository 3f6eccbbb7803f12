Una hora ocupada en Google que aparece mientras se guarda la hora
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

the calendar of Dana is in Google
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola, tengo una fuga de agua en la cocina, puede esperar, Austin 78704"
Maria gets a text with "Responda 1, 2 o 3"
Maria texts "2"
Maria gets a text with "Le apartamos el mié 11 mar, 8:00 AM"
Dana is busy in Google on 11 March 2026 from 7 am to 10 am
6 minutes pass
Maria texts "Maria Lopez"
Maria gets a text with "se acaba de ocupar"
Maria is not booked
