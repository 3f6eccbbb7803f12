No video after a stop, and none once a person has the conversation
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

The library has the English video "What happens next" of the kind what_next
The library has the English video "How we work" of the kind overview
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Luis takes over the conversation with Maria
Maria texts "my kitchen drain is clogged, it can wait"
5 minutes pass
Maria has got no videos
Ben (+1 512 555 0132) calls, it rings 20 seconds, nobody answers
within 45 seconds Ben gets a text with "Rivera Plumbing"
Ben texts "STOP"
Ben texts "my kitchen drain is clogged, it can wait"
5 minutes pass
Ben has got no videos
