Two urgent cases never share an answer
It is Tuesday 10 March 2026, 2:04 am

Maria (+1 512 555 0131) texts "pipe burst water everywhere"
Dana is paged with "Reply 1 = mine"
Omar (+1 512 555 0132) texts "my basement is flooding, emergency"
Dana is paged about Omar with "Reply 4 = mine, 5 = pass, 6 = I call in 20 min"
Dana answers "1"
Dana gets a text with "Case 1 is yours"
Dana has the conversation with Maria
a page about Omar is still open
Dana answers "4"
Dana gets a text with "is yours"
Dana has the conversation with Omar
