"""Times in words, with the exact time for whoever asks. Handed `now` and a zone; never reads the clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


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


def clock(at: datetime, zone: ZoneInfo) -> Moment:
    """Only the time of day; the day stands above."""
    local = at.astimezone(zone)
    return Moment(words=time_of_day(local), exact=exact(local), iso=at.isoformat())


def exact(local: datetime) -> str:
    """`Tuesday, March 10, 2026, 9:05:12 AM CDT`; a full minute is written without seconds."""
    return f"{local:%A, %B} {local.day}, {local.year}, {time_of_day(local, seconds=local.second != 0)} {local:%Z}"


def day(local: datetime, now: datetime) -> str:
    """The day as a heading: Today, Yesterday, Tuesday, March 10."""
    apart = (local.date() - now.astimezone(local.tzinfo).date()).days
    named = {0: "Today", -1: "Yesterday", 1: "Tomorrow"}
    return named.get(apart) or f"{local:%A, %B} {local.day}"


def time_of_day(local: datetime, *, seconds: bool = False) -> str:
    """`9:05 AM`."""
    return f"{local.hour % 12 or 12}:{local:%M}{f':{local:%S}' if seconds else ''} {local:%p}"


def _words(local: datetime, now: datetime) -> str:
    apart = now - local
    if abs(apart) < timedelta(seconds=50):
        return "just now" if apart >= timedelta(0) else "in a moment"
    if abs(apart) < timedelta(hours=12):
        length = _length(abs(apart))
        return f"{length} ago" if apart > timedelta(0) else f"in {length}"
    days = (now.date() - local.date()).days
    if days in {0, 1, -1}:
        named = {0: "", 1: "yesterday ", -1: "tomorrow "}[days]
        return f"{named}{time_of_day(local)}"
    if abs(days) < 7:
        return f"{local:%a} {time_of_day(local)}"
    return f"{local:%b} {local.day}" + ("" if local.year == now.year else f", {local.year}")


def _length(apart: timedelta) -> str:
    minutes = round(apart.total_seconds() / 60)
    return f"{max(minutes, 1)} min" if minutes < 60 else f"{minutes // 60} h"
