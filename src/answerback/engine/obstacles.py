"""Answers "why is this time not offered?" with the rule that stands in the way, by the same rules as `openings`.

A time without an obstacle is an opening, and the other way round; a property test holds the two together. The words are
for the people of the business. Never here: which times are offered instead.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from answerback.engine.diary import Diary, Person, Taken, Taker, Visit
from answerback.engine.openings import Stretch, first_of_day, worked

Rule = Literal[
    "past",
    "notice",
    "horizon",
    "holiday",
    "closed",
    "nobody",
    "skill",
    "hours",
    "too_long",
    "grid",
    "appointment",
    "hold",
    "time_off",
    "outside",
    "buffer",
    "travel",
    "resource",
]
"""What can stand in the way: the whole place first, then each person, then the things needed."""


_NONE = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One rule that keeps a time from being offered, in words; `person` is whom it concerns, None for everybody."""

    rule: Rule
    words: str
    person: int | None = None


def obstacles(diary: Diary, visit: Visit, now: datetime, start: datetime) -> tuple[Obstacle, ...]:
    """Everything that keeps this time from being offered: one for all, or one for each person; none for an opening."""
    general = _clock(diary, visit, now, start) or _door(diary, visit, now, start)
    if general is not None:
        return (general,)
    found = []
    for person in diary.people:
        theirs = _in_the_way_of(person, diary, visit, now, start)
        if theirs is None:
            nothing_free = _things(diary, visit, start)
            return (nothing_free,) if nothing_free is not None else ()
        found.append(theirs)
    return tuple(found)


def _clock(diary: Diary, visit: Visit, now: datetime, start: datetime) -> Obstacle | None:
    zone = diary.hours.zone
    if start < now:
        return Obstacle(rule="past", words=f"{_moment(start, zone)} is over.")
    if start < now + visit.lead_time:
        first = _moment(now + visit.lead_time, zone)
        return Obstacle(
            rule="notice",
            words=f"It is too soon: {_span(visit.lead_time)} of notice are needed, so not before {first}.",
        )
    if start > now + visit.horizon:
        last = _moment(now + visit.horizon, zone)
        return Obstacle(
            rule="horizon", words=f"It is too far away: times are offered {_span(visit.horizon)} ahead, until {last}."
        )
    return None


def _door(diary: Diary, visit: Visit, now: datetime, start: datetime) -> Obstacle | None:
    """Is the place open, from the first minute to the last?"""
    if not diary.people:
        return Obstacle(
            rule="nobody", words="There is nobody who can be booked. Add a technician, or make a member bookable."
        )
    if not any(person.does(visit.service) for person in diary.people):
        return Obstacle(rule="skill", words="Nobody does this service. Say in its appointment type who does.")
    everybody = Person(id=0, name="")
    stretch = _around(worked(diary.hours, everybody, now, now + visit.horizon), start)
    day = start.astimezone(diary.hours.zone).date()
    if stretch is None and day in diary.hours.holidays:
        return Obstacle(rule="holiday", words=f"{_day(start, diary.hours.zone)} is a holiday.")
    if stretch is None and day in diary.hours.closed:
        return Obstacle(rule="closed", words=f"{_day(start, diary.hours.zone)} is marked as closed.")
    if stretch is None:
        return Obstacle(rule="closed", words=f"The business is closed at {_moment(start, diary.hours.zone)}.")
    return _too_long(stretch, diary, visit, start, "The business closes")


def _in_the_way_of(person: Person, diary: Diary, visit: Visit, now: datetime, start: datetime) -> Obstacle | None:
    if not person.does(visit.service):
        return Obstacle(rule="skill", words=f"{person.name} does not do this service.", person=person.id)
    stretch = _around(worked(diary.hours, person, now, now + visit.horizon), start)
    if stretch is None:
        when = _moment(start, diary.hours.zone)
        return Obstacle(rule="hours", words=f"{person.name} does not work at {when}.", person=person.id)
    long = _too_long(stretch, diary, visit, start, f"{person.name} stops")
    if long is not None:
        return Obstacle(rule=long.rule, words=long.words, person=person.id)
    return _off_the_grid(person, stretch, diary, visit, start) or _busy(person, diary, visit, start)


def _too_long(stretch: Stretch, diary: Diary, visit: Visit, start: datetime, who: str) -> Obstacle | None:
    if start.timestamp() + visit.minutes * 60 <= stretch[1]:
        return None
    end = datetime.fromtimestamp(stretch[1], diary.hours.zone)
    return Obstacle(rule="too_long", words=f"{who} at {_clock_of(end)}, before the {visit.minutes} minutes are over.")


def _off_the_grid(person: Person, stretch: Stretch, diary: Diary, visit: Visit, start: datetime) -> Obstacle | None:
    zone = diary.hours.zone
    first = first_of_day(stretch, int(start.timestamp()), zone)
    if (start.timestamp() - first) % visit.step.total_seconds() == 0:
        return None
    begin = _clock_of(datetime.fromtimestamp(first, zone))
    return Obstacle(
        rule="grid",
        words=f"Appointments with {person.name} begin every {_span(visit.step)} from {begin}.",
        person=person.id,
    )


_TAKEN_BY: dict[Taker, str] = {
    "appointment": "has an appointment",
    "hold": "is kept for a customer who is choosing right now",
    "time_off": "has time off",
    "outside": "is busy in their own calendar",
}


def _busy(person: Person, diary: Diary, visit: Visit, start: datetime) -> Obstacle | None:
    """The first thing that person is taken by, and whether it is the appointment itself or what is kept free around."""
    zone = diary.hours.zone
    for taken in sorted(person.taken, key=lambda each: (each.start, each.end)):
        way = diary.way(taken.area, visit.area)
        if not taken.start < taken.end or not _touches(taken, visit, start, way=way, buffers=True):
            continue
        words = f"{person.name} {_TAKEN_BY[taken.by]} {_stretch(taken, zone)}"
        if _touches(taken, visit, start, way=_NONE, buffers=False):
            return Obstacle(rule=taken.by, words=f"{words}.", person=person.id)
        if _touches(taken, visit, start, way=_NONE, buffers=True):
            free = f"{_span(visit.before)} before and {_span(visit.after)} after this service are kept free"
            return Obstacle(rule="buffer", words=f"{words}, and {free}.", person=person.id)
        return Obstacle(
            rule="travel",
            words=f"{words} in {_titled(taken.area)}, and the way to {_titled(visit.area)} takes {_span(way)}.",
            person=person.id,
        )
    return None


def _things(diary: Diary, visit: Visit, start: datetime) -> Obstacle | None:
    if not visit.needs:
        return None
    things = [thing for thing in diary.things if thing.kind == visit.needs]
    for thing in things:
        if not any(
            taken.start < taken.end and _touches(taken, visit, start, way=_NONE, buffers=True) for taken in thing.taken
        ):
            return None
    if not things:
        return Obstacle(rule="resource", words=f"This service needs a {visit.needs}, and there is none.")
    return Obstacle(
        rule="resource", words=f"Every {visit.needs} is taken then: {', '.join(thing.name for thing in things)}."
    )


def _touches(taken: Taken, visit: Visit, start: datetime, *, way: timedelta, buffers: bool) -> bool:
    before, after = (visit.before, visit.after) if buffers else (_NONE, _NONE)
    return start - before < taken.end + way and taken.start - way < start + visit.length + after


def _around(stretches: list[Stretch], start: datetime) -> Stretch | None:
    second = start.timestamp()
    return next((stretch for stretch in stretches if stretch[0] <= second < stretch[1]), None)


def _span(length: timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    for size, name in ((24 * 60, "day"), (60, "hour")):
        if minutes >= size and minutes % size == 0:
            return _many(minutes // size, name)
    return _many(minutes, "minute")


def _stretch(taken: Taken, zone: ZoneInfo) -> str:
    """From when to when; whole days without their clocks."""
    start, end = taken.start.astimezone(zone), taken.end.astimezone(zone)
    if start.time() == end.time() == time():
        last = end - timedelta(days=1)
        return (
            f"on {_day(start, zone)}" if start.date() == last.date() else f"{_day(start, zone)} to {_day(last, zone)}"
        )
    until = _clock_of(end) if start.date() == end.date() else _moment(end, zone)
    return f"from {_moment(start, zone)} to {until}"


def _titled(area: str | None) -> str:
    """Areas are kept in small letters, to be compared."""
    return " ".join(word[:1].upper() + word[1:] for word in (area or "").split())


def _many(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _day(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{local:%A, %B} {local.day}"


def _clock_of(local: datetime) -> str:
    return f"{local.hour % 12 or 12}:{local:%M} {local:%p}"


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{_day(at, zone)}, {_clock_of(at.astimezone(zone))}"
