Quien está en apuros lee en español quién le llama, y la persona de guardia lee la suya en su idioma
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) texts "se reventó un tubo y se me está inundando la casa"
Maria gets a text with "estamos avisando a la persona de guardia"
within 1 minute Dana is paged with "Urgent: call now"
Dana answers "1"
Maria gets a text with "Dana le llama ahora desde este teléfono o el (512) 555-0100. Por favor conteste"
Dana gets a text with "is yours"
Ana (+1 512 555 0132) texts "se reventó un tubo y se me está inundando la casa"
Ana gets a text with "estamos avisando a la persona de guardia"
within 1 minute Dana is paged with "Urgent: call now"
Dana answers "6"
Ana gets a text with "Dana tiene su mensaje y le va a llamar en menos de 20 minutos"
