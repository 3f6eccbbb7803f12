A callback is recalled before it is due, and goes up when nobody has called
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) texts "please call me"
Maria gets a text with "within 30 minutes"
within 21 minutes Luis gets a text with "Call back about plumbing"
within 26 minutes Dana gets a text with "overdue since"
