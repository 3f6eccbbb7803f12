"""Who can be booked, with what, and who is on call, as programs are told of it."""

from dataclasses import dataclass
from datetime import datetime, time

from answerback.store.queries import own_entries
from answerback.store.queries.told.listing import Listing


@dataclass(frozen=True, slots=True)
class TimeOff:
    """A stretch in which a member cannot be booked."""

    id: int
    member_id: int
    starts_at: datetime
    ends_at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Resource:
    """A thing an appointment can need: a chair, a room, a truck. Only an `active` one is booked."""

    id: int
    kind: str
    name: str
    location_id: int | None
    active: bool


@dataclass(frozen=True, slots=True)
class AreaWay:
    """Minutes kept free between appointments in two areas."""

    id: int
    one: str
    other: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Shift:
    """Who is on call on a day of the week (Monday is 0, 7 a holiday), by rung; an end no later than the start is the
    next day's.
    """

    id: int
    member_id: int
    weekday: int
    starts: time
    ends: time
    rung: int
    location_id: int | None
    service: str


@dataclass(frozen=True, slots=True)
class Override:
    """For once somebody else is on call, or nobody."""

    id: int
    member_id: int | None
    starts_at: datetime
    ends_at: datetime
    rung: int
    location_id: int | None
    service: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlannedText:
    """A nudge, a reminder or a video that goes out at `due_at` if nothing happens before."""

    id: int
    conversation_id: int
    kind: str
    due_at: datetime


TIME_OFF = Listing(
    shape=TimeOff,
    select="SELECT b.id, b.member_id, lower(b.during), upper(b.during), b.summary FROM busy b",
    id="b.id",
    business="b.business_id",
    only={"member": "b.member_id = %(member)s", "ends_after": "upper(b.during) > %(ends_after)s"},
    always="b.source = 'time_off'",
)

OWN_ENTRIES = Listing(
    shape=own_entries.OwnEntry,
    select=f"SELECT {own_entries.COLUMNS} FROM own_entry",
    id="id",
    business="business_id",
    only={
        "member": "member_id = %(member)s",
        "ends_after": "upper(during) > %(ends_after)s",
        "starts_before": "lower(during) < %(starts_before)s",
        "series": f"left(key, {own_entries.SERIES}) = left(%(series)s, {own_entries.SERIES})",
    },
)

RESOURCES = Listing(
    shape=Resource,
    select="SELECT r.id, r.kind, r.name, r.location_id, r.active FROM resource r",
    id="r.id",
    business="r.business_id",
    only={"kind": "r.kind = %(kind)s"},
)

AREA_WAYS = Listing(
    shape=AreaWay,
    select="SELECT w.id, w.one, w.other, w.minutes FROM area_way w",
    id="w.id",
    business="w.business_id",
)

SHIFTS = Listing(
    shape=Shift,
    select="""
SELECT s.id, s.member_id, s.weekday, s.start, s."end", s.rung, s.location_id, s.service FROM shift s""",
    id="s.id",
    business="s.business_id",
    only={"member": "s.member_id = %(member)s"},
)

OVERRIDES = Listing(
    shape=Override,
    select="""
SELECT o.id, o.member_id, o.starts_at, o.ends_at, o.rung, o.location_id, o.service, o.reason FROM shift_override o""",
    id="o.id",
    business="o.business_id",
    only={"member": "o.member_id = %(member)s", "ends_after": "o.ends_at > %(ends_after)s"},
)

PLANNED_TEXTS = Listing(
    shape=PlannedText,
    select="SELECT e.id, e.conversation_id, e.body ->> 'timer', e.due_at FROM event e",
    id="e.id",
    business="e.business_id",
    only={"conversation": "e.conversation_id = %(conversation)s"},
    always="e.kind = 'TimerDue' AND e.handled_at IS NULL AND e.body ->> 'timer' IN ('nudge', 'reminder', 'video')",
)
