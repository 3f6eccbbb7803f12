"""Writes appointments and holds into the calendar, and asks what a conversation has there.

Who gets a time is decided by the constraints `a_time_is_never_sold_twice` and `a_resource_is_never_sold_twice` alone.
Every function takes a cursor inside a transaction that `workflow` opened. Nothing here decides what may be booked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg.errors import ExclusionViolation

from answerback.store.queries.rows import Cursor


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation and what a booking needs to know of it. In the order of `_PLACE`."""

    id: int
    business: int
    contact: int
    playbook: int
    phase: str
    ended: bool
    name: str
    email: str
    number: str
    business_name: str
    business_phone: str
    revision: int
    location: int | None
    state: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """An appointment or a hold of a conversation. In the order of `_STANDING`."""

    id: int
    member: int
    member_name: str
    status: str
    starts_at: datetime
    ends_at: datetime
    service: str
    name: str
    address: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTime:
    """A time to write into the calendar, as a hold where `hold_until` is given. `blocked` covers what is kept free."""

    business: int
    conversation: int
    contact: int
    location: int | None
    starts_at: datetime
    ends_at: datetime
    blocked: tuple[datetime, datetime]
    name: str
    address: str
    area: str
    service: str
    hold_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """An appointment that stands, as the desk finds it. In the order of `_KEPT`."""

    id: int
    business: int
    conversation: int
    member: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class InTheWay:
    """An appointment that takes a time somebody would like: whose, with whom, until when; `thing` is what they share
    where it is another member's. A time that is only kept for who is choosing says until when. In the order of
    `_IN_THE_WAY`.
    """

    appointment: int
    member: str
    who: str
    number: str
    start: datetime
    end: datetime
    thing: str
    kept_until: datetime | None


def place(cursor: Cursor, conversation: int, *, lock: bool) -> Place | None:
    """The conversation of a booking; locked, so that two posts of one person come one after the other."""
    cursor.execute(_PLACE + ("FOR NO KEY UPDATE OF c" if lock else ""), [conversation])
    row = cursor.fetchone()
    return Place(*row) if row else None


def standing(cursor: Cursor, conversation: int, now: datetime) -> Standing | None:
    """What this conversation has in the calendar from now on: its appointment, else its running hold."""
    cursor.execute(_STANDING, {"conversation": conversation, "now": now})
    row = cursor.fetchone()
    return Standing(*row) if row else None


def has_had_one(cursor: Cursor, conversation: int, now: datetime) -> bool:
    """Has an appointment of this conversation already taken place, or should have?"""
    cursor.execute(
        """
        SELECT 1 FROM appointment
        WHERE conversation_id = %s AND (status IN ('done', 'no_show') OR (status = 'booked' AND upper(during) <= %s))
        LIMIT 1
        """,
        [conversation, now],
    )
    return cursor.fetchone() is not None


def gave_up(cursor: Cursor, conversation: int) -> bool:
    """Was the newest appointment of this conversation given up? A hold that ran out was none."""
    cursor.execute(
        "SELECT status = 'cancelled' FROM appointment WHERE conversation_id = %s AND hold_until IS NULL "
        "ORDER BY id DESC LIMIT 1",
        [conversation],
    )
    row = cursor.fetchone()
    return row is not None and bool(row[0])


def lock_people(cursor: Cursor, businesses: Sequence[int]) -> None:
    """Let the bookings of these businesses come one after the other until the transaction ends.

    The constraints alone would keep a time from being sold twice; but the way between two areas is more than any
    constraint can see, so what is free is looked up under this lock.
    """
    cursor.execute(
        "SELECT id FROM member WHERE business_id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [sorted(businesses)]
    )


def free_holds(cursor: Cursor, business: int, conversation: int, now: datetime) -> None:
    """Give up the holds of this business that have run out, and this conversation's own."""
    cursor.execute(
        """
        UPDATE appointment SET status = 'cancelled', version = version + 1, updated_at = %(now)s
        WHERE status = 'held' AND (conversation_id = %(conversation)s
                                   OR (business_id = %(business)s AND hold_until <= %(now)s))
        """,
        {"business": business, "conversation": conversation, "now": now},
    )


def hold_again(cursor: Cursor, appointment: int, now: datetime) -> int | None:
    """A hold that was given free is kept again until its end; its member, None where it is over or somebody has it."""
    cursor.execute("SAVEPOINT holding")
    try:
        cursor.execute(_HOLD_AGAIN, {"id": appointment, "now": now})
    except ExclusionViolation:
        cursor.execute("ROLLBACK TO SAVEPOINT holding")
        return None
    row = cursor.fetchone()
    return row[0] if row else None


def take(cursor: Cursor, new: NewTime, member: int, resource: int | None, now: datetime) -> int | None:
    """Write this time down for this member and resource; None when somebody else has it, which a constraint decides.

    A rival who has not committed yet is waited for, so whoever is told yes has the time for good.
    """
    cursor.execute(
        _TAKE,
        {
            "business": new.business,
            "location": new.location,
            "member": member,
            "resource": resource,
            "conversation": new.conversation,
            "contact": new.contact,
            "start": new.starts_at,
            "end": new.ends_at,
            "blocked_from": new.blocked[0],
            "blocked_to": new.blocked[1],
            "service": new.service,
            "status": "held" if new.hold_until else "booked",
            "hold_until": new.hold_until,
            "name": new.name[:120],
            "address": new.address[:200],
            "area": new.area[:80],
            "now": now,
        },
    )
    row = cursor.fetchone()
    return row[0] if row else None


def move(cursor: Cursor, appointment: int, new: NewTime, *, member: int, resource: int | None, now: datetime) -> bool:
    """Move an appointment that stands, in one statement, so that it is never without a time; False when taken."""
    cursor.execute("SAVEPOINT moving")
    try:
        cursor.execute(
            _MOVE,
            {
                "id": appointment,
                "member": member,
                "resource": resource,
                "start": new.starts_at,
                "end": new.ends_at,
                "blocked_from": new.blocked[0],
                "blocked_to": new.blocked[1],
                "now": now,
            },
        )
    except ExclusionViolation:
        cursor.execute("ROLLBACK TO SAVEPOINT moving")
        return False
    return bool(cursor.rowcount == 1)


def give_up(cursor: Cursor, appointment: int, now: datetime) -> bool:
    """Cancel an appointment that stands; False when it stood no longer."""
    cursor.execute(
        """
        UPDATE appointment SET status = 'cancelled', version = version + 1, updated_at = %s
        WHERE id = %s AND status IN ('held', 'booked')
        """,
        [now, appointment],
    )
    return bool(cursor.rowcount == 1)


def kept(cursor: Cursor, appointment: int) -> Kept | None:
    """This appointment if it stands, with its conversation locked."""
    cursor.execute(_KEPT, [appointment, ["booked"]])
    row = cursor.fetchone()
    return Kept(*row) if row else None


def ended(cursor: Cursor, appointment: int) -> Kept | None:
    """This appointment if somebody said what became of it, with its conversation locked."""
    cursor.execute(_KEPT, [appointment, ["done", "no_show"]])
    row = cursor.fetchone()
    return Kept(*row) if row else None


def shift(cursor: Cursor, kept: Kept, member: int, start: datetime, now: datetime) -> bool:
    """Move an appointment as long as it is, with what is kept free around it; False when somebody has that time."""
    cursor.execute("SAVEPOINT shifting")
    try:
        cursor.execute(_SHIFT, {"id": kept.id, "member": member, "start": start, "now": now})
    except ExclusionViolation:
        cursor.execute("ROLLBACK TO SAVEPOINT shifting")
        return False
    return bool(cursor.rowcount == 1)


def in_the_way(
    cursor: Cursor, member: int, start: datetime, end: datetime, *, now: datetime, other: int = 0
) -> InTheWay | None:
    """The first appointment in this time of this member, or of what the appointment `other` needs; never `other`."""
    cursor.execute(_IN_THE_WAY, {"member": member, "start": start, "end": end, "now": now, "other": other})
    row = cursor.fetchone()
    return InTheWay(*row) if row else None


def worth(cursor: Cursor, appointment: int) -> tuple[str | None, int | None]:
    """(where the lead of an appointment stands, None without one; what the appointment cost)."""
    cursor.execute(
        """
        SELECT l.status, a.cents FROM appointment a
        LEFT JOIN lead l ON l.conversation_id = a.conversation_id WHERE a.id = %s
        """,
        [appointment],
    )
    row = cursor.fetchone()
    return (row[0], row[1]) if row else (None, None)


def end(cursor: Cursor, appointment: int, status: str, cents: int | None, now: datetime) -> None:
    """Write down what became of an appointment: `done` or `no_show`, and what it cost."""
    cursor.execute(
        "UPDATE appointment SET status = %s, cents = COALESCE(%s, cents), version = version + 1, updated_at = %s "
        "WHERE id = %s AND status = 'booked'",
        [status, cents, now, appointment],
    )


def reopen(cursor: Cursor, ended: Kept, cents: int | None, now: datetime) -> bool:
    """An appointment that was over stands as before, at this price; False when somebody has that time by now."""
    cursor.execute("SAVEPOINT reopening")
    try:
        cursor.execute(
            "UPDATE appointment SET status = 'booked', cents = %s, version = version + 1, updated_at = %s "
            "WHERE id = %s",
            [cents, now, ended.id],
        )
    except ExclusionViolation:
        cursor.execute("ROLLBACK TO SAVEPOINT reopening")
        return False
    return bool(cursor.rowcount == 1)


_IN_THE_WAY = """
SELECT a.id, m.name, COALESCE(NULLIF(a.name, ''), k.name), k.number, lower(a.during), upper(a.during),
       CASE WHEN a.member_id = %(member)s THEN '' ELSE r.name END,
       CASE WHEN a.status = 'held' THEN a.hold_until END
FROM appointment a JOIN member m ON m.id = a.member_id JOIN contact k ON k.id = a.contact_id
LEFT JOIN resource r ON r.id = a.resource_id LEFT JOIN appointment o ON o.id = %(other)s
WHERE (a.status = 'booked' OR (a.status = 'held' AND a.hold_until > %(now)s)) AND a.id <> %(other)s
  AND (a.member_id = %(member)s OR a.resource_id = o.resource_id)
  AND a.blocked && tstzrange(%(start)s - COALESCE(lower(o.during) - lower(o.blocked), interval '0'),
                             %(end)s + COALESCE(upper(o.blocked) - upper(o.during), interval '0'))
ORDER BY lower(a.during), a.id LIMIT 1
"""

_KEPT = """
SELECT a.id, a.business_id, a.conversation_id, a.member_id, lower(a.during), upper(a.during)
FROM appointment a JOIN conversation c ON c.id = a.conversation_id
WHERE a.id = %s AND a.status = ANY(%s) FOR NO KEY UPDATE OF c
"""

_SHIFT = """
UPDATE appointment SET member_id = %(member)s, version = version + 1, updated_at = %(now)s,
    during = tstzrange(%(start)s, %(start)s + (upper(during) - lower(during))),
    blocked = tstzrange(%(start)s - (lower(during) - lower(blocked)),
                        %(start)s + (upper(blocked) - lower(during)))
WHERE id = %(id)s AND status = 'booked'
"""

_PLACE = """
SELECT c.id, c.business_id, c.contact_id, c.playbook_id, c.phase, c.ended_at IS NOT NULL, k.name, k.email, k.number,
       b.name, b.phone, b.revision, l.location_id, c.state::text
FROM conversation c JOIN contact k ON k.id = c.contact_id JOIN business b ON b.id = c.business_id
JOIN line l ON l.id = c.line_id
WHERE c.id = %s
"""

_STANDING = """
SELECT a.id, a.member_id, m.name, a.status, lower(a.during), upper(a.during), a.service, a.name, a.address, a.version
FROM appointment a JOIN member m ON m.id = a.member_id
WHERE a.conversation_id = %(conversation)s AND upper(a.during) > %(now)s
  AND (a.status = 'booked' OR (a.status = 'held' AND a.hold_until > %(now)s))
ORDER BY a.status, a.id LIMIT 1
"""

_TAKE = """
INSERT INTO appointment (business_id, location_id, member_id, resource_id, conversation_id, contact_id, during, blocked,
                         service, status, hold_until, name, address, area, notes, version, created_at, updated_at)
VALUES (%(business)s, %(location)s, %(member)s, %(resource)s, %(conversation)s, %(contact)s,
        tstzrange(%(start)s, %(end)s), tstzrange(%(blocked_from)s, %(blocked_to)s), %(service)s, %(status)s,
        %(hold_until)s, %(name)s, %(address)s, %(area)s, '', 0, %(now)s, %(now)s)
ON CONFLICT DO NOTHING
RETURNING id
"""

_HOLD_AGAIN = """
UPDATE appointment a SET status = 'held', version = version + 1, updated_at = %(now)s
WHERE a.id = %(id)s AND a.status = 'cancelled' AND a.hold_until > %(now)s AND NOT EXISTS (
    SELECT 1 FROM appointment o WHERE o.conversation_id = a.conversation_id AND upper(o.during) > %(now)s
      AND (o.status = 'booked' OR (o.status = 'held' AND o.hold_until > %(now)s)))
RETURNING a.member_id
"""

_MOVE = """
UPDATE appointment SET during = tstzrange(%(start)s, %(end)s), blocked = tstzrange(%(blocked_from)s, %(blocked_to)s),
       member_id = %(member)s, resource_id = %(resource)s, version = version + 1, updated_at = %(now)s
WHERE id = %(id)s AND status = 'booked'
"""
