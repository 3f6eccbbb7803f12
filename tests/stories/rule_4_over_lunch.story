Rule 4: the clock of a voicemail stands still while nobody is there
Business: Rivera Plumbing, plumbing, America/Chicago
Hours: 8:00 to 12:00, 13:00 to 17:00
It is Tuesday 10 March 2026, 11:50 am

Maria (+1 512 555 0131) calls and leaves a voicemail "Please call me about my sink"
Maria gets no text for 1 hour
within 20 minutes Maria gets a text
