"""Asterisk and FreePBX: our own switchboard, heard over its manager interface or by one line in its dialplan."""

from answerback.adapters.asterisk.phone import AsteriskPhone

adapter = AsteriskPhone()
