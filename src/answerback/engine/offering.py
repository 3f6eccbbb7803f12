"""Chooses which few of many openings are offered by text: those that suit, spread over different half-days.

Pure. Never here: which openings there are (`openings`), or the words of the offer (`choosing`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from answerback.engine.times import Times

NOON = 12

APART = timedelta(hours=2)
"""Times within one half-day are only offered together when they are at least this far from each other, if possible."""


def pick(
    starts: Sequence[datetime], wish: Times | None, zone: ZoneInfo, most: int
) -> tuple[tuple[datetime, ...], bool]:
    """Up to `most` of these starts (soonest first, and so is the answer), and whether they are what was wished for.

    Where nothing suits, these are the nearest there are from the wished-for time on; who only wants the soonest is
    offered just that, whenever it is.
    """
    fitting = list(starts) if wish is None or wish.soonest else [start for start in starts if wish.suits(start)]
    if fitting:
        soon = wish is not None and wish.asap
        return tuple(fitting[:most]) if soon else _spread(fitting, zone, most), True
    windows = wish.windows if wish is not None else ()
    wanted = windows[0].start.astimezone(zone).date() if windows else None
    later = [start for start in starts if wanted is None or start.astimezone(zone).date() >= wanted]
    left = later or list(starts)[-most:]
    # Who cannot wait is offered the soonest, not times spread over the days.
    return (tuple(left[:most]) if wish is not None and wish.asap else _spread(left, zone, most)), False


def _spread(starts: Sequence[datetime], zone: ZoneInfo, most: int) -> tuple[datetime, ...]:
    """The soonest of different half-days; then others that are not close to one chosen already; then any."""
    chosen: list[datetime] = []
    halves: set[tuple[object, bool]] = set()
    for start in starts:
        local = start.astimezone(zone)
        half = (local.date(), local.hour < NOON)
        if half not in halves and len(chosen) < most:
            halves.add(half)
            chosen.append(start)
    for apart in (APART, timedelta(0)):
        for start in starts:
            if len(chosen) < most and start not in chosen and all(abs(start - other) >= apart for other in chosen):
                chosen.append(start)
    return tuple(sorted(chosen))
