"""How many texts a line may hand over now: its sender's limit a second and a day. Pure arithmetic.

A line saves up at most one second's worth of texts. `free_at` is the moment up to which its allowance is spent.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

BURST = timedelta(seconds=1)

CLOCKS_DIFFER = timedelta(minutes=1)
"""An allowance spent further ahead than this was written before a clock was set back; it does not count."""

CAP_WAIT, LONGEST_CAP_WAIT = timedelta(minutes=1), timedelta(hours=1)
"""Between two tries of a text that the carriers' cap held back: whether it is the minute's or the day's is not said."""

SLOWEST = timedelta(days=1)
"""The longest wait between two texts, whatever the line's setting says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What is left of a line's limits at a moment."""

    texts: int
    spent_to: datetime
    interval: timedelta
    day: date
    sent_today: int
    left_today: int
    by_rate: int

    @property
    def is_spent(self) -> bool:
        """Is the whole day's allowance spent?"""
        return self.left_today <= 0

    def after(self, used: int) -> tuple[datetime, date, int]:
        """(spent up to, day, sent that day) once `used` texts were taken."""
        return self.spent_to + used * self.interval, self.day, self.sent_today + used


def allowance(
    *, per_second: float, per_day: int, free_at: datetime | None, day: date | None, sent_today: int, now: datetime
) -> Allowance:
    """What a line may hand over at `now`; a line that has been quiet may send one second's worth, at least one text."""
    interval = _interval(per_second)
    sent = sent_today if day == now.date() else 0
    if free_at is None or free_at > now + CLOCKS_DIFFER:
        free_at = now - BURST
    spent_to = max(free_at, now - max(BURST, interval))
    by_rate = int((now - spent_to) / interval)
    return Allowance(
        texts=max(0, min(by_rate, per_day - sent)),
        spent_to=spent_to,
        interval=interval,
        day=now.date(),
        sent_today=sent,
        left_today=per_day - sent,
        by_rate=max(0, by_rate),
    )


def opens(per_day: int, now: datetime) -> datetime | None:
    """When a line whose day is spent may send again: as its next UTC day begins, or never where it may send nothing."""
    if per_day <= 0:
        return None
    return datetime.combine(now.date() + timedelta(days=1), time.min, now.tzinfo)


def after_cap(attempt: int) -> timedelta:
    """How long a text waits that the carriers' cap held back at this attempt: 1, 2, 4, ... 60 minutes."""
    doublings = max(0, min(attempt - 1, 10))
    return min(CAP_WAIT * (1 << doublings), LONGEST_CAP_WAIT)


def _interval(per_second: float) -> timedelta:
    """The time one text takes; a senseless rate becomes the slowest or the fastest there is, and never an error."""
    if not per_second > SLOWEST.total_seconds() ** -1:
        return SLOWEST
    return max(timedelta(seconds=1 / per_second), timedelta.resolution)
