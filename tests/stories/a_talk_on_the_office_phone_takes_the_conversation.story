A call on the office phone in which they talked takes the conversation
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) texts "please call me"
Maria gets a text
Luis phones Maria from the office phone for 2 minutes
3 minutes pass
Luis has the conversation with Maria
Maria texts "ok, friday at nine then. which truck will you bring?"
Maria gets no text for 1 day
there is a to-do about Maria with "answer"
