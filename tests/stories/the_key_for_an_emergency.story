Who presses the key for an emergency and reaches nobody wakes the person on call in the same turn
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls and presses 9 for an emergency, nobody answers
within 15 seconds Dana is paged with "key for an emergency"
within 30 seconds Maria gets a text
there is a to-do about Maria with "emergency"
Ann (+1 512 555 0132) calls and presses 3 for an emergency, nobody answers
within 30 seconds Ann gets a text
nobody else is paged for 1 minute
