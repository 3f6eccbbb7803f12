Rule 4: an urgent voicemail waits for no clock, even when its words come late
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls and leaves a voicemail of 12 seconds
1 minute passes
Maria gets no text
the words of the voicemail of Maria arrive: "There is water everywhere, a pipe burst, please help now"
within 30 seconds Maria gets a text
within 1 minute Dana is paged with "voicemail"
Maria gets no other text for 30 minutes
