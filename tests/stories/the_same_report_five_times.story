A provider that reports a call five times makes one lead and one text
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

the provider reports everything twice
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
21 seconds pass
the provider repeats its last report 4 more times
within 45 seconds Maria gets a text
the provider repeats its last report 4 more times
Maria gets no other text for 30 minutes
Maria texts "leaky faucet in the bathroom"
Maria gets a text
the provider repeats its last report 4 more times
Maria gets no other text for 30 minutes
Maria has got 2 texts in all
Maria is one lead
