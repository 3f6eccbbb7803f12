After handing back, a yes to what the person asked is theirs to act on
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
Maria texts "my toilet is running"
Maria gets a text
Dana texts Maria "Could you send us the name of your landlord?"
Maria gets a text with "landlord"
Dana hands the conversation with Maria back
Maria gets no text for 10 minutes
Maria texts "no"
there is a to-do about Maria with "answered what you asked"
Maria is a lead: contacted
