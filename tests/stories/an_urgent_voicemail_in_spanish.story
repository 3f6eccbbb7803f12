Rule 4: an urgent voicemail in Spanish is answered as urgent, in Spanish
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls and leaves a voicemail of 12 seconds
1 minute passes
the words of the voicemail of Maria arrive: "Se me está inundando el sótano, por favor llámenme"
within 30 seconds Maria gets a text with "Gracias por su mensaje de voz. Lo tratamos como urgente"
within 1 minute Dana is paged with "voicemail"
