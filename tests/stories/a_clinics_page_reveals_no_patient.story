A clinic's page reveals no patient
Business: Lakeside Dental, dental_clinic, America/Chicago
It is Tuesday 10 March 2026, 2:04 am

Maria (+1 512 555 0131) texts "my tooth was knocked out and it will not stop bleeding, emergency"
Dana is paged with "Case 1. Just now. Reply 1"
