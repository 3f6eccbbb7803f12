Who calls back while we text, and is answered, talks with a person: the machine is silent from then on
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
Maria texts "my sink is dripping"
Maria gets a text
Maria calls, Dana answers after 9 seconds
2 minutes pass
a person has the conversation with Maria
Maria texts "thanks, see you then"
there is no to-do about Maria
Maria texts "can you bring a new tap too?"
Maria gets no text for 1 day
there is a to-do about Maria with "answer"
