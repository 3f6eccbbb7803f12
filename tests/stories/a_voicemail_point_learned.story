A person says once that the voicemail took a call, and the next one is recognised
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, something picks up after 24 seconds
20 seconds pass
Maria gets no text
Dana says that the phone's own voicemail took the last call of Maria
within 30 seconds Maria gets a text
Ann (+1 512 555 0132) calls, something picks up after 24 seconds
within 30 seconds Ann gets a text
the last missed call of Ann counts as carrier voicemail
