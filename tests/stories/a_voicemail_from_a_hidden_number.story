An urgent voicemail from a hidden number wakes somebody, although nobody can be texted
It is Tuesday 10 March 2026, 2:04 am

Somebody (hidden number) calls and leaves a voicemail "There is water everywhere, a pipe burst, please help now, 512 555 0131"
within 1 minute Dana is paged with "hidden number"
