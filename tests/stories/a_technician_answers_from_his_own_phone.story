A technician answers from his own phone, and the thread holds it all
It is Tuesday 10 March 2026, 2:04 am
Ann (+1 512 555 0192) works here
Ann is on call every day from 5 pm to 8 am

Maria (+1 512 555 0131) texts "pipe burst water everywhere"
Ann is paged
Ann answers "1"
Ann gets a text with "is yours"
Maria gets a text with "urgent"
Maria gets a text with "Ann is calling you now"
Maria texts "the gate code is 4411"
Ann gets a text with "Customer: the gate code is 4411"
Ann answers "I am ten minutes away"
Maria gets a text with "I am ten minutes away"
Maria gets no other text for 1 hour
Ann answers "BACK"
Ann gets a text with "handed back"
Maria gets no text for 1 hour
