"""What people put into a built-in calendar: written down, read at once, so that nobody is offered that time.

Nothing here moves or cancels an appointment: one that stands at the same time becomes a to-do, as it does when a
calendar elsewhere turns busy. Never here: who may write into whose calendar.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from answerback.ports.calendar import Conflict, Entry, Written
from answerback.store import models
from answerback.store.queries import own_entries
from answerback.store.queries.outside import BUILT_IN
from answerback.store.queries.own_entries import OwnEntry
from answerback.workflow import busy_times, calendars, clock, transaction
from answerback.workflow.calendars import Opened
from answerback.workflow.refusals import Refusal

Result = TypeVar("Result")

MOST_WEEKS = 52
LONGEST = timedelta(days=31)


class NotPossible(Refusal):
    """What is asked cannot be; the message says why and what to do instead, `field` what of it to write anew."""


class Outdated(NotPossible):
    """Somebody changed it since it was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What to put into the calendar: `start` and `end` with a zone. A `free` one only stands there."""

    title: str
    start: datetime
    end: datetime
    free: bool = False


def put(member: models.Member, thing: Thing, weeks: int = 1) -> str:
    """Put it into this member's calendar, at the same time of so many weeks; returns the key of the first.

    Raises `NotPossible`.
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise NotPossible(f"Repeat it for 1 to {MOST_WEEKS} weeks.", "weeks")
    _check(thing)
    stem, zone = secrets.token_hex(own_entries.SERIES // 2), ZoneInfo(member.business.zone)
    entries = [_entry(f"{stem}{week:04x}", _weeks_later(thing, week, zone), zone) for week in range(weeks)]

    def write(opened: Opened) -> None:
        for entry in entries:
            opened.calendar.write(opened.connection, entry)

    _in_calendar(member, write)
    return entries[0].key


def change(standing: OwnEntry, thing: Thing, seen: str) -> str:
    """Change this one entry, which the person saw in the version `seen`; returns the version it has now.

    Raises `NotPossible`, `Outdated`.
    """
    _check(thing)
    member = _member(standing.member)
    entry = _entry(standing.key, thing, ZoneInfo(member.business.zone))

    def write(opened: Opened) -> Written:
        return opened.calendar.write(opened.connection, entry, Written(id=entry.key, version=seen))

    return _unless_changed(lambda: _in_calendar(member, write)).version


def take_out(standing: OwnEntry, *, and_later: bool = False) -> list[OwnEntry]:
    """Take it out, `and_later` with those of its weeks that come after it; returns what stood there."""
    taken = [standing]
    if and_later:
        taken = transaction.run(lambda cursor: own_entries.series(cursor, standing))

    def remove(opened: Opened) -> None:
        for each in taken:
            opened.calendar.remove(opened.connection, each.key)

    _in_calendar(_member(standing.member), remove)
    return taken


def put_back(member: int, entries: Sequence[OwnEntry], seen: str = "") -> None:
    """These entries stand in this member's calendar as they did; `seen` is the version that stands there now, if any.

    Raises `Outdated`.
    """
    ours = _member(member)
    zone = ours.business.zone

    def write(opened: Opened) -> None:
        for each in entries:
            opened.calendar.write(opened.connection, _as_before(each, zone), Written(id=each.key, version=seen))

    _unless_changed(lambda: _in_calendar(ours, write))


def one(member: int, key: str) -> OwnEntry | None:
    """The entry of this name in a member's calendar."""
    return transaction.run(lambda cursor: own_entries.one(cursor, member, key))


def between(members: Sequence[int], start: datetime, end: datetime) -> list[OwnEntry]:
    """What stands in these members' calendars besides appointments, soonest first."""
    return transaction.run(lambda cursor: own_entries.between(cursor, members, start, end))


def sources(business: int) -> list[str]:
    """Under which names the busy times of this business's built-in calendars are kept."""
    rows = models.OutsideCalendar.objects.filter(business=business, provider=BUILT_IN)
    return [calendars.source(id) for id in rows.values_list("id", flat=True)]


def _in_calendar(member: models.Member, work: Callable[[Opened], Result]) -> Result:
    """Do this in the member's calendar and read it at once; a death in between is made good by its next reading."""
    calendar = calendars.built_in(member)
    done = calendars.ask(calendar, work)
    busy_times.read(calendar)
    return done


def _unless_changed(write: Callable[[], Result]) -> Result:
    try:
        return write()
    except Conflict:
        raise Outdated("Somebody changed it meanwhile. Look at the calendar again.") from None


def _as_before(row: OwnEntry, zone: str) -> Entry:
    return Entry(
        key=row.key,
        starts_at=row.start,
        ends_at=row.end,
        zone=zone,
        title=row.title,
        notes=row.notes,
        place=row.place,
        changed_at=clock.now(),
        free=row.free,
    )


def _entry(key: str, thing: Thing, zone: ZoneInfo) -> Entry:
    return Entry(
        key=key,
        starts_at=thing.start,
        ends_at=thing.end,
        zone=zone.key,
        title=thing.title,
        changed_at=clock.now(),
        free=thing.free,
    )


def _weeks_later(thing: Thing, weeks: int, zone: ZoneInfo) -> Thing:
    """The same time on the wall, whatever the clocks do in between."""
    start = thing.start.astimezone(zone) + timedelta(weeks=weeks)
    return Thing(title=thing.title, start=start, end=start + (thing.end - thing.start), free=thing.free)


def _check(thing: Thing) -> None:
    if not thing.title:
        raise NotPossible("Write what it is: a supplier, a training, the school run.", "title")
    if not thing.start < thing.end:
        raise NotPossible("It ends before it begins. Write the earlier time first.", "end")
    if thing.end - thing.start > LONGEST:
        raise NotPossible("That is longer than a month. Write it as time off instead.", "end")
    if thing.end <= clock.now():
        raise NotPossible("That time is over. Write one that is still to come.", "end")


def _member(id: int) -> models.Member:
    return models.Member.objects.select_related("business").get(id=id)
