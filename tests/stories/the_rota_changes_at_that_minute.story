At the change of the rota the person on duty at that minute is woken
It is Tuesday 10 March 2026, 5:59 am
Ann (+1 512 555 0192) works here
Ben (+1 512 555 0193) works here
Ann is on call every day from 6 pm to 6 am
Ben is on call every day from 6 am to 6 pm

Maria (+1 512 555 0131) texts "pipe burst water everywhere"
Ann is paged
it becomes 6:00 am
Omar (+1 512 555 0132) texts "pipe burst water everywhere"
Ben is paged about Omar
