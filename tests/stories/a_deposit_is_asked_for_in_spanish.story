El anticipo se dice con las horas
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

a deposit of 50 dollars is asked for
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola, tengo una fuga de agua en la cocina, puede esperar, Austin 78704"
Maria gets a text with "Se pide un anticipo de $50 para apartar la hora"
Maria opens the link
that page tells Maria "Sé que se pide un anticipo de $50"
