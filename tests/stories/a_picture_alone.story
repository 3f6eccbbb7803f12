A picture without words is for a person, and asks nothing again
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "my kitchen drain is clogged"
Maria gets a text with "wait"
1 minute passes
Maria texts a picture
Maria gets no other text
there is a to-do about Maria with "picture"
Maria texts "it can wait"
Maria gets a text with "city"
