Thanks need no answer, and thanks with an answer is an answer
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "my kitchen drain is clogged"
Maria gets a text with "wait"
1 minute passes
Maria texts "it can wait, thanks"
Maria gets a text with "city"
1 minute passes
Maria texts "78704 thank you!"
Maria gets a text with "http"
1 minute passes
Maria texts "perfect, thanks again 🙏"
Maria gets no other text
there is no to-do about Maria
