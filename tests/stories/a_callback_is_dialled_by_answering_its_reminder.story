A callback is dialled by answering its reminder with CALL, and closes itself when they have talked
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) texts "please call me"
Maria gets a text with "within 30 minutes"
within 21 minutes Luis gets a text with "to be connected"
Luis picks up the next call and presses 1
Maria picks up the next call
Luis answers "call"
Luis gets a text with "your phone rings in a moment"
3 minutes pass
there is no to-do about Maria
