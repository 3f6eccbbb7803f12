Who works here and texts STOP is texted no more, the next person is woken at once, and owners are told
It is Tuesday 10 March 2026, 2:04 am
Ann (+1 512 555 0192) works here
Ann is on call every day from 5 pm to 8 am

Maria (+1 512 555 0131) texts "pipe burst water everywhere"
Ann is paged
Ann answers "STOP"
within 20 seconds Dana is paged
Maria gets a text with "urgent"
Dana answers "1"
Maria gets a text with "Dana is calling you now"
Eva (+1 512 555 0133) texts "pipe burst water everywhere"
Dana is paged
Ann answers "START"
Jon (+1 512 555 0134) texts "pipe burst, water everywhere"
within 20 seconds Ann is paged
