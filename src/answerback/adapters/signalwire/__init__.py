"""SignalWire: calls scripted in cXML, texts through its compatibility API. It differs from Twilio in its addresses, in
who signs (a signing key of its own) and in what it promises: status callbacks may be lost, so the end of a Dial counts.
"""

from answerback.adapters.signalwire.phone import SignalWirePhone

adapter = SignalWirePhone()
