Who comes back after days is asked, and nothing is taken for granted
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) texts "my water heater is leaking slowly, not urgent"
Maria gets a text
Maria wants "water heater"
4 days pass
Maria texts "hi, are you open today?"
Maria gets a text with "still need a plumber"
Maria gets a text with "may we still help"
Maria gets a text with "What needs fixing?"
a reason for Maria says "The last word was 3 days ago: what they want is asked anew"
Maria texts "my toilet is running"
Maria wants "toilet"
