Who never answers is reminded twice, then left to a person
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
within 3 hours Maria gets a text with "still"
it becomes 7:59 am
Maria gets no text
within 2 hours Maria gets a text with "Good morning"
Maria gets no other text for 2 weeks
Maria has got 3 texts in all
there is a to-do about Maria with "No reply"
