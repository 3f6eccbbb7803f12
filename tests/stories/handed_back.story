A conversation that is handed back goes on with the next text
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text
Maria texts "my toilet is running"
Maria gets a text
Dana takes over Maria
Maria texts "it can wait"
Maria gets no text
Dana hands the conversation with Maria back
Maria gets no text for 10 minutes
Maria texts "I am in Austin by the way"
Maria gets a text
