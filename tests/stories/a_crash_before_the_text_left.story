The program dies with the text in its hand: the provider is asked, then it leaves
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

the program dies before it hands the text over
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 3 minutes Maria gets a text
the program has died 1 time
Maria gets no other text for 1 hour
Maria has got 1 text in all
