Rule 4: whose voicemail said what they need is asked what is not known yet
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls and leaves a voicemail of 12 seconds
1 minute passes
the words of the voicemail of Maria arrive: "Hi, my water heater is leaking slowly, it is not urgent"
Maria gets no text
20 minutes pass
Maria gets a text with "Thank you for your voicemail. What city is the job in?"
Maria texts "78704"
Maria gets a text with "1)"
