Quien llama desde otra zona lee las dos horas
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 11:00 am

Maria (+1 213 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola, tengo una fuga de agua en la cocina, puede esperar"
Maria gets a text with "ciudad"
Maria texts "Austin"
Maria gets a text with "2) mié 11 mar, 8:00 AM CDT (6:00 AM PDT)"
Maria texts "2"
Maria gets a text with "Le apartamos el mié 11 mar, 8:00 AM CDT (6:00 AM PDT)"
