Rule 4: after an urgent voicemail a person has the conversation; nothing routine is asked, and no link is sent
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls and leaves a voicemail of 12 seconds
1 minute passes
the words of the voicemail of Maria arrive: "My basement is flooding, please call me back"
within 30 seconds Maria gets a text with "alerting our on-call person"
within 1 minute Dana is paged with "voicemail"
a person has the conversation with Maria
Maria texts "ok, it is in Austin 78704"
Maria gets no other text for 1 hour
Maria gets no other text for 1 day
there is a to-do about Maria with "Urgent voicemail"
