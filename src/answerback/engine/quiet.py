"""Knows at which hours a person may be texted unasked: in every zone they may be in, by the law of every state they may
live in.

A text that answers somebody who has just called or written may leave at any hour and never asks here. Hours come as
data (`SendingHours`, from a file with the date of its last review). Start inclusive, end exclusive. Never here: which
text may be sent (`guards`), or where somebody may be (`workflow.places`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

QuietClass = Literal["follow_up", "reminder", "marketing"]
"""The classes of text that keep to hours."""

LOOK_AHEAD = 60
MOST_SEEN = 100_000
"""Days that are remembered; a year of days in every state is a fifth of it."""
"""Tries, of one day each at most: hours that leave no moment within them leave none."""

SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """From `start` to `end` on one day, by the clock of the person's place."""

    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class StateHours:
    """When the law of one state lets a business text people unasked; None is never on such a day."""

    weekdays: Window | None
    saturday: Window | None
    sunday: Window | None
    holidays: bool = True

    def on(self, day: date, *, holiday: bool) -> Window | None:
        """The hours of this day."""
        if holiday and not self.holidays:
            return None
        return {SATURDAY: self.saturday, SUNDAY: self.sunday}.get(day.weekday(), self.weekdays)


_DAYTIME = Window(start=time(9), end=time(20))
_SUNDAY = Window(start=time(12), end=time(20))
_REMINDERS = Window(start=time(8), end=time(20))

OURS: dict[QuietClass, StateHours] = {
    "follow_up": StateHours(weekdays=_DAYTIME, saturday=_DAYTIME, sunday=_SUNDAY),
    "reminder": StateHours(weekdays=_REMINDERS, saturday=_REMINDERS, sunday=_REMINDERS),
    "marketing": StateHours(weekdays=_DAYTIME, saturday=_DAYTIME, sunday=_SUNDAY, holidays=False),
}
"""Our own hours, whatever a state allows: the strictest that are usual. A reminder of a visit is no solicitation."""


_HOURS = re.compile(r"([01]?\d|2[0-3])(?::([0-5]\d))?\s*[-–]\s*([01]?\d|2[0-3])(?::([0-5]\d))?")


def read(said: str) -> Window | None:
    """Hours as people write them, `9-20` or `10:00-17:30`; None for `never`. Raises `ValueError`."""
    if said.strip().lower() == "never":
        return None
    if (found := _HOURS.fullmatch(said.strip())) is None:
        raise ValueError(said)
    return Window(
        start=time(int(found[1]), int(found[2] or 0)),
        end=time(int(found[3]), int(found[4] or 0)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingHours:
    """The table of the states' hours: when it was last reviewed, and the days that count as holidays.

    `own` are the hours a playbook gives to what nobody asked for: they cut ours, but not those of a visit's reminder.
    `seen` are days it was asked about: the same few, for every text.
    """

    reviewed: date = date(1970, 1, 1)
    states: dict[str, StateHours] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    own: StateHours | None = None
    seen: dict[tuple[date, tuple[str, ...], QuietClass], Window | None] = field(
        default_factory=dict, compare=False, repr=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Every zone and every state (such as `FL`) somebody may be in, as far as anything says so."""

    zones: tuple[ZoneInfo, ...]
    states: tuple[str, ...] = ()


def may_text(hours: SendingHours, where: Whereabouts, at: datetime, text_class: QuietClass = "follow_up") -> bool:
    """May a person be texted unasked at this moment, wherever they may be?"""
    return all(_within(_day(hours, where, at, zone, text_class), at, zone) for zone in where.zones)


def next_time(
    hours: SendingHours, where: Whereabouts, at: datetime, text_class: QuietClass = "follow_up"
) -> datetime | None:
    """The first moment at or after `at` when such a text may leave, in UTC; None if there is none within weeks."""
    moment = at.astimezone(UTC)
    for _ in range(LOOK_AHEAD * len(where.zones)):
        if may_text(hours, where, moment, text_class):
            return moment
        moment = max(_start(hours, where, moment, zone, text_class) for zone in where.zones)
    return None


def closes(hours: SendingHours, where: Whereabouts, at: datetime, text_class: QuietClass = "follow_up") -> datetime:
    """When the hours that `at` lies in end in the first of the zones; `at` itself where it lies in none."""
    ends = [
        _moment(at.astimezone(zone).date(), window.end, zone)
        for zone in where.zones
        if (window := _day(hours, where, at, zone, text_class)) is not None
    ]
    return max(min(ends, default=at), at)


def closed_because(
    hours: SendingHours, where: Whereabouts, at: datetime, text_class: QuietClass = "follow_up"
) -> str | None:
    """Where and why such a text may not leave at this moment, in words; None where it may."""
    for zone in where.zones:
        local = at.astimezone(zone)
        for whose, rule in _rules(hours, where, text_class):
            window = rule.on(local.date(), holiday=local.date() in hours.holidays)
            if window is None or not window.start <= local.time() < window.end:
                law = f" {whose}" if whose else ""
                return f"It is {local:%A %H:%M} in {zone.key}, where they may be: outside the hours{law}."
    return None


def _rules(hours: SendingHours, where: Whereabouts, text_class: QuietClass) -> Iterator[tuple[str, StateHours]]:
    """Whatever cuts the hours of a text of this class, ours first, and whose hours they are."""
    yield "", OURS[text_class]
    if hours.own is not None and text_class != "reminder":
        yield "of the playbook", hours.own
    for state in _known(hours, where, text_class):
        yield f"by the hours of {state}", hours.states[state]


def _known(hours: SendingHours, where: Whereabouts, text_class: QuietClass) -> tuple[str, ...]:
    """States whose hours bind a text of this class; a reminder of a visit keeps to ours alone."""
    return () if text_class == "reminder" else tuple(state for state in where.states if state in hours.states)


def _day(
    hours: SendingHours, where: Whereabouts, at: datetime, zone: ZoneInfo, text_class: QuietClass
) -> Window | None:
    """The hours of this moment's day in one zone, cut by every state's; None when nothing is left of the day."""
    day = at.astimezone(zone).date()
    asked = (day, where.states, text_class)
    if asked in hours.seen:
        return hours.seen[asked]
    window = _cut(hours, where, day, text_class)
    if len(hours.seen) < MOST_SEEN:
        hours.seen[asked] = window
    return window


def _cut(hours: SendingHours, where: Whereabouts, day: date, text_class: QuietClass) -> Window | None:
    rules = _rules(hours, where, text_class)
    windows = [rule.on(day, holiday=day in hours.holidays) for _whose, rule in rules]
    found = [window for window in windows if window is not None]
    if len(found) < len(windows):
        return None
    window = Window(start=max(w.start for w in found), end=min(w.end for w in found))
    return window if window.start < window.end else None


def _within(window: Window | None, at: datetime, zone: ZoneInfo) -> bool:
    return window is not None and window.start <= at.astimezone(zone).time() < window.end


def _start(hours: SendingHours, where: Whereabouts, at: datetime, zone: ZoneInfo, text_class: QuietClass) -> datetime:
    """The first moment at or after `at` inside this zone's hours, or the beginning of a later day without any."""
    window = _day(hours, where, at, zone, text_class)
    if _within(window, at, zone):
        return at
    today = at.astimezone(zone).date()
    if window is not None and (start := _moment(today, window.start, zone)) > at:
        return start
    tomorrow = _moment(today + timedelta(days=1), time(0), zone)
    window = _day(hours, where, tomorrow, zone, text_class)
    return tomorrow if window is None else _moment(today + timedelta(days=1), window.start, zone)


def _moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)
