A picture from the customer is told to the technician who answers from their own phone
It is Tuesday 10 March 2026, 2:04 am

Maria (+1 512 555 0131) texts "pipe burst water everywhere"
Dana is paged
Dana answers "1"
Dana gets a text with "is yours"
Maria sends a picture
Dana gets a text with "Customer: a picture. Open the inbox to see it."
