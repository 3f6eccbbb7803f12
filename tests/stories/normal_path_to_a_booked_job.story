A missed call becomes a booked job
# Everything goes well: the customer answers, chooses a time, and the visit stands in the calendar.
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria is a lead: contacted
Maria texts "hi, my kitchen drain is clogged"
within 10 seconds Maria gets a text with "wait"
Maria wants "drain"
Maria texts "it can wait a few days"
Maria gets a text with "city"
Maria texts "Austin"
Maria gets a text with "http"
Maria is a lead: qualified
Maria opens the link and takes the first opening
Maria gets a text with "booked"
Maria is a lead: booked
Maria is booked
nobody is paged
Maria is one lead
