A thumbs up to an offer needs no answer, nor do thanks at the end
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "my kitchen drain is clogged, it can wait, 78704"
Maria gets a text with "http"
1 minute passes
Maria texts "👍"
Maria gets no other text
Maria opens the link and takes the first opening
Maria gets a text with "booked"
Maria texts "thank you so much!"
Maria gets no other text
Maria texts "gracias"
Maria gets no other text
there is no to-do about Maria
