"""Decides which times can be booked now: inside the hours, free in the calendar, neither too soon nor too late.

Pure: what is taken and what time it is are handed in. It never promises a time: the calendar's constraint does that
when the appointment is written. Why a time is no opening is `engine.obstacles`' answer, by the same rules.

Inside, moments are whole seconds since 1970: a search over many people and weeks is mostly comparing moments.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import cache
from math import ceil, floor
from zoneinfo import ZoneInfo

from answerback.engine.diary import Diary, Opening, Person, Taken, Visit
from answerback.engine.hours import open_stretches
from answerback.engine.rules import Hours

Stretch = tuple[int, int]
"""From the first second to before the second."""

Day = tuple[int, int, int]
"""The part of a stretch that lies in one day: its first second, the one after its last, and where the stretch ends."""

_SECOND = timedelta(seconds=1)


def openings(diary: Diary, visit: Visit, now: datetime) -> tuple[Opening, ...]:
    """Every opening for this visit, soonest first.

    The work grows with the appointments there are, the days looked at and the openings found, and with nothing squared.
    """
    earliest, latest = ceil((now + visit.lead_time).timestamp()), floor((now + visit.horizon).timestamp())
    free: dict[int, list[int]] = {}

    @cache
    def way(area: str | None) -> int:
        return int(diary.way(area, visit.area) / _SECOND)

    for person, days in _at_work(diary, visit, now):
        barred = _barred(person.taken, visit, way)
        for start in _starts(days, barred, visit, earliest, latest):
            free.setdefault(start, []).append(person.id)
    starts = sorted(free)
    things = _things(diary, visit, starts) if visit.needs else {}
    return tuple(
        Opening(
            start=datetime.fromtimestamp(start, UTC), people=tuple(free[start]), things=tuple(things.get(start, ()))
        )
        for start in starts
        if start in things or not visit.needs
    )


def worked(place: Hours, person: Person, now: datetime, until: datetime) -> list[Stretch]:
    """When this person works at this place between the two moments, as stretches of seconds."""
    own = _open(person.hours, now, until) if person.hours is not None else None
    at_the_place = _open(place, now, until)
    return at_the_place if own is None else _both(at_the_place, own)


def first_of_day(stretch: Stretch, second: int, zone: ZoneInfo) -> int:
    """From where starts are counted on the day of this second: the beginning of the stretch, or midnight within it.

    Counted from the beginning alone, a business that never closes would offer other times after every midnight.
    """
    day = datetime.fromtimestamp(second, zone).date()
    return max(stretch[0], int(datetime.combine(day, time(), zone).timestamp()))


def _at_work(diary: Diary, visit: Visit, now: datetime) -> Iterator[tuple[Person, list[Day]]]:
    """Everybody who does this service, the least busy first, with when they work. Equal hours are worked out once."""
    until, zone = now + visit.horizon, diary.hours.zone
    known: dict[Hours | None, list[Day]] = {None: _by_day(_open(diary.hours, now, until), zone)}
    for person in sorted(diary.people, key=lambda each: (len(each.taken), each.id)):
        if not person.does(visit.service):
            continue
        if person.hours not in known:
            known[person.hours] = _by_day(worked(diary.hours, person, now, until), zone)
        yield person, known[person.hours]


def _open(hours: Hours, now: datetime, until: datetime) -> list[Stretch]:
    found: list[Stretch] = []
    days = (until - now).days + 3
    for start, end in open_stretches(hours, now, days):
        if start > until:
            break
        found.append((int(start.timestamp()), int(end.timestamp())))
    return found


def _by_day(stretches: Iterable[Stretch], zone: ZoneInfo) -> list[Day]:
    days: list[Day] = []
    for start, end in stretches:
        begin = start
        while (midnight := _midnight_after(begin, zone)) < end:
            days.append((begin, midnight, end))
            begin = midnight
        days.append((begin, end, end))
    return days


def _midnight_after(second: int, zone: ZoneInfo) -> int:
    tomorrow = datetime.fromtimestamp(second, zone).date() + timedelta(days=1)
    return int(datetime.combine(tomorrow, time(), zone).timestamp())


def _both(ours: Sequence[Stretch], theirs: Sequence[Stretch]) -> list[Stretch]:
    """Where stretches of both lists overlap, in one pass."""
    found: list[Stretch] = []
    here = there = 0
    while here < len(ours) and there < len(theirs):
        start, end = max(ours[here][0], theirs[there][0]), min(ours[here][1], theirs[there][1])
        if start < end:
            found.append((start, end))
        if ours[here][1] < theirs[there][1]:
            here += 1
        else:
            there += 1
    return found


def _barred(taken: Iterable[Taken], visit: Visit, way: Callable[[str | None], int]) -> list[Stretch]:
    """Between which seconds, both excluded, the visit cannot start because of these; in order and merged.

    `way` is how many seconds lie between an area and the visit's. Two bars that only touch stay apart: at the moment
    between them the visit fits exactly.
    """
    ahead = int((visit.length + visit.after) / _SECOND)
    behind = int(visit.before / _SECOND)
    bars = []
    for each in taken:
        if each.start < each.end:
            room = way(each.area)
            bars.append((floor(each.start.timestamp()) - ahead - room, ceil(each.end.timestamp()) + behind + room))
    bars.sort()
    merged: list[Stretch] = []
    for low, high in bars:
        if merged and low < merged[-1][1]:
            if high > merged[-1][1]:
                merged[-1] = (merged[-1][0], high)
        else:
            merged.append((low, high))
    return merged


def _starts(days: Iterable[Day], barred: Sequence[Stretch], visit: Visit, earliest: int, latest: int) -> Iterator[int]:
    """The starts on the grid of each day that nothing bars: one pass over both lists."""
    length, step = visit.minutes * 60, int(visit.step / _SECOND)
    position = 0
    for begin, until, end in days:
        last = min(until - 1, end - length, latest)
        first = max(begin, earliest)
        while position < len(barred) and barred[position][1] <= first:
            position += 1
        # The next day may lie within the same bar, so the bars of this one are walked without being used up.
        place = position
        while place < len(barred) and barred[place][0] < last:
            yield from range(_on_grid(begin, first, step), barred[place][0] + 1, step)
            first = max(first, barred[place][1])
            place += 1
        yield from range(_on_grid(begin, first, step), last + 1, step)


def _on_grid(begin: int, moment: int, step: int) -> int:
    """The first moment at or after this one that lies a whole number of steps from the beginning."""
    return moment + (begin - moment) % step


def _things(diary: Diary, visit: Visit, starts: Sequence[int]) -> dict[int, list[int]]:
    """At which of these starts which things of the kind needed are free."""
    free: dict[int, list[int]] = {}
    for thing in diary.things:
        if thing.kind != visit.needs:
            continue
        barred, position = _barred(thing.taken, visit, lambda _: 0), 0
        for start in starts:
            while position < len(barred) and barred[position][1] <= start:
                position += 1
            if position == len(barred) or start <= barred[position][0]:
                free.setdefault(start, []).append(thing.id)
    return free
