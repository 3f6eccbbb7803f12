A late "1" is told who has it, and never takes the case away
It is Tuesday 10 March 2026, 2:04 am

Maria (+1 512 555 0131) texts "pipe burst water everywhere"
Dana is paged
3 minutes pass
Luis is paged
Luis answers "1"
Luis gets a text with "is yours"
Dana answers "1"
Dana gets a text with "Luis has it"
Luis has the conversation with Maria
