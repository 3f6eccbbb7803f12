A page goes to phones that are confirmed; whose is not hears of it only where somebody is in danger, or nobody else is there
It is Tuesday 10 March 2026, 2:04 am
Ann (+1 512 555 0192) works here
Ann is on call every day from 5 pm to 8 am
Ann has not confirmed the phone

Maria (+1 512 555 0131) texts "pipe burst water everywhere"
Dana is paged
Dana answers "1"
Dana gets a text with "is yours"
Eva (+1 512 555 0133) texts "I smell gas in the house"
Ann is paged
Ann answers "1"
Ann gets a text with "is yours"
Jon (+1 512 555 0134) texts "water heater burst, flooding everywhere"
Ann is paged
