Una foto sin palabras es para una persona, y nada se pregunta otra vez
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "se me tapó el fregadero de la cocina"
Maria gets a text with "esperar"
1 minute passes
Maria texts a picture
Maria gets no other text
there is a to-do about Maria with "picture"
Maria texts "sí, puede esperar"
Maria gets a text with "ciudad"
