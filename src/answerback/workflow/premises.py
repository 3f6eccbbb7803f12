"""Keeps how a business and its places are described: name, phone, time zone, language, address, and hours.

Who may do it, and how it was typed, is not looked at here. What cannot be is refused, and then nothing is changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from itertools import pairwise
from typing import Any, Literal
from zoneinfo import available_timezones

import holidays

from answerback.store import models
from answerback.workflow import clock, reach, states
from answerback.workflow.actors import NotAllowed

LANGUAGES = ("en", "es")
SHIFTS = 3
"""So many shifts a day has at most."""

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Span = tuple[int, str, str]
"""Weekday (Monday is 0), and from when to when: `(0, "08:00", "12:00")`."""

Wrong = Literal["order", "overlap", "many"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holidays:
    """Which country's and state's holidays a business keeps, and the names of those it works on."""

    country: str
    region: str = ""
    worked: tuple[str, ...] = ()


def change_business(business: int, **changed: str) -> None:
    """Another `name`, `phone` (E.164), `zone` or `language`; the others stay. Raises `NotAllowed`."""
    _check(changed)
    if changed.get("language", "en") not in LANGUAGES:
        raise NotAllowed(f"The console speaks {' and '.join(LANGUAGES)}. Choose one of them.")
    models.Business.objects.filter(id=business).update(**changed)


def add_location(business: int, name: str) -> int:
    """One more place of the business; its id. Raises `NotAllowed` without a name."""
    _check({"name": name})
    return models.Location.objects.create(business_id=business, name=name[:120]).id


def change_location(location: int, *, lines: Sequence[int] | None = None, **changed: str) -> None:
    """Another `name`, `zone` (empty: the business's) or `address`, and which lines ring there. Raises `NotAllowed`."""
    _check({name: value for name, value in changed.items() if name != "zone" or value})
    row = models.Location.objects.get(id=location)
    if changed:
        models.Location.objects.filter(id=location).update(**changed)
    if lines is None:
        return
    ours = models.Line.objects.filter(business=row.business_id)
    ours.filter(location=row).exclude(id__in=lines).update(location=None)
    ours.filter(id__in=lines).update(location=row)


def set_hours(
    business: int, spans: Sequence[Span], closed: Sequence[str], *, kept_holidays: Holidays | None = None
) -> None:
    """When the business is open, on which days (ISO) it is not, and which holidays it keeps. Raises `NotAllowed`."""
    changed: dict[str, Any] = {"hours": in_order(spans), "closed_days": _days(closed)}
    if kept_holidays is not None:
        known(kept_holidays.country, "", clock.now().year)
        region = state(kept_holidays.country, kept_holidays.region)
        changed |= {"holiday_country": kept_holidays.country, "holiday_region": region}
        changed |= {"open_holidays": sorted(set(kept_holidays.worked))}
    models.Business.objects.filter(id=business).update(**changed)


def set_location_hours(location: int, spans: Sequence[Span] | None, closed: Sequence[str]) -> None:
    """A location's own hours, None where the business's hold; its closed days come on top. Raises `NotAllowed`."""
    hours = None if spans is None else in_order(spans)
    models.Location.objects.filter(id=location).update(hours=hours, closed_days=_days(closed))


def set_line_hours(line: int, spans: Sequence[Span] | None) -> None:
    """A line's own hours, None where its location's or the business's hold. Raises `NotAllowed`."""
    models.Line.objects.filter(id=line).update(hours=None if spans is None else in_order(spans))


def wrong_with(spans: Sequence[Span]) -> tuple[int, Wrong] | None:
    """The first day of a week with which something is wrong, and what; None when nothing is.

    A shift that ends before it begins goes on past midnight; from midnight to midnight is the whole day.
    """
    week = {day: sorted((start, end) for each, start, end in spans if each == day) for day in range(7)}
    for day, shifts in week.items():
        if wrong := _wrong_on(shifts):
            return day, wrong
    for day, shifts in week.items():
        tomorrow = week[(day + 1) % 7]
        if shifts and tomorrow and _goes_on(*shifts[-1]) and shifts[-1][1] > tomorrow[0][0]:
            return (day + 1) % 7, "overlap"
    return None


def _wrong_on(shifts: Sequence[tuple[str, str]]) -> Wrong | None:
    try:
        times = [(time.fromisoformat(start), time.fromisoformat(end)) for start, end in shifts]
    except ValueError:
        return "order"
    if any(start == end != time(0) for start, end in times):
        return "order"
    if any(_goes_on(start, end) or later < end for (start, end), (later, _) in pairwise(shifts)):
        return "overlap"
    return "many" if len(shifts) > SHIFTS else None


def _goes_on(start: str, end: str) -> bool:
    """Does this shift end on the next day?"""
    return end <= start


@cache
def known(country: str, region: str, *years: int) -> dict[date, str]:
    """The holidays of these years; none where no country is named. Raises `NotAllowed` for an unknown place."""
    if not country:
        return {}
    try:
        return dict(holidays.country_holidays(country, subdiv=region or None, years=years))
    except NotImplementedError:
        raise NotAllowed(f"No holidays are known for {f'{country} {region}'.strip()}.") from None


def state(country: str, told: str) -> str:
    """The letters of a country's state that was told by its letters or its name; empty without a country or state.

    Raises `NotAllowed` for what is none.
    """
    return states.letters(country, told) if told and country else ""


def kept(country: str, region: str, *years: int) -> dict[date, str]:
    """As `known`, for what is stored already: an unknown state has no holidays of its own, an unknown country none."""
    for place in (region, ""):
        try:
            return known(country, place, *years)
        except NotAllowed:
            continue
    return {}


def _check(changed: dict[str, str]) -> None:
    if not changed.get("name", "x").strip():
        raise NotAllowed("Write a name.")
    if changed.get("zone", "UTC") not in available_timezones():
        raise NotAllowed(f"{changed['zone']} is no time zone. Write one such as America/Chicago.")


_SAYS: dict[Wrong, str] = {
    "order": "write when you open and when you close",
    "overlap": "two shifts overlap",
    "many": f"at most {SHIFTS} shifts have room",
}


def in_order(spans: Sequence[Span]) -> list[list[Any]]:
    """The spans of a week as they are stored. Raises `NotAllowed` for what cannot be."""
    ordered = sorted(spans)
    if wrong := wrong_with(ordered):
        raise NotAllowed(f"{DAYS[wrong[0]]}: {_SAYS[wrong[1]]}.")
    return [[weekday, start[:5], end[:5]] for weekday, start, end in ordered]


def _days(closed: Sequence[str]) -> list[str]:
    try:
        return sorted({reach.day(day).isoformat() for day in closed})
    except ValueError:
        raise NotAllowed("Write closed days like 2026-12-24.") from None
