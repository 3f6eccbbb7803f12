Rule 3: a caller who gives up in the menu gets a text, one who leaves within seconds a call, a misdial nothing
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls and gives up in the menu after 25 seconds
within 30 seconds Maria gets a text
the last missed call of Maria counts as abandoned
Ann (+1 512 555 0132) calls and hangs up after 6 seconds
the last missed call of Ann counts as short abandon
Ann gets no text for 10 minutes
there is a to-do about Ann with "call back"
Bea (+1 512 555 0133) calls and hangs up after 2 seconds
Bea gets no text for 10 minutes
Bea is not a lead
a reason for Bea says "hung up at once"
