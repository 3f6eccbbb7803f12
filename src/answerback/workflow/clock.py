"""The only place that reads the time. Everything else is handed `now`.

A virtual clock can be put in its place (`use`), which moves the whole product: stories, simulation, replay.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime


def now() -> datetime:
    """The moment, in UTC."""
    return _source()


def use(source: Callable[[], datetime] | None) -> None:
    """Read the time from `source` from here on, in every thread; None goes back to the real clock."""
    global _source  # noqa: PLW0603  one clock for the whole process is the point
    _source = source or _real


@contextmanager
def using(source: Callable[[], datetime]) -> Iterator[None]:
    """Read the time from `source` inside the block, and after it from what it was read from before."""
    before = _source
    use(source)
    try:
        yield
    finally:
        use(before)


def _real() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _real
