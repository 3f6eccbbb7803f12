Dos mensajes seguidos son una sola idea
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola, tengo un problema con el"
Maria gets a text
Maria texts "triturador, puede esperar, 78704"
Maria gets a text with "http"
Maria wants "fixture"
nobody is paged
