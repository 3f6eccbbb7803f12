Nobody can say whether a text went out: a person looks, nothing is sent again
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

the provider loses the answer to the next text
the provider cannot say what became of the next text
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
Maria gets no other text for 30 minutes
there is a to-do about Maria with "look"
