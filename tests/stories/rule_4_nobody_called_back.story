Rule 4: a voicemail that nobody returns within fifteen minutes of business gets a text
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls and leaves a voicemail "Please call me about my sink"
the last missed call of Maria counts as voicemail
there is a to-do about Maria with "call back"
Maria gets no text for 14 minutes
within 3 minutes Maria gets a text
Maria has got 1 text in all
