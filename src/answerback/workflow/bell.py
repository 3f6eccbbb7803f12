"""Rings a bell in the database when there is something to do, so that no worker has to look at the clock to find out.

A bell is only a hint: a lost ring delays work by a second, it never loses any.
"""

from django.db.backends.utils import CursorWrapper

CHANNEL = "answerback"
TURN = "turn"
TEXT = "text"


def ring(cursor: CursorWrapper, what: str) -> None:
    """Tell every listening worker, when this transaction commits."""
    cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, what])
