Rule 4: an urgent voicemail is answered as urgent, and not asked what it said already
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls and leaves a voicemail of 12 seconds
1 minute passes
the words of the voicemail of Maria arrive: "My basement is flooding, please call me back"
within 30 seconds Maria gets a text with "Thank you for your voicemail. We treat this as urgent"
within 1 minute Dana is paged with "voicemail"
Maria gets no other text for 30 minutes
