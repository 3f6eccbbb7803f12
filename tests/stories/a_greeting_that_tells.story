What the greeting says is kept with the consent of who heard it
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

callers hear "If we miss you we may text you back; reply STOP to opt out"
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 40 seconds Maria gets a text
consent of Maria is inquiry disclosed
Maria texts "STOP"
5 seconds pass
consent of Maria is revoked all
Maria texts "START"
5 seconds pass
consent of Maria is express informational
