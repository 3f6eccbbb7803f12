El mismo enlace cambia la cita y la cancela
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola, tengo una fuga de agua en la cocina, puede esperar, Austin 78704"
Maria gets a text with "Responda 1, 2 o 3"
Maria texts "2"
Maria gets a text with "nombre"
Maria texts "Maria Lopez"
Maria gets a text with "domicilio"
Maria texts "12 Elm St"
Maria gets a text with "su cita es el mié 11 mar, 8:00 AM"
Maria opens the link to move the appointment
that page tells Maria "Su cita queda como está hasta que elija"
Maria takes the first opening on that page
that page tells Maria "Su cita está reservada"
Maria gets a text with "su cita ahora es el mar 10 mar"
Maria opens the link
Maria gives the appointment up on that page
that page tells Maria "Su cita fue cancelada"
Maria gets a text with "cancelada"
Maria is a lead: qualified
Maria is not booked
