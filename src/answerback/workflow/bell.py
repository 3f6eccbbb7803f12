"""Rings a bell in the database when there is something to do, so that no worker has to look at the clock to find out.

A bell is only a hint: a lost ring delays work by a second, it never loses any.
"""

from answerback.store.queries.rows import Cursor

CHANNEL = "answerback"
TURN = "turn"
TEXT = "text"
NOTICE = "notice"
PAGE = "page"
ALERT = "alert"


def ring(cursor: Cursor, what: str) -> None:
    """Tell every listening worker, when this transaction commits."""
    cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, what])
