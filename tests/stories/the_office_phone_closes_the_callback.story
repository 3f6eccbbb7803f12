A call back from the office phone closes the callback by itself, once they have talked
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) texts "please call me"
there is a to-do about Maria
Luis phones Maria from the office phone for 2 minutes
3 minutes pass
there is no to-do about Maria
