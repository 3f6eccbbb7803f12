The provider is down for ten minutes: the text leaves when it is back, once
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

the provider is down for 10 minutes
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
Maria gets no text for 8 minutes
Maria is a lead: new
within 6 minutes Maria gets a text with "Rivera Plumbing"
Maria gets no other text for 1 hour
Maria is a lead: contacted
