Rule 4: who was texted already and then leaves an urgent voicemail is told that somebody is alerted, and asked no more
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
5 minutes pass
Maria calls and leaves a voicemail "My basement is flooding, please call me back"
within 1 minute Dana is paged with "voicemail"
within 30 seconds Maria gets a text with "alerting our on-call person"
a person has the conversation with Maria
Maria texts "it is in Austin"
Maria gets no other text for 1 day
