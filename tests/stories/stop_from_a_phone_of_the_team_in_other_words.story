Who works here and asks for no more texts in their own words is texted no more, told so once, and owners are told
It is Tuesday 10 March 2026, 2:04 am
Ann (+1 512 555 0192) works here
Ann is on call every day from 5 pm to 8 am

Maria (+1 512 555 0131) texts "pipe burst water everywhere"
Ann is paged
Ann answers "stop texting me these"
within 20 seconds Dana is paged
Ann gets a text with "nothing is texted to this phone any more"
Dana answers "1"
Maria gets a text with "urgent"
Maria gets a text with "Dana is calling you now"
Ann answers "take me off this list!"
Eva (+1 512 555 0133) texts "pipe burst water everywhere"
Dana is paged
Ann gets no text for 10 minutes
