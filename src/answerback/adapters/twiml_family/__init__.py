"""What providers whose calls are scripted in TwiML have in common: Twilio, and those who speak its dialects.

A provider of this family is a `Dialect` (where it differs), its settings, and whatever it does in its own way; see
`twilio` and `signalwire`. Never here: the name of one of them in a condition.
"""
