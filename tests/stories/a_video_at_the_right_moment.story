A video comes once it is known what they need, and once only
# Never in the first text; opened once, however many robots look at the link.
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

The library has the English video "How we work" of the kind overview
The library has the English video "What happens next" of the kind what_next
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria has got no videos
Maria texts "my kitchen drain is clogged, it can wait a few days"
within 1 minute Maria gets a text with "city"
10 seconds pass
Maria has got one video
a robot looks at the video of Maria
the video "How we work" was opened no times
Maria opens the video
Maria opens the video
the video "How we work" was opened one time
Maria texts "Austin"
1 minute passes
Maria has got one video
Maria opens the link and takes the first opening
3 minutes pass
Maria has got two videos
Maria opens the video
the video "What happens next" was opened one time
