Who says that they are in Los Angeles is nudged at nine there
Business: Rivera Plumbing, plumbing, America/Chicago
Rule: area = {}
Rule: nudges = [{after: 1h, say: {en: "{business}: are you still there?", es: "{business}: ¿sigue ahi?"}}]
It is Tuesday 10 March 2026, 8:10 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
Maria texts "my sink is leaking, I am in Los Angeles"
within 10 seconds Maria gets a text
it becomes 10:59 am
Maria gets no other text
within 5 minutes Maria gets a text with "still there"
