"Quién sabe" dice que no sabe, y no pregunta quiénes somos
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola buenas tardes"
Maria gets a text with "¿Qué hay que reparar?"
1 minute passes
Maria texts "quién sabe"
Maria gets a text with "no le entendimos"
1 minute passes
Maria texts "se tapó el fregadero, puede esperar"
Maria gets a text with "ciudad"
1 minute passes
Maria texts "pues quién sabe"
Maria gets a text with "¿en qué ciudad o código postal"
