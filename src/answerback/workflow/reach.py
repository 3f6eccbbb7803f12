"""Which days and moments people and programs may name: those that every page and zone can say, and no plan lies beyond.

In another zone the last day of the year 9999 is one that neither Python nor the database driver can read.
"""

import re
from datetime import date, datetime

FIRST_YEAR, LAST_YEAR = 2000, 2100
MONTH_FIRST = frozenset({"US", "CA", "PH", "PR", "VI", "GU", "AS", "MP"})
"""Where 03/04/2026 is the fourth of March. With dots it is the third of April everywhere."""


class OutOfReach(ValueError):
    """A day that nobody means; the message says which years are possible."""


def within(day: date) -> bool:
    """Is it a day that every page can say, in whatever zone?"""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def checked(day: date) -> None:
    """Raises `OutOfReach`."""
    if not within(day):
        raise OutOfReach(f"The year must be between {FIRST_YEAR} and {LAST_YEAR}.")


def day(written: str) -> date:
    """A day as `2026-03-12`. Raises `ValueError` for anything else, `OutOfReach` among them."""
    found = date.fromisoformat(written)
    checked(found)
    return found


def day_of(written: str, country: str) -> date:
    """A day as `2026-12-24`, or as people of a country write it: 12/24/2026, 24/12/2026. Raises `ValueError`."""
    match = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", written)
    if match is None:
        return day(written)
    first, second, year = map(int, match.groups())
    month, number = (first, second) if country in MONTH_FIRST and "/" in written else (second, first)
    return day(f"{year}-{month:02}-{number:02}")


def moment(written: str) -> datetime:
    """A moment as `2026-03-12T14:30`, with a zone or without. Raises `ValueError`, `OutOfReach` among them."""
    found = datetime.fromisoformat(written)
    checked(found)
    return found
