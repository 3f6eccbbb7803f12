Rule 4: who pressed the key for an emergency is told that somebody is alerted; nothing routine is asked, and no link is sent
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls and presses 9 for an emergency, nobody answers
within 15 seconds Dana is paged with "key for an emergency"
within 30 seconds Maria gets a text with "alerting our on-call person"
a person has the conversation with Maria
Maria texts "the pipe under the sink broke"
Maria gets no other text for 1 day
there is a to-do about Maria with "emergency"
