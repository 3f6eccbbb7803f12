"""Does the same for many businesses, lines or people, each by itself: what is broken about one keeps nobody waiting.

A fault is logged with whose it was, and the timetable comes back to it. Never here: several of them in one transaction.
"""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

log = logging.getLogger("answerback.one_by_one")

One = TypeVar("One")
Done = TypeVar("Done")


def each(act: Callable[[One], Done], of: Iterable[One], broken: str, name: Callable[[One], object] = str) -> list[Done]:
    """What came of each that could be done; `broken` is the event that is logged of another, `%s` in it its `name`."""
    done: list[Done] = []
    for one in of:
        try:
            done.append(act(one))
        except Exception:
            log.exception(broken, name(one))
    return done
