"Stop by tomorrow" is an invitation, not a stop
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
Maria texts "can you stop by tomorrow? the kitchen sink is leaking"
Maria has not said stop
Maria gets a text
