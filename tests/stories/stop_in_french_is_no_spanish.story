Who says stop in French is heard, and an accent makes nobody a Spanish speaker
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Luc (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Luc gets a text with "Rivera Plumbing"
Luc texts "désabonner"
Luc gets a text with "we will not text you again"
Anne (+1 512 555 0132) calls, it rings 20 seconds, nobody answers
within 45 seconds Anne gets a text with "Rivera Plumbing"
Anne texts "enlevez-moi de votre liste"
Anne gets a text with "we will not text you again"
Jean (+1 512 555 0133) calls, it rings 20 seconds, nobody answers
within 45 seconds Jean gets a text with "Rivera Plumbing"
Jean texts "retirez mon numéro"
Jean gets a text with "we will not text you again"
