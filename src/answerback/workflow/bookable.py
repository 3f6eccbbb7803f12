"""Who can be booked and when, as the owner sets it: hours, time off, things that are needed, the way between areas.

Nothing here moves or cancels an appointment that stands; what stands in the way of time off is named, for a person to
move. A preview looks at the calendar as a customer would and writes nothing. Never here: who may change any of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models.functions import Lower

from answerback.engine.diary import Person
from answerback.engine.obstacles import Obstacle, obstacles
from answerback.engine.openings import openings
from answerback.store import models
from answerback.store.queries import busy, diary
from answerback.store.queries.busy import TIME_OFF, BusyTime
from answerback.store.queries.rows import Cursor
from answerback.workflow import appointment_types, clock, saved, transaction
from answerback.workflow.diary import Found, weekly
from answerback.workflow.handling import Undo
from answerback.workflow.refusals import Refusal

LONGEST_OFF = timedelta(days=366)
MOST_AT_ONCE = 20
LONGEST_WAY = 240
LATELY = 1000
"""So many of the newest appointments are looked through for areas."""


Spans = Sequence[Sequence[Any]]
"""Hours as they are stored: `[weekday, "08:00", "12:00"]`."""


class NotPossible(Refusal):
    """What is asked cannot be; the message says why and what to write instead, `field` which part of it is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """When a member can be booked: `hours` are the business's where None, and so are places where `location` is."""

    bookable: bool
    hours: Spans | None
    location: int | None


def members(business: int) -> frozenset[int]:
    """The members who can be booked, by what is set or follows from their roles."""
    found = transaction.run(lambda cursor: diary.people(cursor, [business]))
    return frozenset(row.id for row in found)


def set_days(member: models.Member, days: Days) -> None:
    """Set when this member can be booked. Raises `NotPossible` for a location of another business."""
    if days.location is not None and not member.business.locations.filter(id=days.location).exists():
        raise NotPossible("Choose one of your locations.", "location")
    models.Member.objects.filter(id=member.id).update(
        bookable=days.bookable, hours=days.hours, location_id=days.location
    )


def off_key(start: datetime, end: datetime) -> str:
    """The name of a stretch of time off."""
    return f"{start.isoformat()}/{end.isoformat()}"


def take_off(member: models.Member, start: datetime, end: datetime, why: str) -> int:
    """Write time off down; returns how many appointments stand in it. Raises `NotPossible`."""
    now = clock.now()
    if not start < end:
        raise NotPossible("The last day lies before the first. Write the earlier one first.", "last")
    if end <= now:
        raise NotPossible("That time is over. Write days that are still to come.", "first")
    if end - start > LONGEST_OFF:
        raise NotPossible("Time off is a year at most. For somebody who left, take them out under People.", "last")
    key = off_key(start, end)

    def write(cursor: Cursor) -> int:
        busy.put(cursor, member.id, TIME_OFF, [BusyTime(key=key, start=start, end=end, summary=why)], now)
        return models.Appointment.objects.filter(member=member, status="booked", during__overlap=(start, end)).count()

    return transaction.run(write)


def come_back(off: models.Busy) -> None:
    """Take time off back: its time can be booked again."""
    transaction.run(lambda cursor: busy.remove(cursor, off.member_id, TIME_OFF, [off.key]))


def not_off(member: int, key: str) -> None:
    """Take back the time off of this name."""
    transaction.run(lambda cursor: busy.remove(cursor, member, TIME_OFF, [key]))


def off_again(member: int, start: datetime, end: datetime, why: str) -> None:
    """Time off that was taken back stands again. Raises `NotPossible`."""
    take_off(models.Member.objects.get(id=member), start, end, why)


def off_from(business: int, now: datetime) -> list[models.Busy]:
    """The time off that is not over yet, soonest first."""
    rows = models.Busy.objects.filter(business=business, source=TIME_OFF, during__endswith__gt=now)
    return list(rows.order_by("during", "id"))


def add_things(business: int, kind: str, count: int, location: int | None = None) -> list[models.Resource]:
    """So many more of a kind: `Chair 3`, `Chair 4`; these. Raises `NotPossible`."""
    kind = " ".join(kind.split()).casefold()[:40]
    if not kind:
        raise NotPossible("Write what it is: chair, room, truck.", "kind")
    if not 1 <= count <= MOST_AT_ONCE:
        raise NotPossible(f"Add 1 to {MOST_AT_ONCE} at once.", "count")
    if location is not None and not models.Location.objects.filter(business=business, id=location).exists():
        raise NotPossible("Choose one of your locations.", "location")
    there = models.Resource.objects.filter(business=business, kind=kind).count()
    return models.Resource.objects.bulk_create(
        models.Resource(business_id=business, kind=kind, name=f"{kind.capitalize()} {number}", location_id=location)
        for number in range(there + 1, there + count + 1)
    )


def change_thing(thing: models.Resource, name: str, *, active: bool) -> None:
    """Another name, or in or out of use; what is booked with it stays. Raises `NotPossible`."""
    name = " ".join(name.split())[:60]
    if not name:
        raise NotPossible("Write a name.", "name")
    models.Resource.objects.filter(id=thing.id).update(name=name, active=active)


def way(one: str, other: str) -> tuple[str, str]:
    """Two areas as the way between them is written down, whichever was named first."""
    first, second = sorted(" ".join(area.split()).casefold()[:80] for area in (one, other))
    return first, second


def set_way(business: int, one: str, other: str, minutes: int) -> Undo | None:
    """How long the way between two areas takes; what takes that back. Raises `NotPossible`."""
    one, other = way(one, other)
    if not one or one == other:
        raise NotPossible(
            "Write two different areas, as customers name them: Austin, Round Rock.", "other" if one else "one"
        )
    if not 0 <= minutes <= LONGEST_WAY:
        raise NotPossible(f"Write 0 to {LONGEST_WAY} minutes.", "minutes")
    like = {"business_id": business, "one": one, "other": other}
    return saved.putting(models.AreaWay, like, {"minutes": minutes})


def areas(business: int) -> list[str]:
    """The areas that the newest appointments were booked in, to choose from."""
    rows = models.Appointment.objects.filter(business=business).exclude(area="").annotate(low=Lower("area"))
    return sorted(set(rows.order_by("-id").values_list("low", flat=True)[:LATELY]))[:200]


def preview(member: models.Member, service: str, days: Days | None, most: int) -> tuple[datetime, ...]:
    """The next openings of this member for a service, in the business's zone; with `days`, if those were set."""
    found, now = _found(member, service, days), clock.now()
    zone = found.diary.hours.zone
    theirs = (each for each in openings(found.diary, found.visit, now) if member.id in each.people)
    return tuple(each.start.astimezone(zone) for each, _ in zip(theirs, range(most), strict=False))


def why_not(member: models.Member, service: str, start: datetime) -> tuple[Obstacle, ...]:
    """What keeps this time from being offered with this member; nothing where it is offered."""
    found = _found(member, service, None)
    return obstacles(found.diary, found.visit, clock.now(), start)


def _found(member: models.Member, service: str, days: Days | None) -> Found:
    """The diary with nobody else in it, so that only this member's hours and appointments speak."""
    found = appointment_types.look(member.business_id, service)
    people = tuple(each for each in found.diary.people if each.id == member.id)
    if days is not None:
        people = _as_set(people, member, found, days)
    return replace(found, diary=replace(found.diary, people=people))


def _as_set(people: tuple[Person, ...], member: models.Member, found: Found, days: Days) -> tuple[Person, ...]:
    if not days.bookable:
        return ()
    hours = None if days.hours is None else weekly(found.diary.hours.zone, days.hours)
    standing = people[0] if people else Person(id=member.id, name=member.name)
    return (replace(standing, hours=hours),)


def kinds(things: Sequence[models.Resource]) -> Mapping[str, list[models.Resource]]:
    """The things by what they are."""
    found: dict[str, list[models.Resource]] = {}
    for thing in things:
        found.setdefault(thing.kind, []).append(thing)
    return found
