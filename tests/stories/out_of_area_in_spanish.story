A quien vive lejos se le dice la verdad
Business: Rivera Plumbing, plumbing, America/Chicago
Rule: area = {cities: [Austin, Round Rock]}
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hola, tengo una fuga de agua en la cocina, puede esperar, vivo en Houston"
Maria gets a text without "http"
Maria is a lead: not served
Maria is not booked
