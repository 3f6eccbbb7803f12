"""Writes down how connections are doing, one row each. Every statement is one conditional write."""

from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries.rows import Cursor


@dataclass(frozen=True, slots=True)
class Watched:
    """A connection's row. In the order of `_BEAT`'s RETURNING; `last_beat` is the beat before this one."""

    connection: int
    last_beat: datetime
    swept_until: datetime | None


def beat(cursor: Cursor, connection: int, now: datetime) -> Watched:
    """Say that somebody looks after this connection now, and give what stood there before."""
    cursor.execute(_BEAT, {"connection": connection, "now": now})
    (row,) = cursor.fetchall()
    return Watched(*row)


def swept(cursor: Cursor, connection: int, until: datetime) -> None:
    """The provider's lists were read up to this moment."""
    cursor.execute(
        "UPDATE watch SET swept_until = GREATEST(COALESCE(swept_until, %s), %s) WHERE connection_id = %s",
        [until, until, connection],
    )


def is_well(cursor: Cursor, connection: int, connected_at: datetime | None) -> None:
    """Nothing is wrong with the connection; since when a listener is connected, None where none listens."""
    cursor.execute(
        "UPDATE watch SET trouble = '', trouble_at = NULL, connected_at = %s WHERE connection_id = %s",
        [connected_at, connection],
    )


def has_trouble(cursor: Cursor, connection: int, trouble: str, now: datetime) -> None:
    """Something is wrong with it; the moment stays that of the first time."""
    cursor.execute(
        "UPDATE watch SET trouble = %s, trouble_at = COALESCE(trouble_at, %s), connected_at = NULL "
        "WHERE connection_id = %s",
        [trouble[:300], now, connection],
    )


_BEAT = """
WITH before AS (SELECT beat_at, swept_until FROM watch WHERE connection_id = %(connection)s), written AS (
    INSERT INTO watch (connection_id, beat_at, trouble) VALUES (%(connection)s, %(now)s, '')
    ON CONFLICT (connection_id) DO UPDATE SET beat_at = %(now)s
    RETURNING connection_id)
SELECT w.connection_id, COALESCE(b.beat_at, %(now)s), b.swept_until FROM written w LEFT JOIN before b ON true
"""
