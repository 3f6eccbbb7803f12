"""Telnyx: calls scripted in TeXML, texts through messaging v2. It differs from its family in that everything it sends
is signed with Ed25519 and a time, and that its own API speaks JSON.
"""

from answerback.adapters.telnyx.phone import TelnyxPhone

adapter = TelnyxPhone()
