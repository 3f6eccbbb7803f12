"""Writes down what booking pages elsewhere say, and the appointments that follow from it.

Every function takes a cursor inside a transaction of `workflow`. The constraints on appointments alone decide whether a
time can be had.
"""

from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries.rows import Cursor


@dataclass(frozen=True, slots=True)
class Place:
    """A locked conversation that is booked for. In the order of `_PLACE`."""

    conversation: int
    business: int
    contact: int
    service: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeThere:
    """A booking as its page tells of it, at `at`."""

    uid: str
    at: datetime
    starts_at: datetime
    ends_at: datetime
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A booking that was given up or moved."""

    id: int
    conversation: int
    appointment: int | None


@dataclass(frozen=True, slots=True)
class StillThere:
    """A booking that its page has at a time of its own. In the order of `still_there`."""

    id: int
    provider: str
    business: int
    conversation: int
    starts_at: datetime
    version: int


def place(cursor: Cursor, conversation: int) -> Place | None:
    """The conversation, locked, so that two words on it come one after the other."""
    return _place(cursor, "c.id = %s", conversation)


def place_of_booking(cursor: Cursor, page: int, uid: str) -> Place | None:
    """The conversation of a booking that is known."""
    wanted = "c.id = (SELECT conversation_id FROM outside_booking WHERE page_id = %s AND uid = %s)"
    return _place(cursor, wanted, page, uid)


def place_by_number(cursor: Cursor, business: int, number: str) -> Place | None:
    """The newest conversation with this number."""
    wanted = "k.business_id = %s AND k.number = %s ORDER BY c.id DESC LIMIT 1"
    return _place(cursor, wanted, business, number)


def keep_booking(cursor: Cursor, page: int, of: Place, time: TimeThere) -> bool:
    """Write the booking down; False where this or a newer word on it is known. Fills in an e-mail we did not know."""
    cursor.execute(
        _KEEP,
        {
            "page": page,
            "business": of.business,
            "conversation": of.conversation,
            "uid": time.uid,
            "start": time.starts_at,
            "end": time.ends_at,
            "at": time.at,
        },
    )
    is_new = cursor.rowcount == 1
    if is_new and time.email and "@" in time.email:
        cursor.execute("UPDATE contact SET email = %s WHERE id = %s AND email = ''", [time.email[:254], of.contact])
    if is_new and time.name:
        cursor.execute("UPDATE contact SET name = %s WHERE id = %s AND name = ''", [time.name[:120], of.contact])
    return is_new


def booking(cursor: Cursor, page: int, uid: str) -> int:
    """The row of a booking."""
    cursor.execute("SELECT id FROM outside_booking WHERE page_id = %s AND uid = %s", [page, uid])
    row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def end_booking(cursor: Cursor, page: int, uid: str, at: datetime) -> Ended | None:
    """The booking stands no longer; None where it is not known, is over, or a newer word says that it stands."""
    cursor.execute(
        """
        UPDATE outside_booking SET status = 'cancelled', told_at = %s
        WHERE page_id = %s AND uid = %s AND status = 'booked' AND told_at <= %s
        RETURNING id, conversation_id, appointment_id
        """,
        [at, page, uid, at],
    )
    row = cursor.fetchone()
    return Ended(*row) if row else None


def still_there(cursor: Cursor, appointment: int) -> StillThere | None:
    """The booking there that this appointment came of, where it stands although ours was given up or moved."""
    cursor.execute(
        """
        SELECT o.id, p.provider, o.business_id, o.conversation_id, o.starts_at, a.version
        FROM outside_booking o JOIN booking_page p ON p.id = o.page_id JOIN appointment a ON a.id = o.appointment_id
        WHERE a.id = %s AND o.status = 'booked' AND (a.status = 'cancelled' OR lower(a.during) <> o.starts_at)
        ORDER BY o.id DESC LIMIT 1
        """,
        [appointment],
    )
    row = cursor.fetchone()
    return StillThere(*row) if row else None


def member_by_email(cursor: Cursor, business: int, email: str) -> int | None:
    """The member with this e-mail address."""
    cursor.execute(
        "SELECT id FROM member WHERE business_id = %s AND email <> '' AND lower(email) = lower(%s) ORDER BY id LIMIT 1",
        [business, email],
    )
    row = cursor.fetchone()
    return row[0] if row else None


def take(cursor: Cursor, page: int, of: Place, member: int, time: TimeThere, *, now: datetime) -> int | None:
    """An appointment for this booking; None where the member has another then. Holds of this conversation end.

    The page writes to its host's calendar and to the customer itself: no entry and no invitation of ours.
    """
    cursor.execute(
        """
        UPDATE appointment SET status = 'cancelled', updated_at = %s
        WHERE status = 'held' AND (conversation_id = %s OR (member_id = %s AND hold_until <= %s))
        """,
        [now, of.conversation, member, now],
    )
    values = {
        "business": of.business,
        "member": member,
        "conversation": of.conversation,
        "contact": of.contact,
        "start": time.starts_at,
        "end": time.ends_at,
        "service": of.service,
        "name": time.name,
        "address": of.address[:200],
        "now": now,
    }
    cursor.execute(_TAKE, values)
    row = cursor.fetchone()
    if row is None:
        return None
    cursor.execute(
        "UPDATE outside_booking SET appointment_id = %s WHERE page_id = %s AND uid = %s", [row[0], page, time.uid]
    )
    cursor.execute("DELETE FROM calendar_entry WHERE appointment_id = %s", [row[0]])
    cursor.execute("DELETE FROM invitation WHERE appointment_id = %s", [row[0]])
    return int(row[0])


def _place(cursor: Cursor, wanted: str, *values: object) -> Place | None:
    cursor.execute(f"{_PLACE} WHERE {wanted} FOR NO KEY UPDATE OF c", list(values))
    row = cursor.fetchone()
    return Place(*row) if row else None


_PLACE = """
SELECT c.id, c.business_id, c.contact_id, COALESCE(c.state->>'service', ''),
       COALESCE(c.state->'answers'->>'address', '')
FROM conversation c JOIN contact k ON k.id = c.contact_id
"""

_KEEP = """
INSERT INTO outside_booking (page_id, business_id, conversation_id, uid, starts_at, ends_at, status, told_at)
VALUES (%(page)s, %(business)s, %(conversation)s, %(uid)s, %(start)s, %(end)s, 'booked', %(at)s)
ON CONFLICT (page_id, uid) DO NOTHING
"""

_TAKE = """
INSERT INTO appointment (business_id, member_id, conversation_id, contact_id, during, blocked, service, status, name,
                         address, area, notes, version, created_at, updated_at)
SELECT %(business)s, %(member)s, %(conversation)s, %(contact)s, tstzrange(%(start)s, %(end)s),
       tstzrange(%(start)s, %(end)s), %(service)s, 'booked', COALESCE(NULLIF(%(name)s, ''), k.name), %(address)s, '',
       '', 0, %(now)s, %(now)s
FROM contact k WHERE k.id = %(contact)s
ON CONFLICT DO NOTHING
RETURNING id
"""
