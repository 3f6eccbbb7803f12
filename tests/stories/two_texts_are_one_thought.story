Two texts in a row are one thought
# "heater" alone might be a furnace; with the text before it, it is a water heater.
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "hi, it's about our water"
Maria gets a text with "fixing"
Maria texts "heater, no rush, 78704"
Maria gets a text with "http"
Maria wants "water_heater"
nobody is paged
