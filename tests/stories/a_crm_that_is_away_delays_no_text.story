A CRM that is away delays no text and makes no duplicate
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

HubSpot is connected
HubSpot is away
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 1 minute Maria gets a text with "Rivera Plumbing"
Maria is a lead: contacted
Maria is not in HubSpot
10 minutes pass
Maria is not in HubSpot
HubSpot is back
1 hour passes
Maria is in HubSpot once
HubSpot tells of 1 text of Maria
HubSpot tells of 1 call of Maria
Maria is one lead
