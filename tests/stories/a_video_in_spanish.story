El video va en el idioma de quien lo recibe
# The Spanish one goes to who writes Spanish; the English one does not.
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

The library has the English video "How we work" of the kind overview
The library has the Spanish video "Así trabajamos" of the kind overview
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola, el drenaje de la cocina está tapado, no es urgente"
1 minute passes
Maria has got one video
Maria opens the video
the video "Así trabajamos" was opened one time
the video "How we work" was opened no times
