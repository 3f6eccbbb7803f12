Un "no" a secas no cambia el idioma
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola, tengo una fuga de agua en la cocina"
Maria gets a text with "¿Se sale el agua"
Maria texts "no"
Maria gets a text with "¿En qué ciudad"
