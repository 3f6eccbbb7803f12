A voicemail that nobody returns is answered by text after fifteen minutes of business
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls and leaves a voicemail "Hi, this is Maria, I need somebody to look at my garbage disposal"
Maria gets no text for 10 minutes
there is a to-do about Maria with "voicemail"
Maria is a lead: new
within 10 minutes Maria gets a text with "voicemail"
