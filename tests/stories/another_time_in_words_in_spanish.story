La clienta dice cuándo le conviene
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola, tengo una fuga de agua en la cocina, puede esperar, Austin 78704"
Maria gets a text with "Responda 1, 2 o 3"
Maria texts "mejor el viernes por la tarde"
Maria gets a text with "vie 13 mar"
Maria texts "1"
Maria gets a text with "Le apartamos el vie 13 mar"
