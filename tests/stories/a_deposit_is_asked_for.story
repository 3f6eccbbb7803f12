A deposit is named with the times and before the page books, and a person collects it
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

a deposit of 50 dollars is asked for
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "kitchen sink is clogged, it can wait, Austin 78704"
Maria gets a text with "A deposit of $50 is due to keep the time"
Maria opens the link
that page tells Maria "I know that a deposit of $50 is due to keep the time"
Maria takes the first opening on that page
Maria gets a text with "you are booked for"
there is a to-do about Maria with "Collect the deposit of $50"
