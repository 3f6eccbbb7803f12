A yes in more words to what a person asked is no answer to an earlier question of ours
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) texts "my toilet is running"
Maria gets a text with "can wait"
Dana takes over Maria
Dana texts Maria "It is 120 dollars. Is Thursday at 3 pm good?"
Maria gets a text with "Thursday"
Dana hands Maria back
1 minute passes
Maria texts "Yes that is right"
Maria gets a text with "person"
there is a to-do about Maria with "answered what you asked"
