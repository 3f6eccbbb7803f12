AYUDA se contesta como HELP, también con una cita hecha, y la cita sigue en pie
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola, tengo una fuga de agua en la cocina, puede esperar, Austin 78704"
Maria gets a text with "Responda 1, 2 o 3"
Maria texts "mejor el viernes por la tarde"
Maria gets a text with "vie 13 mar"
Maria texts "1"
Maria gets a text with "nombre"
Maria texts "Maria Lopez"
Maria gets a text with "domicilio"
Maria texts "12 Elm St"
Maria gets a text with "su cita es"
Maria texts "AYUDA"
Maria gets a text with "Rivera Plumbing contesta por texto las llamadas perdidas"
Maria is booked
within 3 days Maria gets a text with "le recordamos su cita"
