A law firm checks for conflicts before it offers a time
Business: Hale & Ortiz Law, law_firm, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) texts "I need a divorce lawyer"
10 seconds pass
Maria texts "it can wait"
10 seconds pass
Maria texts "Austin"
10 seconds pass
Maria texts "a link please"
there is a to-do about Maria with "Conflict check"
