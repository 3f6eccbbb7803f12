Rule 4: text at once, and then no clock: never both
Business: Rivera Plumbing, plumbing, America/Chicago
Rule: triggers > voicemail > action = text_at_once
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls and leaves a voicemail "Please call me about my sink"
within 1 minute Maria gets a text
Maria gets no other text for 1 hour
Maria has got 1 text in all
