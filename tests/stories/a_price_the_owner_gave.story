A price the owner wrote down is told, and the talk goes on
Business: Rivera Plumbing, plumbing, America/Chicago
Rule: services > 1 > price = {en: "Drain cleaning starts at $149.", es: "El destape cuesta desde $149."}
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "how much is it for a clogged drain?"
Maria gets a text with "starts at $149"
Maria wants "drain"
1 minute passes
Maria texts "ok it can wait, 78704"
Maria gets a text with "http"
