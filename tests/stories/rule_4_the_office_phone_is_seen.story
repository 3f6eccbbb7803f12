Rule 4: a call back from the office phone counts, one that met a voicemail greeting does not
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls and leaves a voicemail "Please call me about my sink"
5 minutes pass
Luis phones Maria from the office phone for 2 minutes
Maria gets no text for 2 hours
there is no to-do about Maria
Ann (+1 512 555 0132) calls and leaves a voicemail "Please call me about my sink"
5 minutes pass
Luis phones Ann from the office phone for 9 seconds
Ann gets no text for 9 minutes
within 3 minutes Ann gets a text
