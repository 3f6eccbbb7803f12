"""Decides which times can be booked now: inside the hours, free in the calendar, neither too soon nor too late.

Pure: what is busy and what time it is are handed in. It never promises a time: the calendar's constraint does that when
the appointment is written.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from answerback.engine.hours import open_stretches
from answerback.engine.rules import Hours

Span = tuple[datetime, datetime]


def openings(
    *,
    hours: Hours,
    minutes: int,
    busy: Iterable[Span],
    now: datetime,
    lead_time: timedelta,
    horizon: timedelta,
    step: timedelta,
) -> tuple[datetime, ...]:
    """Every start, in UTC and in order, at which `minutes` fit into one open stretch without touching anything busy.

    Starts lie every `step` from the beginning of each stretch, from `now + lead_time` to `now + horizon`, inclusive.
    `busy` are half-open spans in any order. Steps are real time, so both changes of the clock come out right.
    """
    if minutes <= 0 or step <= timedelta(0):
        raise ValueError(
            f"An appointment of {minutes} minutes every {step} cannot be offered: both must be more than 0."
        )
    taken = _merged(busy)
    earliest, latest = now + lead_time, now + horizon
    found: list[datetime] = []
    position = 0
    for start in _starts(hours, timedelta(minutes=minutes), earliest, latest, step):
        # Starts only grow, so what ended before this one never has to be looked at again: one pass over both lists.
        while position < len(taken) and taken[position][1] <= start:
            position += 1
        if position == len(taken) or start + timedelta(minutes=minutes) <= taken[position][0]:
            found.append(start)
    return tuple(found)


def _starts(
    hours: Hours, length: timedelta, earliest: datetime, latest: datetime, step: timedelta
) -> Iterator[datetime]:
    """The starts that the hours allow, whatever is in the calendar."""
    for begin, end in open_stretches(hours, earliest):
        if begin > latest:
            return
        skipped = max(timedelta(0), earliest - begin)
        start = begin + step * -(-skipped // step)
        while start + length <= end and start <= latest:
            yield start
            start += step


def _merged(busy: Iterable[Span]) -> list[Span]:
    """The busy spans in order, joined where they overlap or touch; empty ones are nothing."""
    joined: list[Span] = []
    for start, end in sorted(span for span in busy if span[0] < span[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
