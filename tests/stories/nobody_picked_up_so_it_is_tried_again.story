Nobody picks up, so the call is owed still
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) texts "please call me"
there is a to-do about Maria
Dana closes the to-do about Maria: no answer
there is a to-do about Maria with "call again"
Dana closes the to-do about Maria: left voicemail
there is a to-do about Maria with "call again"
Dana closes the to-do about Maria: no answer
there is a to-do about Maria with "Not reached in 3 calls"
