"""Quo (formerly OpenPhone): the office phone beside us. It reports calls and texts by webhook, and sends our texts."""

from answerback.adapters.quo.phone import QuoPhone

adapter = QuoPhone()
