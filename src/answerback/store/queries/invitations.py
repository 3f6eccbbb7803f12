"""Which invitations are due, and what came of them. Takes a cursor inside a transaction of `workflow`."""

from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries.rows import Cursor


@dataclass(frozen=True, slots=True)
class Due:
    """An invitation to send, and its appointment. In the order of `_DUE`. `stands`: request it, else cancel it."""

    id: int
    uid: str
    sequence: int
    sent: bool
    wanted: int
    tries: int
    stands: bool
    starts_at: datetime
    ends_at: datetime
    address: str
    name: str
    email: str
    business: str
    phone: str
    zone: str
    spanish: bool


def due(cursor: Cursor, now: datetime, limit: int = 100) -> list[int]:
    """Invitations whose newest change has not been sent."""
    cursor.execute("SELECT id FROM invitation WHERE due_at <= %s ORDER BY due_at LIMIT %s", [now, limit])
    return [row[0] for row in cursor.fetchall()]


def load(cursor: Cursor, id: int) -> Due | None:
    """This invitation, if there is something to send."""
    cursor.execute(_DUE, [id])
    row = cursor.fetchone()
    return Due(*row) if row else None


def is_sent(cursor: Cursor, row: Due, now: datetime, *, sent: bool) -> None:
    """Settled: a letter went out, or none was needed. A change since stays due."""
    cursor.execute(
        """
        UPDATE invitation SET sequence = sequence + %s, sent = sent OR %s, problem = '', tries = 0,
               sent_at = CASE WHEN %s THEN %s ELSE sent_at END,
               due_at = CASE WHEN wanted = %s THEN NULL ELSE due_at END
        WHERE id = %s
        """,
        [int(sent), sent, sent, now, row.wanted, row.id],
    )


def failed(cursor: Cursor, row: Due, problem: str, again_at: datetime | None) -> None:
    """It could not be sent; tried again then, or never."""
    cursor.execute(
        "UPDATE invitation SET problem = %s, tries = LEAST(tries + 1, 1000), due_at = %s WHERE id = %s",
        [problem[:300], again_at, row.id],
    )


_DUE = """
SELECT i.id, i.uid, i.sequence, i.sent, i.wanted, i.tries, a.status = 'booked', lower(a.during), upper(a.during),
       a.address, COALESCE(NULLIF(a.name, ''), k.name), k.email, b.name, b.phone, b.zone,
       COALESCE(c.state->>'language', 'en') = 'es'
FROM invitation i JOIN appointment a ON a.id = i.appointment_id JOIN contact k ON k.id = a.contact_id
JOIN business b ON b.id = a.business_id JOIN conversation c ON c.id = a.conversation_id
WHERE i.id = %s AND i.due_at IS NOT NULL
"""
