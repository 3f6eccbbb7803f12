An answer to a page is never taken for words to a customer, however it is written
It is Tuesday 10 March 2026, 2:04 am

Maria (+1 512 555 0131) texts "pipe burst water everywhere"
Dana is paged with "Reply 1 = mine"
Dana answers "1 = mine"
Dana gets a text with "is yours"
Maria gets a text with "urgent"
Maria gets a text with "Dana is calling you now"
Omar (+1 512 555 0132) texts "my basement is flooding, emergency"
Dana is paged about Omar with "Reply 4 = mine"
Dana answers "mine"
Dana gets a text with "is yours"
Dana has the conversation with Omar
Dana answers "Liked 'Case 2 is yours'"
Dana answers "I'm driving with Driving Focus turned on. I'll see your message when I get where I'm going."
Maria gets no other text for 1 hour
