A callback asked for at night is due in the morning, and nobody is told of it before
It is Tuesday 10 March 2026, 10:00 pm

Maria (+1 512 555 0131) texts "please call me"
Maria gets a text with "by Wed Mar 11, 8:30 AM"
Luis gets no text for 10 hours
within 25 minutes Luis gets a text with "due Wed Mar 11, 8:30 AM"
