Where somebody may be in danger the conversation stays with people
It is Tuesday 10 March 2026, 2:04 am

Maria (+1 512 555 0131) texts "I smell gas in the kitchen"
within 5 seconds Maria gets a text with "911"
within 5 seconds Dana is paged with "danger"
within 65 seconds Luis is paged
Luis answers "1"
Luis gets a text with "is yours"
Maria gets a text with "Luis is calling you now"
Luis answers "BACK"
Luis gets a text with "stays with people"
Maria texts "what does a new heater cost?"
Maria gets no other text for 1 hour
