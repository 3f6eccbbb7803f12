"""Aircall: the office phone beside us. It reports calls and texts by webhook, and sends our texts."""

from answerback.adapters.aircall.phone import AircallPhone

adapter = AircallPhone()
