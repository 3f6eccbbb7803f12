"""Times in words of the reader's language, exact for whoever asks. Handed `now` and a zone; never reads the clock."""

import datetime as days
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.translation import get_language
from django.utils.translation import gettext as _

WEEK = 7
"""Days; within so many a weekday says which day it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time as it is shown: in words, exact on hover, and for machines."""

    words: str
    exact: str
    iso: str


def moment(at: datetime, now: datetime, zone: ZoneInfo) -> Moment:
    """`at` in words as seen from `now`: `5 min ago`, `in 2 h`, `yesterday 3:10 PM`, `Mar 4`."""
    local = at.astimezone(zone)
    return Moment(words=_words(local, now.astimezone(zone)), exact=exact(local), iso=at.isoformat())


def due(at: datetime, now: datetime, zone: ZoneInfo) -> Moment:
    """When something is to be done, in words: midnight stands for the day, as nobody means that hour."""
    local = at.astimezone(zone)
    if local.time() != days.time(0):
        return moment(at, now, zone)
    return Moment(words=_day_in_words(local, now.astimezone(zone)), exact=_full(local), iso=at.isoformat())


def clock(at: datetime, zone: ZoneInfo) -> Moment:
    """Only the time of day; the day stands above."""
    local = at.astimezone(zone)
    return Moment(words=time_of_day(local), exact=exact(local), iso=at.isoformat())


def weekday_and_time(local: datetime, now: datetime) -> str:
    """`2:30 PM` where it is today, else `Thu 8:00 AM` or `Mar 24 8:00 AM`: in little room."""
    here, time = now.astimezone(local.tzinfo), time_of_day(local)
    return time if local.date() == here.date() else f"{_weekday_or_date(local, here)} {time}"


def exact(local: datetime) -> str:
    """`Tuesday, March 10, 2026, 9:05:12 AM CDT`; a full minute is written without seconds."""
    return f"{_full(local)}, {time_of_day(local, seconds=local.second != 0)} {local.tzname()}"


def in_full(local: datetime) -> str:
    """`Tuesday, March 10, 2026, 9:05 AM`; whose clock that is is said beside it."""
    return f"{_full(local)}, {time_of_day(local)}"


def _full(local: datetime) -> str:
    """`Tuesday, March 10, 2026`, as it stands in a sentence: there Spanish writes a weekday small, and Django large."""
    return _within(_dated(local, _("l, F j, Y")))


def _within(said: str) -> str:
    """A weekday that is not the first word; of one that is, Django writes the first letter large in Spanish too."""
    return said[0].lower() + said[1:] if get_language() == "es" else said


def day(local: datetime, now: datetime) -> str:
    """The day as a heading: Today, Yesterday, Tuesday, March 10."""
    apart = (local.date() - now.astimezone(local.tzinfo).date()).days
    named = {0: _("Today"), -1: _("Yesterday"), 1: _("Tomorrow")}
    return named.get(apart) or date(local)


def date(local: days.date, *, within: bool = False) -> str:
    """`Tuesday, March 10`, as a heading or `within` a sentence."""
    said = _dated(local, _("l, F j"))
    return _within(said) if within else said


def short_date(local: days.date) -> str:
    """`Tue, Mar 10`."""
    return _dated(local, _("D, M j"))


def dated(local: days.date) -> str:
    """`Mar 10, 2026`: a day that may be long ago."""
    return _dated(local, _("M j, Y"))


def month_and_day(local: days.date) -> str:
    """`Mar 10`."""
    return _dated(local, _("M j"))


def month(local: days.date, *, short: bool = False) -> str:
    """`March 2026`, or `Mar 2026`."""
    return _dated(local, _("M Y") if short else _("F Y"))


def weekday_and_day(local: days.date) -> str:
    """`Tue 10`."""
    return _dated(local, _("D j"))


def span_of_days(first: days.date, last: days.date) -> str:
    """`Mar 12 - 18, 2026`, or both months where they are two."""
    if first.month == last.month:
        return _("%(month)s %(first)s - %(last)s, %(year)s") % {
            "month": _dated(first, _("M")),
            "first": first.day,
            "last": last.day,
            "year": last.year,
        }
    begin, end = _dated(first, _("M j")), _dated(last, _("M j, Y"))
    return f"{begin} - {end}"


def time_of_day(local: datetime, *, seconds: bool = False) -> str:
    """`9:05 AM`."""
    half = _half(local.hour < 12, get_language())
    return f"{local.hour % 12 or 12}:{local.minute:02}{f':{local.second:02}' if seconds else ''} {half}"


def span_of_day(start: datetime, end: datetime) -> str:
    """`9:05 AM to 10:00 AM`."""
    return from_to(time_of_day(start), time_of_day(end))


def from_to(start: str, end: str) -> str:
    """`8:00 AM to 5:00 PM`, of times in words."""
    return _("%(start)s to %(end)s") % {"start": start, "end": end}


def _words(local: datetime, now: datetime) -> str:
    apart = now - local
    if abs(apart) < timedelta(seconds=50):
        return _("just now") if apart >= timedelta(0) else _("in a moment")
    if abs(apart) < timedelta(hours=12):
        said = _("%(length)s ago") if apart > timedelta(0) else _("in %(length)s")
        return said % {"length": _length(abs(apart))}
    days = (now.date() - local.date()).days
    if days in {0, 1, -1}:
        said = {0: "%(time)s", 1: _("yesterday %(time)s"), -1: _("tomorrow %(time)s")}[days]
        return said % {"time": time_of_day(local)}
    day = _weekday_or_date(local, now)
    return f"{day} {time_of_day(local)}" if abs(days) < WEEK else day


def _day_in_words(local: datetime, now: datetime) -> str:
    apart = (local.date() - now.date()).days
    named = {0: _("today"), -1: _("yesterday"), 1: _("tomorrow")}
    return named.get(apart) or _weekday_or_date(local, now)


def _weekday_or_date(local: datetime, now: datetime) -> str:
    """`Tue` within a week, else `Mar 10`, and of another year with it."""
    if abs((local.date() - now.date()).days) < WEEK:
        return _dated(local, "D")
    return _dated(local, _("M j") if local.year == now.year else _("M j, Y"))


def _length(apart: timedelta) -> str:
    minutes = round(apart.total_seconds() / 60)
    return f"{max(minutes, 1)} min" if minutes < 60 else f"{minutes // 60} h"


def _dated(local: days.date, pattern: str) -> str:
    """By Django's letters for dates, which a translation puts in the order of its language."""
    day = local.date() if isinstance(local, datetime) else local
    return _written(day, pattern, get_language())


@lru_cache(4_096)
def _written(day: days.date, pattern: str, language: str | None) -> str:  # noqa: ARG001  remembered by language
    """A list shows the same few days in every row, and Django takes a pattern apart anew each time."""
    return dateformat.format(day, pattern)


@lru_cache(64)
def _half(morning: bool, language: str | None) -> str:  # noqa: ARG001  remembered by language
    return dateformat.format(datetime(2000, 1, 1, 9 if morning else 15), "A")  # noqa: DTZ001  an hour of any day
