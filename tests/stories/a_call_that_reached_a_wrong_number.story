Whoever calls back and finds a wrong number closes it for good: a lost lead that is left out of every rate
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
Maria texts "please call me"
Maria gets a text with "within 30 minutes"
Dana closes the to-do about Maria: wrong number
there is no to-do about Maria
Maria is a lead: lost
a reason for Maria says "It is the wrong number; nothing is sent there any more."
consent of Maria is wrong party
the report leaves Maria out as a wrong number
Maria gets no text for 5 days
