Dos personas quieren la última hora: una la tiene, a la otra se le ofrece la siguiente
Setting: booking_horizon = 172800
Hours: 13:00 to 14:30
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola, tengo una fuga de agua en la cocina, puede esperar, Austin 78704"
Maria gets a text with "mar 10 mar, 1:00 PM"
Tom (+1 512 555 0132) calls, it rings 20 seconds, nobody answers
within 45 seconds Tom gets a text
Tom texts "toilet is running, it can wait, Austin 78704"
Tom gets a text with "Tue Mar 10, 1:00 PM"
Maria opens the link
Tom opens the link and takes the first opening
Maria takes the first opening on that page
that page tells Maria "Esa hora se acaba de ocupar. Todavía quedan"
Maria is not booked
Maria texts "1"
Maria gets a text with "se acaba de ocupar. Hay lugar: 1) mié 11 mar, 1:00 PM"
Maria texts "1"
Maria gets a text with "Le apartamos el mié 11 mar, 1:00 PM"
