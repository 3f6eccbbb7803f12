Where nobody has a phone the customer is not told that somebody is alerted, and the page goes on until one can be
It is Tuesday 10 March 2026, 2:04 am
Dana has no phone
Luis has no phone

Maria (+1 512 555 0131) texts "pipe burst water everywhere"
Maria gets a text with "nobody of ours could be alerted by phone yet. Please call"
Maria gets no other text for 2 minutes
there is an urgent to-do about Maria
a page about Maria is still open
a reason for Maria says "not told that somebody is"
Ann (+1 512 555 0192) works here as owner
within 2 minutes Ann is paged with "call now"
