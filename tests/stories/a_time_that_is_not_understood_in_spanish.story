Una hora que no se entiende se pregunta una vez más, luego la arregla una persona
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola, tengo una fuga de agua en la cocina, puede esperar, Austin 78704"
Maria gets a text with "Responda 1, 2 o 3"
Maria texts "el frol del blor"
Maria gets a text with "qué hora prefiere"
Maria texts "pues el blor del frol"
Maria gets a text with "persona"
there is a to-do about Maria with "arrange"
a person has the conversation with Maria
