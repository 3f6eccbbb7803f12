A clinic that sends one unanswered text a day confirms what was booked by its link all the same
Business: Lakeside Dental, dental_clinic, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Lakeside Dental"
Maria texts "a cleaning please, it can wait"
Maria gets a text with "Have you been to our office before"
Maria texts "1"
Maria gets a text with "Reply 1, 2 or 3"
Maria opens the link and takes the second opening
Maria gets a text with "you are booked for"
Maria opens the link
Maria gives the appointment up on that page
Maria gets a text with "called off"
