Cuando una persona toma la conversación no sale ningún recordatorio
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola, tengo una fuga de agua en la cocina, puede esperar, Austin 78704"
Maria gets a text with "Responda 1, 2 o 3"
Maria texts "viernes a la 1 de la tarde"
Maria gets a text with "vie 13 mar"
Maria texts "1"
Maria gets a text with "nombre"
Maria texts "Maria Lopez"
Maria gets a text with "domicilio"
Maria texts "12 Elm St"
Maria gets a text with "su cita es el vie 13 mar"
Dana takes over Maria
Maria gets no text for 4 days
