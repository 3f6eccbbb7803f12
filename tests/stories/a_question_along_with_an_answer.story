A question that comes along with an answer is answered too, from what the owner wrote down
Business: Rivera Plumbing, plumbing, America/Chicago
Rule: services > 1 > price = {en: "Drain cleaning starts at $149.", es: "El destape cuesta desde $149."}
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "clogged drain"
Maria gets a text
1 minute passes
Maria texts "no it can wait. 78704. how much is it?"
Maria gets a text with "starts at $149"
there is no to-do about Maria
