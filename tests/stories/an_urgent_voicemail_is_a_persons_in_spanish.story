Rule 4: after an urgent voicemail in Spanish a person has the conversation, and nothing routine is asked
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls and leaves a voicemail of 12 seconds
1 minute passes
the words of the voicemail of Maria arrive: "Se me está inundando el sótano, por favor llámenme"
within 30 seconds Maria gets a text with "avisando a la persona de guardia"
within 1 minute Dana is paged with "voicemail"
a person has the conversation with Maria
Maria texts "sí, por favor, es en Austin 78704"
Maria gets no other text for 1 day
