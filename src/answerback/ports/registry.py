"""Finds adapters by name through their entry points; the only place that knows how they are registered."""

from functools import cache
from importlib.metadata import entry_points
from typing import cast

from answerback.ports.phone import Phone

PHONE_GROUP = "answerback.phone"


@cache
def phone(provider: str) -> Phone:
    """The phone adapter of this provider; raises `LookupError` naming the installed ones."""
    found = entry_points(group=PHONE_GROUP, name=provider)
    if not found:
        raise LookupError(f"No phone adapter is called {provider!r}. Installed: {', '.join(phones())}.")
    return cast("Phone", next(iter(found)).load())


def phones() -> tuple[str, ...]:
    """The names of all installed phone adapters, in order."""
    return tuple(sorted(point.name for point in entry_points(group=PHONE_GROUP)))
