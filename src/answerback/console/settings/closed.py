"""Closed days: as an owner writes them, as they are kept, and as they are shown."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from answerback.console.moments import dated
from answerback.console.settings.named_months import in_numbers
from answerback.console.shown import Alike
from answerback.workflow import reach
from answerback.workflow.refusals import Refusal

SHORT = re.compile(r"(?P<day>\d{1,2}(?P<mark>[/.])\d{1,2})(?:(?P=mark)(?P<year>\d\d)?)?")
"""A day without its century or its year: 12/24/26, 12/24, and 24.12. where that is usual."""
BETWEEN = re.compile(r" +(?:-|\u2013|to|until|through|thru|a|al|hasta) +", re.IGNORECASE)
LONGEST = timedelta(days=62)
"""A shop that is closed for longer is more likely a slip in a year."""
LEAP = 5
"""Years in which every day there is comes once."""


class WrongHours(Refusal):
    """Hours that cannot be; the message says which and what to write, `field` where it belongs, if to one field."""


def in_words(days: Sequence[str]) -> str:
    """Closed days as they are shown and may be written: one a line, with the month's name."""
    return "\n".join(dated(date.fromisoformat(each)) for each in days)


def closed_days(given: QueryDict, before: Sequence[str], today: date, country: str) -> list[str]:
    """The days that were written, one a line or with commas between; raises `WrongHours`.

    Those that stood there `before` may be over; a new one that is over is a slip in its year.
    """
    days = _days(given.get("closed", ""), today, country)
    over = [each for each in days if each < today.isoformat() and each not in before]
    if over:
        says = _("%(day)s is over. Write a day that is still to come.")
        raise WrongHours(says % {"day": over[0]}, "closed")
    return days


def same_days(today: date, country: str) -> Alike:
    """Tells which days are meant, however they are written."""

    def days(written: str) -> str:
        try:
            return " ".join(_days(written, today, country))
        except WrongHours:
            return written

    return days


def _days(closed: str, today: date, country: str) -> list[str]:
    found: set[str] = set()
    for typed, written in _as_typed(closed, today):
        try:
            found.update(each.isoformat() for each in _meant(written.strip(), today, country))
        except ValueError:
            says = _("“%(written)s” is no day. Write closed days like Dec 24 or 2026-12-24, one a line.")
            raise WrongHours(says % {"written": typed}, "closed") from None
    return sorted(found)


def _as_typed(closed: str, today: date) -> Iterator[tuple[str, str]]:
    """Each day that was written, in numbers, behind the words it stood in."""
    for line in closed.splitlines():
        for written in in_numbers(line, today).split(","):
            yield written.strip() if written in line else line.strip(), written


def _meant(written: str, today: date, country: str) -> list[date]:
    """The days between two, or each that is named. Raises `ValueError`."""
    ends = BETWEEN.split(written)
    if len(ends) == 1:
        return [_day(each, today, country) for each in written.split()]
    first, last = (_day(each, today, country) for each in ends)
    if not timedelta(0) < last - first < LONGEST:
        raise ValueError(written)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _day(written: str, today: date, country: str) -> date:
    """A day in numbers; without a year the next one is meant. Raises `ValueError`."""
    short = SHORT.fullmatch(written)
    if short is None:
        return reach.day_of(written, country)
    day, mark, year = short["day"], short["mark"], short["year"]
    years = [f"20{year}"] if year else [str(today.year + n) for n in range(LEAP)]
    for each in years:
        with suppress(ValueError):  # the 29th of February
            meant = reach.day_of(f"{day}{mark}{each}", country)
            if year or meant >= today:
                return meant
    raise ValueError(written)
