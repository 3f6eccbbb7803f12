The ladder goes on until somebody takes it
It is Tuesday 10 March 2026, 2:04 am
Ann (+1 512 555 0192) works here
Ben (+1 512 555 0193) works here
Ann is on call every day from 5 pm to 8 am
Ben is on call every day from 5 pm to 8 am, on rung 2

Maria (+1 512 555 0131) texts "pipe burst water everywhere"
within 5 seconds Ann is paged about Maria with "reply 1 = mine, 2 = pass, 3 = I call in 20 min"
nobody else is paged for 110 seconds
within 15 seconds Ben is paged with "waiting 2 min"
within 2 minutes Dana is paged with "waiting 4 min"
within 5 seconds Luis is paged
within 5 minutes Ann is paged with "waiting 9 min"
a page about Maria is still open
Maria gets a text without "calling you now"
Ben answers "1"
Ben gets a text with "is yours"
Maria gets a text with "Ben is calling you now"
Ben has the conversation with Maria
nobody else is paged for 9 minutes
Ben answers "DONE"
nobody else is paged for 1 hour
