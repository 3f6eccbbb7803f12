Whoever cannot say where is asked twice, then a person helps
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "my kitchen drain is clogged, it can wait"
Maria gets a text with "city"
1 minute passes
Maria texts "ok"
Maria gets a text
1 minute passes
Maria texts "what do you mean"
Maria gets a text
a person has the conversation with Maria
