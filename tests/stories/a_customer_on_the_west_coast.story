A nudge waits until it is morning where the customer may be
Business: Rivera Plumbing, plumbing, America/Chicago
Rule: nudges = [{after: 1h, say: {en: "{business}: are you still there?", es: "{business}: ¿sigue ahi?"}}]
It is Tuesday 10 March 2026, 8:05 am

Maria (+1 213 555 0131) calls, it rings 20 seconds, nobody answers
within 40 seconds Maria gets a text
it becomes 10:59 am
Maria gets no text
within 2 minutes Maria gets a text
