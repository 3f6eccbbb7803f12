Rule 5 can be switched off
Business: Rivera Plumbing, plumbing, America/Chicago
Rule: triggers > repeat = {call_now: 0, page: 0}
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 40 seconds Maria gets a text
Maria calls again, it rings 20 seconds, nobody answers
1 minute passes
Maria calls again, it rings 20 seconds, nobody answers
1 minute passes
Maria calls again, it rings 20 seconds, nobody answers
1 minute passes
nobody is paged
there is no to-do about Maria
Maria has got 1 text in all
