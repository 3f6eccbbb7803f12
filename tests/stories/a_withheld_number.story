A hidden number cannot be texted, and nobody else is texted for it
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Somebody (hidden number) calls, it rings 20 seconds, nobody answers
10 minutes pass
Somebody is not a lead
Somebody gets no text for 1 hour
a reason for Somebody says "hide"
Somebody calls and leaves a voicemail "This is Ann, please call me at home"
1 minute passes
there is a to-do about Somebody with "voicemail"
