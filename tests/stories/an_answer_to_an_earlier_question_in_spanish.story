Una respuesta a una pregunta anterior cuenta
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola buenas tardes"
Maria gets a text
1 minute passes
Maria texts "estoy en el 78704"
Maria gets a text
1 minute passes
Maria texts "es el desagüe de la cocina, está tapado pero puede esperar"
Maria gets a text with "http"
Maria answered "78704"
Maria wants "drain"
