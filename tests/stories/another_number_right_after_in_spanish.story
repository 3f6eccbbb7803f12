Un segundo número, justo después del primero, lo corrige
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola, tengo una fuga de agua en la cocina, puede esperar, Austin 78704"
Maria gets a text with "Responda 1, 2 o 3"
Maria texts "2"
Maria gets a text with "Le apartamos el mié 11 mar, 8:00 AM"
Maria texts "1"
Maria gets a text with "Le apartamos el mar 10 mar"
nobody is paged
