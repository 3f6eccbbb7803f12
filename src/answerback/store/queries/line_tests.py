"""Test calls of lines: which are due, what came of each. Every function takes a cursor of its caller's transaction."""

from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries.rows import Cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A line whose forwarding is to be tried out: the shop's number, the zone it lives in, the last call made so."""

    line: int
    business: int
    connection: int
    number: str
    shop: str
    zone: str
    every_days: int
    last_at: datetime | None
    last_state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A settled test call. Of one that came to us `says` is after how many seconds, else why it was not placed."""

    at: datetime
    number: str
    state: str
    says: str


def watched(cursor: Cursor, line: int | None = None) -> list[Due]:
    """Every line that says by which number of the shop calls are forwarded to it, or this one of them."""
    cursor.execute(_WATCHED, {"line": line})
    names = ("line", "business", "connection", "number", "shop", "zone", "every_days", "last_at", "last_state")
    return [Due(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def placed(cursor: Cursor, due: Due, now: datetime, *, call: str = "", problem: str = "") -> None:
    """Write down that a test call was placed, or why it could not be."""
    cursor.execute(
        """
        INSERT INTO line_test (business_id, line_id, number, at, call, state, says, settled_at)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
        """,
        [
            due.business,
            due.line,
            due.shop,
            now,
            call[:80],
            "failed" if problem else "waiting",
            problem[:300],
            now if problem else None,
        ],
    )


def settle(cursor: Cursor, now: datetime, lost_before: datetime) -> int:
    """See which test calls came back; one placed before `lost_before` that has not is lost. Returns how many."""
    cursor.execute(_SETTLE, {"now": now, "lost_before": lost_before})
    return cursor.rowcount


def last(cursor: Cursor, line: int, many: int = 2) -> list[Tried]:
    """The newest settled test calls of this line, newest first."""
    cursor.execute(
        "SELECT at, number, state, says FROM line_test WHERE line_id = %s AND settled_at IS NOT NULL"
        " ORDER BY at DESC LIMIT %s",
        [line, many],
    )
    return [Tried(at=at, number=number, state=state, says=says) for at, number, state, says in cursor.fetchall()]


_WATCHED = """
SELECT l.id, l.business_id, l.connection_id, l.number, l.forwards_from, b.zone, l.test_every_days, t.at,
       COALESCE(t.state, '')
FROM line l JOIN business b ON b.id = l.business_id
LEFT JOIN LATERAL (SELECT at, state FROM line_test WHERE line_id = l.id ORDER BY at DESC LIMIT 1) t ON true
WHERE l.forwards_from <> '' AND (%(line)s::bigint IS NULL OR l.id = %(line)s)
ORDER BY l.id
"""

# The test call carries the line's own number: no customer can be mistaken for it.
_SETTLE = """
UPDATE line_test t SET settled_at = %(now)s, state = CASE WHEN v.came IS NOT NULL THEN 'reached' ELSE 'lost' END,
    says = COALESCE(GREATEST(0, extract(epoch FROM v.came - v.at)::int)::text, '')
FROM (
    SELECT w.id, w.at, (
        SELECT min(e.at) FROM event e JOIN conversation o ON o.id = e.conversation_id
        JOIN contact k ON k.id = o.contact_id
        WHERE e.connection_id = l.connection_id AND e.kind IN ('CallRang', 'CallEnded') AND k.number = l.number
          AND e.body ->> 'line' = l.number AND e.at >= w.at - interval '10 seconds') AS came
    FROM line_test w JOIN line l ON l.id = w.line_id WHERE w.state = 'waiting'
) v
WHERE t.id = v.id AND (v.came IS NOT NULL OR v.at < %(lost_before)s)
"""
