Three texts in a row, the last of which puts the second right
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "kitchen drain is clogged"
Maria texts "it can wait, im in 78701"
Maria texts "*78704"
1 minute passes
Maria answered "78704"
Maria wants "drain"
nobody is paged
