"""Loads what openings are found in, for any number of businesses in a few set queries.

Every function takes a cursor inside a transaction of `workflow`. Nothing here decides what may be booked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from answerback.store import codec
from answerback.store.queries.rows import Cursor


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A location with hours or a zone of its own. In the order of `_PLACES`."""

    id: int
    business: int
    hours: list[list[Any]] | None
    zone: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A member who can be booked. In the order of `_PEOPLE`."""

    id: int
    business: int
    name: str
    location: int | None
    hours: list[list[Any]] | None


@dataclass(frozen=True, slots=True)
class ThingRow:
    """A resource in use. In the order of `_THINGS`."""

    id: int
    business: int
    name: str
    kind: str
    location: int | None


@dataclass(frozen=True, slots=True)
class WayRow:
    """A measured way between two areas."""

    business: int
    one: str
    other: str
    minutes: int


@dataclass(frozen=True, slots=True)
class TypeRow:
    """What an appointment for one service needs; None is as the playbook or the settings say. As in `_TYPES`."""

    business: int
    service: str
    minutes: int | None
    before: int
    after: int
    step: int | None
    lead_minutes: int | None
    horizon_days: int | None
    members: list[int]
    needs: str
    deposit: int | None
    active: bool


@dataclass(frozen=True, slots=True)
class TakenRow:
    """One stretch a member or a resource is taken. `conversation` is None for busy times. In the order of `_TAKEN`."""

    member: int
    resource: int | None
    start: datetime
    end: datetime
    status: str
    area: str
    conversation: int | None


def places(cursor: Cursor, businesses: Sequence[int]) -> list[PlaceRow]:
    """The locations of these businesses."""
    cursor.execute(
        "SELECT id, business_id, hours::text, zone FROM location WHERE business_id = ANY(%s)", [list(businesses)]
    )
    return [PlaceRow(id, business, _json(hours), zone) for id, business, hours, zone in cursor.fetchall()]


def people(cursor: Cursor, businesses: Sequence[int]) -> list[PersonRow]:
    """Who can be booked: whoever is marked so; else the technicians, or the owner where there are none."""
    cursor.execute(_PEOPLE, [list(businesses)])
    rows = cursor.fetchall()
    return [PersonRow(id, business, name, location, _json(hours)) for id, business, name, location, hours in rows]


def things(cursor: Cursor, businesses: Sequence[int]) -> list[ThingRow]:
    """The resources that are in use."""
    cursor.execute(
        """
        SELECT id, business_id, name, kind, location_id FROM resource WHERE business_id = ANY(%s) AND active ORDER BY id
        """,
        [list(businesses)],
    )
    return [ThingRow(*row) for row in cursor.fetchall()]


def ways(cursor: Cursor, businesses: Sequence[int]) -> list[WayRow]:
    """The ways between areas that these businesses have measured."""
    cursor.execute(
        "SELECT business_id, one, other, minutes FROM area_way WHERE business_id = ANY(%s)", [list(businesses)]
    )
    return [WayRow(*row) for row in cursor.fetchall()]


def types(cursor: Cursor, businesses: Sequence[int]) -> dict[tuple[int, str], TypeRow]:
    """The appointment types by business and service; the empty service is the default."""
    cursor.execute(_TYPES, [list(businesses)])
    # JSON comes as text over this cursor; `members` is the only such column.
    rows = [replace(TypeRow(*row), members=_json(row[8])) for row in cursor.fetchall()]
    return {(row.business, row.service): row for row in rows}


def taken(
    cursor: Cursor, members: Sequence[int], resources: Sequence[int], now: datetime, until: datetime
) -> list[TakenRow]:
    """What takes these members and resources between the two moments: appointments, running holds, busy times."""
    cursor.execute(_TAKEN, {"members": list(members), "resources": list(resources), "now": now, "until": until})
    return [TakenRow(*row) for row in cursor.fetchall()]


def _json(text: str | None) -> Any:
    return None if text is None else codec.plain(text)


_PEOPLE = """
SELECT m.id, m.business_id, m.name, m.location_id, m.hours::text FROM member m
WHERE m.business_id = ANY(%s) AND COALESCE(m.bookable, m.role = CASE
    WHEN EXISTS (SELECT 1 FROM member t WHERE t.business_id = m.business_id AND t.role = 'technician'
                 AND t.left_at IS NULL) THEN 'technician'
    ELSE 'owner' END)
ORDER BY m.id
"""

_TYPES = """
SELECT business_id, service, minutes, before, after, step, lead_minutes, horizon_days, members::text, needs, deposit,
       active
FROM appointment_type WHERE business_id = ANY(%s)
"""

_TAKEN = """
SELECT member_id, resource_id, lower(blocked), upper(blocked), status, area, conversation_id FROM appointment
WHERE (member_id = ANY(%(members)s) OR resource_id = ANY(%(resources)s)) AND blocked && tstzrange(%(now)s, %(until)s)
  AND (status = 'booked' OR (status = 'held' AND hold_until > %(now)s))
UNION ALL
SELECT member_id, NULL, lower(during), upper(during), source, '', NULL FROM busy
WHERE member_id = ANY(%(members)s) AND during && tstzrange(%(now)s, %(until)s)
"""
