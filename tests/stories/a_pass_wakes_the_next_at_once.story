A pass wakes the next person at once
It is Tuesday 10 March 2026, 2:04 am

Maria (+1 512 555 0131) texts "pipe burst water everywhere"
Dana is paged
Dana answers "2"
within 5 seconds Luis is paged
Dana gets a text with "Somebody else is woken"
Luis answers "3"
Luis gets a text with "Call them in 20 min"
Maria gets a text with "urgent"
Maria gets a text with "Luis has your message and will call you within 20 minutes"
