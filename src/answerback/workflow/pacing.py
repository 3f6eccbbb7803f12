"""How many texts a line may hand over now: its sender's limit a second and a day. Pure arithmetic.

A line saves up at most one second's worth of texts. `free_at` is the moment up to which its allowance is spent.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

BURST = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What is left of a line's limits at a moment."""

    texts: int
    spent_to: datetime
    interval: timedelta
    day: date
    sent_today: int

    def after(self, used: int) -> tuple[datetime, date, int]:
        """(spent up to, day, sent that day) once `used` texts were taken."""
        return self.spent_to + used * self.interval, self.day, self.sent_today + used


def allowance(
    *, per_second: float, per_day: int, free_at: datetime | None, day: date | None, sent_today: int, now: datetime
) -> Allowance:
    """What a line may hand over at `now`; a line that has been quiet may send one second's worth, at least one text."""
    interval = timedelta(seconds=1 / per_second)
    sent = sent_today if day == now.date() else 0
    spent_to = max(free_at or now - BURST, now - max(BURST, interval))
    by_rate = int((now - spent_to) / interval)
    return Allowance(
        texts=max(0, min(by_rate, per_day - sent)), spent_to=spent_to, interval=interval, day=now.date(), sent_today=sent
    )
