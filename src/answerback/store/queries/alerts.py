"""Alerts to members: claims those that are due, says what each is about, writes down what came of it.

Every function takes a cursor inside a transaction that `workflow` opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from answerback.store.queries import staff_texts
from answerback.store.queries.notices import REMOVED_KEPT
from answerback.store.queries.rows import Cursor

LOST_AFTER = timedelta(minutes=5)
"""An alert still being sent after this long belongs to a process that died: it is sent again."""

KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Claimed:
    """An alert to send now, with its way. In the order of `_CLAIM`. `tries` counts this one."""

    id: int
    business: int
    way: int
    kind: str
    subject: int
    thread: int | None
    tries: int
    by: str
    sealed: bytes
    quiet_from: time | None
    quiet_to: time | None
    member: int
    phone: str
    zone: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Spoken:
    """An alert that a call speaks. In the order of `spoken`."""

    business: int
    kind: str
    subject: int
    thread: int | None
    zone: str


@dataclass(frozen=True, slots=True)
class About:
    """What an alert is about. In the order of `_ABOUT`. `starts_at` is set for appointments."""

    says: str
    name: str
    number: str
    starts_at: datetime | None


def claim(cursor: Cursor, limit: int, now: datetime) -> list[Claimed]:
    """Take at most so many alerts that are due; those of ways and members that are gone are given up."""
    cursor.execute(_RECOVER, {"lost": now - LOST_AFTER, "now": now})
    cursor.execute(_GONE, {"now": now})
    cursor.execute(_CLAIM, {"now": now, "limit": limit})
    return sorted((Claimed(*row) for row in cursor.fetchall()), key=lambda each: each.id)


def about(cursor: Cursor, kind: str, subject: int) -> About | None:
    """What it is about; None where that is over: the to-do is closed, the visit cancelled, the line well again."""
    cursor.execute(_ABOUT[kind], [subject])
    row = cursor.fetchone()
    return About(*row) if row else None


def wrote(cursor: Cursor, alert: Claimed, status: str, says: str, due_at: datetime) -> None:
    """What came of a try; `waiting` until `due_at` where it is tried again."""
    cursor.execute(
        "UPDATE alert SET status = %s, says = %s, due_at = %s WHERE id = %s", [status, says, due_at, alert.id]
    )


def said(cursor: Cursor, way: int, says: str, now: datetime, *, worked: bool, key: str = "") -> None:
    """The last answer of a way, for its page; `key` that of the text or call whose answer is still to come."""
    cursor.execute(
        "UPDATE alert_way SET worked = %s, said = %s, said_at = %s, last_key = %s WHERE id = %s",
        [worked, says, now, key, way],
    )


def gone(cursor: Cursor, way: int, says: str, now: datetime, *, sealed: bytes) -> None:
    """The address is none any more: the way is removed, with what it was going to tell, and `sealed` is all that is
    kept of it.
    """
    cursor.execute(
        "UPDATE alert_way SET removed_at = %s, worked = false, said = %s, said_at = %s, sealed = %s WHERE id = %s",
        [now, says, now, sealed, way],
    )
    cursor.execute("UPDATE alert SET status = 'failed' WHERE way_id = %s AND status = 'waiting'", [way])


def put_back(cursor: Cursor, member: int, way: int, now: datetime) -> bool:
    """A way this member removed lately is as it was; False when it stands, is forgotten, or its browser has another."""
    cursor.execute(_PUT_BACK, {"way": way, "member": member, "since": now - REMOVED_KEPT})
    return cursor.rowcount == 1


def forget_removed(cursor: Cursor, now: datetime) -> None:
    """Forget the addresses of ways that were removed."""
    cursor.execute("UPDATE alert_way SET sealed = '' WHERE removed_at <= %s AND sealed <> ''", [now - REMOVED_KEPT])


def text_answers(cursor: Cursor, business: int, keys: Sequence[str]) -> dict[str, tuple[str, str]]:
    """(status, what the provider said) of the texts with these keys to our own people, by key; not of those gone."""
    cursor.execute(
        """
        SELECT m.key, m.status, m.detail FROM contact k JOIN conversation c ON c.contact_id = k.id
        JOIN message m ON m.conversation_id = c.id AND m.key = ANY(%s) WHERE k.business_id = %s AND k.number = %s
        """,
        [list(keys), business, staff_texts.OWN],
    )
    return {key: (status, detail) for key, status, detail in cursor.fetchall()}


def call_answers(cursor: Cursor, business: int, keys: Sequence[str]) -> dict[str, tuple[str, str, str]]:
    """(status, how it ended, what the provider said) of the calls with these keys, by key; not of those gone."""
    cursor.execute(
        "SELECT key, status, ended, detail FROM our_call WHERE business_id = %s AND key = ANY(%s)",
        [business, list(keys)],
    )
    return {key: (status, ended, detail) for key, status, ended, detail in cursor.fetchall()}


def spoken(cursor: Cursor, alert: int) -> Spoken | None:
    """The alert a call is about; None where it is forgotten."""
    cursor.execute(
        """
        SELECT a.business_id, a.kind, a.subject, a.thread, COALESCE(NULLIF(p.zone, ''), b.zone)
        FROM alert a JOIN alert_way w ON w.id = a.way_id JOIN member m ON m.id = w.member_id
        LEFT JOIN location p ON p.id = m.location_id JOIN business b ON b.id = a.business_id WHERE a.id = %s
        """,
        [alert],
    )
    row = cursor.fetchone()
    return Spoken(*row) if row else None


def put_off(cursor: Cursor, alert: Claimed, until: datetime) -> None:
    """Its member has quiet hours: not before then, and not counted as a try."""
    cursor.execute(
        "UPDATE alert SET status = 'waiting', due_at = %s, tries = tries - 1 WHERE id = %s", [until, alert.id]
    )


def drop(cursor: Cursor, alert: Claimed) -> None:
    """There is nothing left to tell."""
    cursor.execute("DELETE FROM alert WHERE id = %s", [alert.id])


def next_due(cursor: Cursor) -> datetime | None:
    """When the next alert is due."""
    cursor.execute("SELECT min(due_at) FROM alert WHERE status = 'waiting'")
    row = cursor.fetchone()
    return row[0] if row else None


def forget(cursor: Cursor, now: datetime) -> None:
    """Forget old alerts, whatever became of them."""
    cursor.execute("DELETE FROM alert WHERE at < %s AND status <> 'sending'", [now - KEPT])


_PUT_BACK = """
UPDATE alert_way w SET removed_at = NULL
WHERE w.id = %(way)s AND w.member_id = %(member)s AND w.removed_at > %(since)s AND w.sealed <> ''
  AND NOT EXISTS (SELECT 1 FROM alert_way o WHERE o.device = w.device AND o.device <> '' AND o.removed_at IS NULL)
"""

_RECOVER = """
UPDATE alert SET status = 'waiting', due_at = %(now)s WHERE status = 'sending' AND claimed_at < %(lost)s
"""

_GONE = """
DELETE FROM alert a USING alert_way w, member m
WHERE a.status = 'waiting' AND a.due_at <= %(now)s AND w.id = a.way_id AND m.id = w.member_id
  AND (w.removed_at IS NOT NULL OR m.left_at IS NOT NULL)
"""

_CLAIM = """
WITH due AS (
    SELECT id FROM alert WHERE status = 'waiting' AND due_at <= %(now)s
    ORDER BY due_at, id LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
UPDATE alert a SET status = 'sending', claimed_at = %(now)s, tries = a.tries + 1
FROM due, alert_way w, member m LEFT JOIN location p ON p.id = m.location_id, business b
WHERE a.id = due.id AND w.id = a.way_id AND m.id = w.member_id AND b.id = a.business_id
RETURNING a.id, a.business_id, a.way_id, a.kind, a.subject, a.thread, a.tries, w.kind, w.sealed, w.quiet_from,
    w.quiet_to, m.id, CASE WHEN m.confirmed = m.phone AND m.stopped_at IS NULL THEN m.phone ELSE '' END,
    COALESCE(NULLIF(p.zone, ''), b.zone), a.at
"""

_ABOUT = {
    "lead": """
        SELECT l.service, k.name, k.number, NULL FROM lead l JOIN contact k ON k.id = l.contact_id WHERE l.id = %s
        """,
    "reply": """
        SELECT m.body, k.name, k.number, NULL FROM message m JOIN contact k ON k.id = m.contact_id WHERE m.id = %s
        """,
    "todo": """
        SELECT t.title, k.name, k.number, NULL FROM todo t JOIN conversation c ON c.id = t.conversation_id
        JOIN contact k ON k.id = c.contact_id WHERE t.id = %s AND t.closed_at IS NULL
        """,
    "appointment": """
        SELECT a.service, k.name, k.number, lower(a.during) FROM appointment a JOIN contact k ON k.id = a.contact_id
        WHERE a.id = %s AND a.status = 'booked'
        """,
    "unheard": """
        SELECT p.summary, k.name, k.number, NULL FROM page p JOIN conversation c ON c.id = p.conversation_id
        JOIN contact k ON k.id = c.contact_id WHERE p.id = %s AND p.taken_at IS NULL
        """,
    "line_red": """
        SELECT f.says, '', l.number, NULL FROM line_finding f JOIN line l ON l.id = f.line_id
        WHERE f.id = %s AND f.level = 'red'
        """,
}
