El despacho pregunta lo que necesita antes de ofrecer una consulta
Business: Hale & Ortiz Law, law_firm, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Hale & Ortiz Law"
Maria texts "hola, necesito un abogado para un divorcio, puede esperar"
Maria gets a text with "En qué ciudad o condado es"
1 minute passes
Maria texts "Austin"
Maria gets a text with "nombre completo"
1 minute passes
Maria texts "Maria Lopez"
Maria gets a text with "un enlace para escoger usted la hora"
1 minute passes
Maria texts "un enlace por favor"
# The firm looks for a conflict before it sees anybody; a time is offered only once a person has.
Maria gets a text with "Una persona de la oficina le va a llamar"
