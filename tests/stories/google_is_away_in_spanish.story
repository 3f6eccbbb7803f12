Google no contesta: la cita queda aquí y se escribe después
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

the calendar of Dana is in Google
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola, tengo una fuga de agua en la cocina, puede esperar, Austin 78704"
Maria gets a text with "Responda 1, 2 o 3"
Google is away
Maria opens the link and takes the second opening
Maria gets a text with "su cita es el mar 10 mar, 2:00 PM"
Maria is not yet in Google
1 appointment waits to be written into Google
Google is back
1 hour passes
Maria is in Google
