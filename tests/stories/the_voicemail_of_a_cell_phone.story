The shop's own voicemail takes a call and is not taken for a person
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

the shop's own voicemail picks up after 22 seconds
Maria (+1 512 555 0131) calls, something picks up after 22 seconds
within 30 seconds Maria gets a text
the last missed call of Maria counts as carrier voicemail
a reason for Maria says "own voicemail"
Ann (+1 512 555 0132) calls, something picks up after 8 seconds
Ann gets no text for 10 minutes
Bea (+1 512 555 0133) calls, Dana presses 1 after 22 seconds
Bea gets no text for 10 minutes
Cleo (+1 512 555 0134) calls, something picks up after 22 seconds and they talk for 4 minutes
Cleo gets no text for 10 minutes
