"""Which numbers are to be looked up, and what came of it. Every function takes a cursor of its caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries.rows import Cursor, as_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A number about to be texted for the first time; its line's connection is asked."""

    business: int
    conversation: int
    line: int
    number: str
    price: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One look-up to be made now."""

    id: int
    business: int
    conversation: int
    connection: int
    number: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """How many look-ups a business paid for in a while, and about how much."""

    count: int
    price: float


def want(
    cursor: Cursor, wanted: Sequence[Wanted], now: datetime, *, older_than: datetime, refused_before: datetime
) -> int:
    """Have these looked up, but for those of whom we have an answer that young, or a refusal; returns how many
    will be.
    """
    cursor.execute(_WANT, {"rows": as_json(wanted), "now": now, "old": older_than, "refused": refused_before})
    return cursor.rowcount


def waiting(cursor: Cursor, before: datetime, most: int) -> list[Asked]:
    """Those that wait and were wanted until then, oldest first."""
    cursor.execute(_WAITING, [before, most])
    return [
        Asked(id=id, business=business, conversation=conversation, connection=connection, number=number, since=since)
        for id, business, conversation, connection, number, since in cursor.fetchall()
    ]


def settle(
    cursor: Cursor, id: int, now: datetime, *, line_type: str = "", carrier: str = "", problem: str = ""
) -> None:
    """What came of one. One that was refused cost nothing."""
    cursor.execute(
        """
        UPDATE look_up SET settled_at = %s, line_type = %s, carrier = %s, problem = %s,
            price = CASE %s WHEN '' THEN price ELSE 0 END
        WHERE id = %s
        """,
        [now, line_type, carrier[:80], problem[:300], problem, id],
    )


def learn(cursor: Cursor, asked: Asked, line_type: str) -> None:
    """The contact's number is of this kind."""
    cursor.execute(
        "UPDATE contact SET line_type = %s WHERE business_id = %s AND number = %s",
        [line_type, asked.business, asked.number],
    )


def spent(cursor: Cursor, business: int, since: datetime) -> Spent:
    """What this business's look-ups since then came to."""
    cursor.execute(
        """
        SELECT count(*), COALESCE(sum(price), 0) FROM look_up
        WHERE business_id = %s AND asked_at >= %s AND settled_at IS NOT NULL AND problem = ''
        """,
        [business, since],
    )
    count, price = cursor.fetchone() or (0, 0.0)
    return Spent(count=count, price=price)


_WANT = """
INSERT INTO look_up (business_id, conversation_id, connection_id, number, asked_at, line_type, carrier, problem, price)
SELECT DISTINCT ON (v.business, v.number) v.business, v.conversation, l.connection_id, v.number, %(now)s::timestamptz,
       '', '', '', v.price
FROM json_to_recordset(%(rows)s::json) AS v (business bigint, conversation bigint, line bigint, number text,
    price float8)
JOIN line l ON l.id = v.line
ORDER BY v.business, v.number
ON CONFLICT (business_id, number) DO UPDATE
SET asked_at = EXCLUDED.asked_at, conversation_id = EXCLUDED.conversation_id, connection_id = EXCLUDED.connection_id,
    settled_at = NULL, line_type = '', carrier = '', problem = '', price = EXCLUDED.price
WHERE look_up.settled_at < CASE look_up.problem WHEN '' THEN %(old)s::timestamptz ELSE %(refused)s::timestamptz END
"""

_WAITING = """
SELECT id, business_id, conversation_id, connection_id, number, asked_at FROM look_up
WHERE settled_at IS NULL AND asked_at <= %s ORDER BY asked_at, id LIMIT %s
"""
