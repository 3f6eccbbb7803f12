Said of two calls on two days that somebody took what was thought to be the voicemail, the next such call is taken for answered
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

the shop's own voicemail picks up after 24 seconds
Maria (+1 512 555 0131) calls, something picks up after 24 seconds
within 30 seconds Maria gets a text
the last missed call of Maria counts as carrier voicemail
Dana says that the last call of Maria was answered
Bea (+1 512 555 0133) calls, something picks up after 24 seconds
within 30 seconds Bea gets a text
the last missed call of Bea counts as carrier voicemail
It is Wednesday 11 March 2026, 10:00 am
Carl (+1 512 555 0134) calls, something picks up after 24 seconds
within 30 seconds Carl gets a text
Dana says that the last call of Carl was answered
Ann (+1 512 555 0132) calls, something picks up after 24 seconds
Ann gets no text for 1 hour
there is no to-do about Ann
