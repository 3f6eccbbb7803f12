"""Words about times for the people of the business, put together so that any language can say them.

A sentence is a template with blanks and what fills them; who shows it brings a `Speech`. English needs nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo


class Speech:
    """How a language says words, numbers of things, days and clocks: this one is English."""

    def gettext(self, words: str) -> str:
        """These words in the language."""
        return words

    def ngettext(self, one: str, more: str, number: int) -> str:
        """The words for so many."""
        return one if number == 1 else more

    def day(self, local: datetime) -> str:
        """`Tuesday, March 10`."""
        return f"{local:%A, %B} {local.day}"

    def clock(self, local: datetime) -> str:
        """`9:05 AM`."""
        return f"{local.hour % 12 or 12}:{local:%M} {local:%p}"


ENGLISH = Speech()


@dataclass(frozen=True, slots=True)
class Day:
    """A day, of a moment on the wall's clock."""

    local: datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day."""

    local: datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """A day with its time."""

    local: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """Words with blanks such as `%(who)s`, and what fills them."""

    words: str
    blanks: Mapping[str, "Blank"] = field(default_factory=dict)


Blank: TypeAlias = str | int | timedelta | Day | Clock | Moment | Said


def marked(words: str) -> str:
    """The words as they are; imported as `_`, it marks them for the catalogues."""
    return words


_ = marked


def told(said: Said, speech: Speech = ENGLISH) -> str:
    """The sentence in the language of `speech`."""
    blanks = {name: _filled(blank, speech) for name, blank in said.blanks.items()}
    words = speech.gettext(said.words)
    return words % blanks if blanks else words


def stretch(start: datetime, end: datetime, zone: ZoneInfo) -> Said:
    """From when to when; whole days without their clocks."""
    start, end = start.astimezone(zone), end.astimezone(zone)
    if start.time() == end.time() == time():
        last = end - timedelta(days=1)
        if start.date() == last.date():
            return Said(_("on %(day)s"), {"day": Day(start)})
        return Said(_("%(day)s to %(last)s"), {"day": Day(start), "last": Day(last)})
    until: Blank = Clock(end) if start.date() == end.date() else Moment(end)
    return Said(_("from %(moment)s to %(end)s"), {"moment": Moment(start), "end": until})


def _filled(blank: Blank, speech: Speech) -> str:
    match blank:
        case Said():
            return told(blank, speech)
        case timedelta():
            return _length(blank, speech)
        case Day(local):
            return speech.day(local)
        case Clock(local):
            return speech.clock(local)
        case Moment(local):
            return f"{speech.day(local)}, {speech.clock(local)}"
        case _:
            return str(blank)


def _length(length: timedelta, speech: Speech) -> str:
    minutes = round(length.total_seconds() / 60)
    days, hours = minutes // 1440, minutes // 60
    if minutes and minutes % 1440 == 0:
        return speech.ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    if minutes and minutes % 60 == 0:
        return speech.ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    if hours:
        return " ".join(_length(timedelta(minutes=part), speech) for part in (hours * 60, minutes % 60))
    return speech.ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
