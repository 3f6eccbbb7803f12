A page that cannot be delivered goes on at once
It is Tuesday 10 March 2026, 2:04 am
Ann (+1 512 555 0192) works here
Ann is on call every day from 5 pm to 8 am
the phone of Ann is switched off

Maria (+1 512 555 0131) texts "pipe burst water everywhere"
within 30 seconds Dana is paged
within 5 seconds Luis is paged
