"""Twilio: calls and texts through its webhooks and its REST API, and through nothing else.

The official SDK is used for the one thing that must be theirs, the check of a signature; importing its REST client
would cost a second of start-up and a large tree for one form POST.
"""

from answerback.adapters.twilio.phone import TwilioPhone

adapter = TwilioPhone()
