"""Knows who is on duty at any minute: weekly shifts, overrides, holidays, across both changes of the clock.

Shifts stand in the clock of their place, the business's where they count everywhere, and are compared as moments. Where
the clock jumps, two people are on duty rather than nobody: a shift begins at the earlier and ends at the later of the
moments its time can mean. Never here: who has been woken already (`ladder`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

HOLIDAY = 7
"""The weekday of shifts worked on holidays: where a rung of a place has any, they replace those of the day itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Responder:
    """A person who can be woken. `phone` is E.164, empty where a page cannot reach them; `rings` by a call as well.

    `confirmed` says that they have answered from that phone, and by it agreed to be texted there.
    """

    id: int
    name: str
    role: str = "desk"
    phone: str = ""
    rings: bool = False
    confirmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where a shift counts: at a location (None for all) and for a service (empty for all)."""

    location: int | None = None
    service: str = ""

    def covers(self, asked: "Scope") -> bool:
        """Does it count for a case there?"""
        return self.location in {None, asked.location} and self.service in {"", asked.service}

    @property
    def weight(self) -> int:
        """The closer it is to the case the more it counts; a service says more than a place."""
        return 2 * bool(self.service) + (self.location is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One member on call every week from `start` to `end` (on the next day where that is no later); half open."""

    member: int
    weekday: int
    start: time
    end: time
    rung: int = 1
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """From `starts_at` to `ends_at` this member has the rung instead of whoever the week says; None for nobody."""

    member: int | None
    starts_at: datetime
    ends_at: datetime
    rung: int = 1
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rota:
    """Who is on call when. Without any shift those in `always` are, at every hour."""

    zone: ZoneInfo
    people: tuple[Responder, ...] = ()
    shifts: tuple[Shift, ...] = ()
    overrides: tuple[Override, ...] = ()
    holidays: frozenset[date] = frozenset()
    zones: dict[int, ZoneInfo] = field(default_factory=dict)
    always: tuple[int, ...] = ()

    def zone_at(self, location: int | None) -> ZoneInfo:
        """The clock of a place."""
        return self.zones.get(location or 0, self.zone)

    def person(self, member: int) -> Responder | None:
        """Who this is; None for somebody who has left."""
        return next((each for each in self.people if each.id == member), None)


def on_duty(rota: Rota, at: datetime, scope: Scope) -> tuple[tuple[Responder, ...], ...]:
    """The rungs of the ladder at this moment for a case of this scope, lowest first; rungs without anybody are left
    out.
    """
    numbers = sorted({1, *(shift.rung for shift in rota.shifts), *(each.rung for each in rota.overrides)})
    rungs = (_on_rung(rota, at, scope, number) for number in numbers)
    return tuple(rung for rung in rungs if rung)


def last_resort(rota: Rota) -> tuple[Responder, ...]:
    """Who is woken when nobody on the ladder answers: owners, managers and the desk, in this order."""
    order = ("owner", "manager", "desk")
    found = [each for each in rota.people if each.role in order and each.phone]
    return tuple(sorted(found, key=lambda each: (order.index(each.role), each.id)))


def changes(rota: Rota, start: datetime, end: datetime, scope: Scope) -> tuple[datetime, ...]:
    """Every moment in between at which who is on duty may change, with both ends, in order."""
    moments = {start, end}
    for shift in rota.shifts:
        if shift.scope.covers(scope):
            for stretch in _stretches(rota, shift, start, end):
                moments.update(stretch)
    for override in rota.overrides:
        moments.update((override.starts_at.astimezone(UTC), override.ends_at.astimezone(UTC)))
    return tuple(sorted(moment for moment in moments if start <= moment <= end))


def stretch(day: date, start: time, end: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When a shift of this day begins and ends, in UTC."""
    last_day = day if end > start else day + timedelta(days=1)
    return min(_moments(day, start, zone)), max(_moments(last_day, end, zone))


Scoped = TypeVar("Scoped", Shift, Override)


def _on_rung(rota: Rota, at: datetime, scope: Scope, rung: int) -> tuple[Responder, ...]:
    standing = [o for o in rota.overrides if o.rung == rung and o.starts_at <= at < o.ends_at and o.scope.covers(scope)]
    if standing:
        members: Iterable[int | None] = [each.member for each in _closest(standing)]
    elif not rota.shifts:
        members = rota.always if rung == 1 else ()
    else:
        on = [s for s in rota.shifts if s.rung == rung and s.scope.covers(scope) and _is_on(rota, s, at)]
        members = [each.member for each in _closest(on)]
    found = (rota.person(member) for member in dict.fromkeys(members) if member is not None)
    return tuple(person for person in found if person is not None)


def _closest(found: list[Scoped]) -> list[Scoped]:
    """Those that say most about the case: a plumber's own rota for gas counts before the rota for everything."""
    most = max((each.scope.weight for each in found), default=0)
    return [each for each in found if each.scope.weight == most]


def _is_on(rota: Rota, shift: Shift, at: datetime) -> bool:
    return any(start <= at < end for start, end in _stretches(rota, shift, at, at))


def _stretches(rota: Rota, shift: Shift, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The times this shift is worked that touch this stretch of time."""
    zone = rota.zone_at(shift.scope.location)
    day = start.astimezone(zone).date() - timedelta(days=2)
    last = end.astimezone(zone).date() + timedelta(days=1)
    while day <= last:
        if _works(rota, shift, day):
            yield stretch(day, shift.start, shift.end, zone)
        day += timedelta(days=1)


def _works(rota: Rota, shift: Shift, day: date) -> bool:
    if day not in rota.holidays:
        return shift.weekday == day.weekday()
    own = {each.weekday for each in rota.shifts if each.rung == shift.rung and each.scope == shift.scope}
    return shift.weekday == (HOLIDAY if HOLIDAY in own else day.weekday())


def _moments(day: date, clock: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """What this time of this day may mean: one moment twice, two where the hour happens twice or never."""
    first, second = (datetime.combine(day, clock.replace(fold=fold), zone).astimezone(UTC) for fold in (0, 1))
    return first, second
