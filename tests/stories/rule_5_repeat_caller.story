Rule 5: who calls again gets no second text; the second call asks a person, the third wakes one
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
5 minutes pass
Maria calls again, it rings 20 seconds, nobody answers
35 seconds pass
there is a to-do about Maria with "call now"
nobody is paged
5 minutes pass
Maria calls again, it rings 20 seconds, nobody answers
within 1 minute Dana is paged with "keeps calling"
Maria gets no other text for 10 minutes
Maria has got 1 text in all
Maria is one lead
a reason for Maria says "call 3 of theirs"
