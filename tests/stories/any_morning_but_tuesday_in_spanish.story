Un deseo con excepción se entiende
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola, tengo una fuga de agua en la cocina, puede esperar, Austin 78704"
Maria gets a text with "Responda 1, 2 o 3"
Maria texts "cualquier mañana de la próxima semana menos el martes"
Maria gets a text without "mar 17 mar"
Maria texts "1"
Maria gets a text with "Le apartamos el lun 16 mar, 8:00 AM"
