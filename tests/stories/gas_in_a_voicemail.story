Danger in a voicemail: the right words leave at once, and people are woken and rung
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls and leaves a voicemail of 12 seconds
1 minute passes
the words of the voicemail of Maria arrive: "I smell gas in the kitchen"
within 5 seconds Maria gets a text with "911"
within 5 seconds Dana is paged with "danger"
Maria gets no other text for 1 hour
a person has the conversation with Maria
