A burst pipe at 2 am wakes somebody
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 2:04 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "pipe burst water everywhere"
within 1 minute Dana is paged with "call now"
Maria gets a text with "urgent"
it is urgent for Maria
a person has the conversation with Maria
there is an urgent to-do about Maria
Dana takes the page about Maria
Dana has the conversation with Maria
Maria gets a text with "Dana is calling you now"
Dana texts Maria "On my way, I will call you in two minutes."
Maria gets a text with "On my way"
Maria texts "thank you!!"
Maria gets no text for 10 minutes
