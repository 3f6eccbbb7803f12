A law firm checks for a conflict before it books, and the check is a to-do
Business: Hale & Ortiz Law, law_firm, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Hale & Ortiz Law"
Maria texts "I need a divorce lawyer"
Maria gets a text without "http"
1 minute passes
Maria texts "it can wait"
Maria gets a text with "In which city or county is it"
1 minute passes
Maria texts "Austin"
Maria gets a text with "full name"
1 minute passes
Maria texts "Maria Lopez"
Maria gets a text with "a link to choose a time yourself"
1 minute passes
Maria texts "a link please"
Maria gets a text with "Someone from our office will call you"
there is a to-do about Maria with "conflict"
Maria is not booked
Dana finds no conflict for Maria
Luis closes the to-do about Maria: reached
1 minute passes
Luis hands the conversation with Maria back
1 minute passes
Maria texts "a link please"
Maria gets a text with "http"
