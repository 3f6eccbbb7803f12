A voicemail that somebody returns in time is not answered by text
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls and leaves a voicemail "Hi, this is Maria, I need somebody to look at my garbage disposal"
10 minutes pass
Dana calls Maria back and they talk
Maria gets no text for 1 day
there is no to-do about Maria
