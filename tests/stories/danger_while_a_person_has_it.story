Danger while a person has the conversation: they are woken and rung, the next a minute later, and it stays with people
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) texts "do you fix heaters?"
Maria gets a text
Luis takes over the conversation with Maria
5 minutes pass
Maria texts "I smell gas in the kitchen"
within 5 seconds Luis is paged with "danger"
within 65 seconds Dana is paged
Luis answers "1"
Luis gets a text with "is yours"
Maria gets a text with "Luis is calling you now"
Luis answers "BACK"
Luis gets a text with "stays with people"
