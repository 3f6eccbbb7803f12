Who works here is no customer: what they text makes no lead, and nobody of them is texted back as one
It is Tuesday 10 March 2026, 10:00 am

Luis answers "hello, does this work?"
Luis gets a text with "Nothing waits for an answer from you"
10 minutes pass
Luis is not a lead
