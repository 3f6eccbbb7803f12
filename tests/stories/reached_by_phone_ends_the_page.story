A call back in which they talked ends the page
It is Tuesday 10 March 2026, 2:04 am

Maria (+1 512 555 0131) texts "pipe burst water everywhere"
Dana is paged
Dana calls Maria back and they talk
10 seconds pass
nobody else is paged for 1 hour
there is no to-do about Maria
