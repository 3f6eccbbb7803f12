Nobody in an emergency gets a video
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

The library has the English video "How we work" of the kind overview
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "pipe burst, water everywhere"
within 1 minute Dana is paged
1 hour passes
Maria has got no videos
