Quien escribe STOP, como dice nuestro texto en español, lo lee confirmado en español
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola, tengo una fuga de agua en la cocina"
Maria gets a text with "¿Se sale el agua"
Maria texts "STOP"
Maria gets a text with "ya no le vamos a escribir"
Maria texts "START"
Maria gets a text with "vamos a contestar sus mensajes"
