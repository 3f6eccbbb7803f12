A time that is not understood is asked once more, then a person arranges it
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "kitchen sink is clogged, it can wait, Austin 78704"
Maria gets a text with "Reply 1, 2 or 3"
Maria texts "blurp zorp"
Maria gets a text with "which time do you mean"
Maria texts "zorp blurp"
Maria gets a text with "person"
there is a to-do about Maria with "arrange"
a person has the conversation with Maria
