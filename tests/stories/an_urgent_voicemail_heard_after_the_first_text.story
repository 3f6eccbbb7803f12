Rule 4: the words of a voicemail that turn out urgent after the first text are answered too, and nothing routine is asked
Business: Rivera Plumbing, plumbing, America/Chicago
Rule: triggers > voicemail > action = text_at_once
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls and leaves a voicemail of 12 seconds
within 1 minute Maria gets a text
the words of the voicemail of Maria arrive: "My basement is flooding, please call me back"
within 1 minute Dana is paged with "voicemail"
Maria gets a text with "alerting our on-call person"
a person has the conversation with Maria
Maria texts "yes"
Maria gets no other text for 1 day
