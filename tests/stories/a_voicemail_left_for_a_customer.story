A voicemail left for a customer keeps no promise: the call is owed until they talk
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
Maria texts "please call me"
Maria gets a text with "within 30 minutes"
Dana closes the to-do about Maria: left voicemail
there is a to-do about Maria with "call again"
Maria is a lead: qualified
the report counts 0 of 1 call to Maria as made
Dana closes the to-do about Maria: reached
Maria is a lead: qualified
there is no to-do about Maria
the report counts 1 of 1 call to Maria as made
