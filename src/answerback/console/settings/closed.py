"""Closed days: as an owner writes them, as they are kept, and as they are shown."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from answerback.console.moments import dated
from answerback.console.settings.named_months import in_numbers
from answerback.console.shown import Alike
from answerback.workflow import reach
from answerback.workflow.refusals import Refusal


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
            found.update(reach.day_of(each, country).isoformat() for each in written.split())
        except ValueError:
            says = _("“%(written)s” is no day. Write closed days like Dec 24 or 2026-12-24, one a line.")
            raise WrongHours(says % {"written": typed}, "closed") from None
    return sorted(found)


def _as_typed(closed: str, today: date) -> Iterator[tuple[str, str]]:
    """Each day that was written, in numbers, behind the words it stood in."""
    for line in closed.splitlines():
        for written in in_numbers(line, today).split(","):
            yield written.strip() if written in line else line.strip(), written
