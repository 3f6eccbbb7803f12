"""Knows when a business is open, across both changes of the clock.

Spans are taken in the business's own clock and compared as moments, so that an hour that happens twice is open twice
and one that never happens is not waited for. Never here: when a person may be texted (`quiet`).
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from answerback.engine.rules import Hours

DayKind = Literal["open", "closed", "lunch", "holiday"]

MOST_ASKED = 10_000
"""Days of one business that are remembered."""

LOOK_AHEAD_DAYS = 60
"""A business that does not open within this many days is treated as one that never opens."""


def is_open(hours: Hours, at: datetime) -> bool:
    """Is the business open at this moment?"""
    today = at.astimezone(hours.zone).date()
    return any(start <= at < end for day in (today - timedelta(days=1), today) for start, end in _open_on(hours, day))


def day_kind(hours: Hours, at: datetime) -> DayKind:
    """What a caller at this moment meets: an open business, lunch, a holiday, or a closed door."""
    if is_open(hours, at):
        return "open"
    today = at.astimezone(hours.zone).date()
    if today in hours.holidays:
        return "holiday"
    spans = list(_open_on(hours, today))
    if any(end <= at for _, end in spans) and any(at < start for start, _ in spans):
        return "lunch"
    return "closed"


def next_opening(hours: Hours, at: datetime) -> datetime | None:
    """The first moment at or after `at` when the business is open, in UTC; None if it never opens."""
    return next((max(start, at.astimezone(UTC)) for start, _ in _open_from(hours, at)), None)


def opens_at(hours: Hours, at: datetime) -> datetime:
    """This moment where the business is open, else when it opens next; this moment where it never does."""
    return at if is_open(hours, at) else next_opening(hours, at) or at


def next_business_morning(hours: Hours, at: datetime) -> datetime:
    """When the business first opens on a later day than `at`; a day later where it never opens."""
    tomorrow = at.astimezone(hours.zone).date() + timedelta(days=1)
    return next_opening(hours, _moment(tomorrow, time(0), hours.zone)) or at + timedelta(days=1)


def add_business_minutes(hours: Hours, at: datetime, minutes: int) -> datetime:
    """The moment when the business has been open for `minutes` since `at`; plain minutes where it never opens."""
    left = timedelta(minutes=minutes)
    for start, end in _open_from(hours, at):
        begin = max(start, at.astimezone(UTC))
        if begin + left <= end:
            return begin + left
        left -= end - begin
    return at.astimezone(UTC) + timedelta(minutes=minutes)


def open_stretches(hours: Hours, at: datetime, days: int = LOOK_AHEAD_DAYS) -> Iterator[tuple[datetime, datetime]]:
    """The open stretches after `at` that begin within so many days, in UTC, in order, merged where they touch."""
    return _open_from(hours, at, days)


def _open_from(hours: Hours, at: datetime, days: int = LOOK_AHEAD_DAYS) -> Iterator[tuple[datetime, datetime]]:
    """The open stretches that end after `at`, in order and merged where they touch."""
    return (stretch for stretch in _merged_from(hours, at, days) if stretch[1] > at)


def _merged_from(hours: Hours, at: datetime, days: int) -> Iterator[tuple[datetime, datetime]]:
    """All stretches from the day before `at`: one that has ended may be the beginning of one that has not."""
    first = at.astimezone(hours.zone).date() - timedelta(days=1)
    last: tuple[datetime, datetime] | None = None
    for ahead in range(days):
        for start, end in _open_on(hours, first + timedelta(days=ahead)):
            if last is not None and start <= last[1]:
                last = (last[0], max(last[1], end))
                continue
            if last is not None:
                yield last
            last = (start, end)
    if last is not None:
        yield last


def _open_on(hours: Hours, day: date) -> list[tuple[datetime, datetime]]:
    """The open stretches that begin on this day, in order."""
    stretches = hours.asked.get(day)
    if stretches is None:
        stretches = _worked_out(hours, day)
        if len(hours.asked) < MOST_ASKED:
            hours.asked[day] = stretches
    return stretches


def _worked_out(hours: Hours, day: date) -> list[tuple[datetime, datetime]]:
    if day in hours.closed or day in hours.holidays:
        return []
    weekday = day.weekday()
    stretches = [
        (_moment(day, span.start, hours.zone), _end(day, span.start, span.end, hours.zone))
        for span in hours.spans
        if span.weekday == weekday
    ]
    return sorted(stretch for stretch in stretches if stretch[0] < stretch[1])


def _end(day: date, start: time, end: time, zone: ZoneInfo) -> datetime:
    """When a span ends; one that ends before it begins ends on the next day."""
    last_day = day if end > start else day + timedelta(days=1)
    # An ambiguous end is the later of the two: the repeated hour is worked through.
    return _moment(last_day, end.replace(fold=1), zone)


def _moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)
