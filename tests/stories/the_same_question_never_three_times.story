The same question is never asked three times
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hi"
Maria gets a text with "fixing"
1 minute passes
Maria texts "hello?"
Maria gets a text without "Rivera"
1 minute passes
Maria texts "hellooo"
Maria gets a text
a person has the conversation with Maria
there is a to-do about Maria
