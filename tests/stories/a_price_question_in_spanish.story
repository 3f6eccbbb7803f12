Un precio que el dueño no ha dado nunca se inventa
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
Maria texts "¿cuánto cobran por destapar un drenaje?"
Maria gets a text without "$"
there is a to-do about Maria with "question"
Maria wants "drain"
