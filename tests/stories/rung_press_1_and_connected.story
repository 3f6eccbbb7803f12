Rung, pressed 1, connected: Dana and the caller talk through the business number
It is Tuesday 10 March 2026, 2:04 am
Dana rings whenever there is a page
Dana picks up the next call and presses 1, 1

Maria (+1 512 555 0131) texts "pipe burst water everywhere"
Maria picks up the next call
Dana is paged
15 seconds pass
Dana has the conversation with Maria
Maria gets a text with "urgent"
Maria gets a text with "Dana is calling you now"
3 minutes pass
there is no to-do about Maria
nobody else is paged for 1 hour
