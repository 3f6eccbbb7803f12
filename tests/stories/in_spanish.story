Who writes in Spanish is answered in Spanish
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
Maria texts "hola, tengo una fuga de agua en la cocina"
Maria gets a text with "¿"
Maria wants "leak"
Maria texts "puede esperar"
Maria gets a text with "ciudad"
