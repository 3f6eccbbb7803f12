With many calls promised already, the next one is promised for when it can be kept
It is Tuesday 10 March 2026, 10:00 am

Maria (+1 512 555 0131) texts "please call me"
Maria gets a text with "within 30 minutes"
Ann (+1 512 555 0132) texts "please call me"
Ann gets a text with "within 30 minutes"
Eva (+1 512 555 0133) texts "please call me"
Eva gets a text with "within 30 minutes"
Joe (+1 512 555 0134) texts "please call me"
Joe gets a text with "within 30 minutes"
Kim (+1 512 555 0135) texts "please call me"
Kim gets a text with "within 30 minutes"
Lee (+1 512 555 0136) texts "please call me"
Lee gets a text with "within 45 minutes"
Dana calls Maria back and they talk
Sue (+1 512 555 0137) texts "please call me"
Sue gets a text with "within 45 minutes"
Dana calls Ann back and they talk
Dana calls Eva back and they talk
Tom (+1 512 555 0138) texts "please call me"
Tom gets a text with "within 30 minutes"
