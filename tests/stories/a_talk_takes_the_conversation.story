Who calls a customer and talks with them has the conversation: what they agreed on is known to nobody else
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) texts "please call me"
Maria gets a text
Luis picks up the next call and presses 1
Maria picks up the next call
within 30 minutes Luis gets a text with "Reply CALL"
Luis answers "CALL"
Luis gets a text with "Press 1 to be connected"
3 minutes pass
there is no to-do about Maria
Luis has the conversation with Maria
Maria texts "ok, friday at nine then. which truck will you bring?"
Maria gets no text for 1 day
there is a to-do about Maria with "answer"
