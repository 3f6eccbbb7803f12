CALL and a number dials that case of several
It is Tuesday 10 March 2026, 2:04 am

Maria (+1 512 555 0131) texts "pipe burst water everywhere"
Dana is paged about Maria
Dana answers "1"
Dana gets a text with "is yours"
Tom (+1 512 555 0132) texts "pipe burst water everywhere"
Dana is paged about Tom
Dana answers "4"
Dana gets a text with "is yours"
Dana answers "CALL"
Dana gets a text with "or write CALL 3"
Dana picks up the next call and presses 1
Maria picks up the next call
Dana answers "CALL 1"
Dana gets a text with "Case 1: your phone rings in a moment"
3 minutes pass
there is no to-do about Maria
there is a to-do about Tom
