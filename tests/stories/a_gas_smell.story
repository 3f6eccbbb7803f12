A smell of gas: what may save a life is said, and somebody is woken
Business: Rivera Plumbing, plumbing, America/Chicago
It is Saturday 14 March 2026, 11:40 pm

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
Maria texts "I smell gas in the basement"
within 30 seconds Dana is paged
Maria gets a text with "911"
it is urgent for Maria
a person has the conversation with Maria
there is an urgent to-do about Maria
