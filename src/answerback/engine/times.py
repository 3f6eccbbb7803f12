"""When a customer wants to come, as constraints: what an opening must be to suit what they said.

Values and arithmetic only; `understanding.when` finds them in a text. A constraint never stands for a guess: where
words have several readings all of them are kept and `ask` is set, and nothing in the past suits anybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from typing import Literal
from zoneinfo import ZoneInfo

TimesKind = Literal["windows", "point", "filter", "choice", "none"]
"""Bounded stretches, one moment, a rule without an end ("mornings", "any day but friday"), a menu answer, nothing."""

DAY = 24 * 60
"""Minutes of a wall-clock day."""

HORIZON_DAYS = 28
"""How far a rule without an end is drawn out in `windows`."""

SOON_DAYS = 5
"""Days that are soon for who wants the soonest and refuses something: "asap but not today"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of instants, from `start` up to but not including `end`; a single moment ends a minute later."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Suits:
    """One constraint; an instant suits when every part that is given holds on the business's wall clock.

    `first` and `last` are days, both included. `weekdays` are those meant (Monday is 0), none for any. `start` and
    `end` are minutes of the day, `end` excluded. `since` and `until` bound the instant itself, `until` excluded.
    """

    first: date | None = None
    last: date | None = None
    weekdays: tuple[int, ...] = ()
    start: int = 0
    end: int = DAY
    since: datetime | None = None
    until: datetime | None = None

    def day(self, day: date) -> bool:
        """Is this a day it speaks of?"""
        return (
            (self.first is None or day >= self.first)
            and (self.last is None or day <= self.last)
            and (not self.weekdays or day.weekday() in self.weekdays)
        )

    def holds(self, instant: datetime, local: datetime) -> bool:
        """Does it hold for this instant, whose wall-clock time is `local`?"""
        return (
            self.day(local.date())
            and self.start <= local.hour * 60 + local.minute < self.end
            and (self.since is None or instant >= self.since)
            and (self.until is None or instant < self.until)
        )

    @property
    def bounded(self) -> bool:
        """Does it end by itself?"""
        return self.last is not None or self.until is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """What a text says about when: any of `wanted` (all times when empty), none of `never`, nothing before `now`.

    `zone` is the business's, by name. `ask`: the words have more than one reading, or part of them was not
    understood; then nothing may be booked on them before the customer said which. `option` is the number chosen from a
    menu, as a digit, `chosen` the instant it stands for. `asap`: the sooner the better; where nothing else is said,
    that is today or tomorrow (`soonest`).
    """

    kind: TimesKind = "none"
    now: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    zone: str = "UTC"
    ask: bool = False
    option: str | None = None
    chosen: datetime | None = None
    asap: bool = False
    wanted: tuple[Suits, ...] = ()
    never: tuple[Suits, ...] = ()

    def allows(self, instant: datetime) -> bool:
        """Does this instant suit what they said? What is over suits nobody; a choice suits only what it stands for."""
        return self.suits(instant) and (not self._hurries or self._local(instant).date() <= self._last_soon)

    def suits(self, instant: datetime) -> bool:
        """Does this instant suit, however far away? It is not the soonest perhaps, where the soonest is wished for."""
        if instant < self.now:
            return False
        if self.kind == "choice":
            return instant == self.chosen
        local = self._local(instant)
        return (not self.wanted or any(each.holds(instant, local) for each in self.wanted)) and not any(
            each.holds(instant, local) for each in self.never
        )

    @property
    def soonest(self) -> bool:
        """Is the soonest wished for and nothing else said? Today and tomorrow suit (`allows`); what is offered where
        neither has an opening is for `offering` to say.
        """
        return self._hurries and not self.never

    @property
    def _hurries(self) -> bool:
        return self.asap and not self.wanted and self.kind != "choice"

    @property
    def _last_soon(self) -> date:
        """The last day that is soon enough for who only wants the soonest: tomorrow; beside a refusal the last of the
        next `SOON_DAYS` of which it leaves something.
        """
        today = self._local(self.now).date()
        if not self.never:
            return today + timedelta(days=1)
        days = (today + timedelta(days=step) for step in range(HORIZON_DAYS))
        return max(islice(filter(self._leaves, days), SOON_DAYS), default=today)

    def _leaves(self, day: date) -> bool:
        """Does anything of a day suit?"""
        return any(self.suits(edge) for edge in _edges(self, day, ZoneInfo(self.zone))[:-1])

    def _local(self, instant: datetime) -> datetime:
        return instant.astimezone(ZoneInfo(self.zone))

    @property
    def windows(self) -> tuple[Window, ...]:
        """The stretches that suit, in order; a rule without an end is drawn out for `HORIZON_DAYS` days."""
        found: list[Window] = []
        for window in _stretches(self):
            if found and found[-1].end == window.start:
                found[-1] = Window(start=found[-1].start, end=window.end)
            else:
                found.append(window)
        return tuple(found)

    @property
    def possible(self) -> bool:
        """Does any time at all suit?"""
        return next(_stretches(self), None) is not None


def _stretches(times: Times) -> Iterator[Window]:
    """The stretches that suit, in order, cut wherever anything may change."""
    if times.kind == "choice" and times.chosen is not None:
        yield Window(start=times.chosen, end=times.chosen + timedelta(minutes=1))
    if times.kind in {"none", "choice"}:
        return
    zone = ZoneInfo(times.zone)
    for day in _days(times, times.now.astimezone(zone).date()):
        if times.wanted and not any(each.day(day) for each in times.wanted):
            continue
        for start, end in pairwise(_edges(times, day, zone)):
            if times.allows(start):
                yield Window(start=start, end=end)


def _days(times: Times, today: date) -> list[date]:
    """The days worth looking at: those within the horizon, and those named beyond it."""
    days = {today + timedelta(days=step) for step in range(HORIZON_DAYS)}
    for each in times.wanted:
        if each.last is not None:
            first = max(each.first or today, today)
            days |= {
                first + timedelta(days=step) for step in range(min((each.last - first).days + 1, HORIZON_DAYS * 3))
            }
        elif each.first is not None:
            days |= {each.first + timedelta(days=step) for step in range(HORIZON_DAYS)}
    return sorted(days)


def _edges(times: Times, day: date, zone: ZoneInfo) -> list[datetime]:
    """Every moment of a day at which something may begin or cease to suit, with the day's own ends."""
    rules = (*times.wanted, *times.never)
    minutes = {0, DAY} | {minute for each in rules if each.day(day) for minute in (each.start, each.end)}
    edges = {_instant(day, minute, zone) for minute in minutes}
    first, last = min(edges), max(edges)
    bounds = {bound for each in rules for bound in (each.since, each.until) if bound is not None}
    shifts = _shifts(first, last, zone)
    edges |= {bound.astimezone(UTC) for bound in (*bounds, *shifts, times.now) if first < bound < last}
    return sorted(edges)


def _instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The instant a wall clock shows this minute of this day; of a minute shown twice the first."""
    wall = datetime.combine(day, time(0)) + timedelta(minutes=minute)
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _shifts(first: datetime, last: datetime, zone: ZoneInfo) -> list[datetime]:
    """The hours at which the wall clock is put forward or back that day: few, and all on a full hour or half."""
    if first.astimezone(zone).utcoffset() == last.astimezone(zone).utcoffset():
        return []
    halves = int((last - first) / timedelta(minutes=30))
    return [first + timedelta(minutes=30 * step) for step in range(1, halves)]
