A business that asks for a key texts only callers who pressed it
Business: Rivera Plumbing, plumbing, America/Chicago
Setting: consent_mode = press_1
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
Maria gets no text for 10 minutes
there is a to-do about Maria with "call"
a reason for Maria says "did not press the key"
Ann (+1 512 555 0132) calls and presses 1 for a text, nobody answers
within 30 seconds Ann gets a text
consent of Ann is inquiry disclosed
