"""Asks the calendar what is busy and writes times into it.

Who gets a time is decided by the constraint `a_time_is_never_sold_twice` alone. Every function takes a cursor inside a
transaction that `workflow.bookings` opened. Nothing here decides what may be booked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries.rows import Cursor


@dataclass(frozen=True, slots=True)
class Place:
    """A locked conversation and what a booking needs to know of it. In the order of `_PLACE`."""

    id: int
    business: int
    contact: int
    playbook: int
    phase: str
    ended: bool
    name: str
    business_name: str
    business_phone: str
    revision: int
    state: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """An appointment or a hold of this conversation. In the order of `_STANDING`."""

    id: int
    member: int
    status: str
    starts_at: datetime
    ends_at: datetime
    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTime:
    """A time to write into the calendar, as a hold where `hold_until` is given."""

    place: Place
    starts_at: datetime
    ends_at: datetime
    name: str
    address: str
    service: str
    hold_until: datetime | None = None


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
    """Has an appointment of this conversation already taken place?"""
    cursor.execute(
        "SELECT 1 FROM appointment WHERE conversation_id = %s AND status = 'booked' AND upper(during) <= %s LIMIT 1",
        [conversation, now],
    )
    return cursor.fetchone() is not None


def bookable_members(cursor: Cursor, business: int) -> list[int]:
    """Who can be booked: every technician, else the owner."""
    cursor.execute(
        """
        SELECT id FROM member WHERE business_id = %s AND role = CASE
            WHEN EXISTS (SELECT 1 FROM member t WHERE t.business_id = %s AND t.role = 'technician') THEN 'technician'
            ELSE 'owner' END
        ORDER BY id
        """,
        [business, business],
    )
    return [row[0] for row in cursor.fetchall()]


def busy(
    cursor: Cursor, members: Sequence[int], now: datetime, until: datetime, *, besides: int
) -> dict[int, list[tuple[datetime, datetime]]]:
    """When each of these members is taken between the two moments, leaving out what this conversation itself holds."""
    found: dict[int, list[tuple[datetime, datetime]]] = {member: [] for member in members}
    cursor.execute(_BUSY, {"members": list(members), "now": now, "until": until, "besides": besides})
    for member, start, end in cursor.fetchall():
        found[member].append((start, end))
    return found


def free_holds(cursor: Cursor, members: Sequence[int], conversation: int, now: datetime) -> None:
    """Give up the holds of these members that have run out, and this conversation's own."""
    cursor.execute(
        """
        UPDATE appointment SET status = 'cancelled'
        WHERE status = 'held' AND (conversation_id = %s OR (member_id = ANY(%s) AND hold_until <= %s))
        """,
        [conversation, list(members), now],
    )


def take(cursor: Cursor, new: NewTime, member: int, now: datetime) -> int | None:
    """Write this time down for this member; None when somebody else has it, which the constraint alone decides.

    A rival who has not committed yet is waited for, so whoever is told yes has the time for good.
    """
    cursor.execute(
        _TAKE,
        {
            "business": new.place.business,
            "member": member,
            "conversation": new.place.id,
            "contact": new.place.contact,
            "start": new.starts_at,
            "end": new.ends_at,
            "service": new.service,
            "status": "held" if new.hold_until else "booked",
            "hold_until": new.hold_until,
            "name": new.name[:120],
            "address": new.address[:200],
            "now": now,
        },
    )
    row = cursor.fetchone()
    return row[0] if row else None


def give_up(cursor: Cursor, appointment: int) -> bool:
    """Cancel an appointment that stands; False when it stood no longer."""
    cursor.execute(
        "UPDATE appointment SET status = 'cancelled' WHERE id = %s AND status IN ('held', 'booked')", [appointment]
    )
    return bool(cursor.rowcount == 1)


_PLACE = """
SELECT c.id, c.business_id, c.contact_id, c.playbook_id, c.phase, c.ended_at IS NOT NULL, k.name, b.name, b.phone,
       b.revision, c.state::text
FROM conversation c JOIN contact k ON k.id = c.contact_id JOIN business b ON b.id = c.business_id
WHERE c.id = %s
"""

_STANDING = """
SELECT id, member_id, status, lower(during), upper(during), name, address FROM appointment
WHERE conversation_id = %(conversation)s AND upper(during) > %(now)s
  AND (status = 'booked' OR (status = 'held' AND hold_until > %(now)s))
ORDER BY status, id LIMIT 1
"""

_BUSY = """
SELECT member_id, lower(blocked), upper(blocked) FROM appointment
WHERE member_id = ANY(%(members)s) AND blocked && tstzrange(%(now)s, %(until)s)
  AND (status = 'booked' OR (status = 'held' AND hold_until > %(now)s AND conversation_id <> %(besides)s))
UNION ALL
SELECT member_id, lower(during), upper(during) FROM busy
WHERE member_id = ANY(%(members)s) AND during && tstzrange(%(now)s, %(until)s)
"""

_TAKE = """
INSERT INTO appointment (business_id, member_id, conversation_id, contact_id, during, blocked, service, status,
                         hold_until, name, address, area, notes, version, created_at, updated_at)
VALUES (%(business)s, %(member)s, %(conversation)s, %(contact)s, tstzrange(%(start)s, %(end)s),
        tstzrange(%(start)s, %(end)s), %(service)s, %(status)s, %(hold_until)s, %(name)s, %(address)s, '', '', 0,
        %(now)s, %(now)s)
ON CONFLICT DO NOTHING
RETURNING id
"""
