A callback is dialled by texting CALL, and closes itself when they have talked
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) texts "please call me"
there is a to-do about Maria
Luis takes over Maria
Luis picks up the next call and presses 1
Maria picks up the next call
Luis answers "CALL"
Luis gets a text with "Press 1 to be connected"
3 minutes pass
there is no to-do about Maria
