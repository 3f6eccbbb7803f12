"""Knows where a phone number may be and what kind of number it is, from libphonenumber and two tables of our own.

A place that somebody named counts beside the number's own: what is forbidden in any of them is not done. Nothing here
asks the network. Never here: whether a text may be sent (`engine.guards`, `engine.quiet`).
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import cache, lru_cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import phonenumbers
from phonenumbers import PhoneNumberType, timezone

from answerback.engine.events import LineType
from answerback.engine.quiet import SendingHours, StateHours, Whereabouts, Window
from answerback.understanding.towns import zone_of

NOWHERE = "ZZ"
"""The region of what is no number of any country."""

COASTS = (ZoneInfo("America/New_York"), ZoneInfo("America/Los_Angeles"))
"""Where somebody is looked for whose North American number says nothing about a place (toll-free, a new area code)."""

MOST_ZONES = 6
"""An area code the library does not know yet is said to lie in all zones of North America at once."""

HOLIDAYS_KNOWN = range(2024, 2046)

_ZIP = re.compile(r"\b(\d{5})(?:-\d{4})?\b", re.ASCII)

_TOWN_AND_STATE = re.compile(r"\b([A-Za-z][A-Za-z.' -]{1,30}?),?\s+([A-Z]{2})\b")
_BEHIND_IN = re.compile(r"\b(?:in|near|from|at|by|around|outside|en|de|cerca de)\s+((?:[a-z'-]+ ?){1,3})")

_LINE_TYPES: dict[int, LineType] = {
    PhoneNumberType.FIXED_LINE: "landline",
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.TOLL_FREE: "toll_free",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.SHARED_COST: "shared_cost",
    PhoneNumberType.VOIP: "voip",
    PhoneNumberType.PAGER: "pager",
    PhoneNumberType.VOICEMAIL: "voicemail",
}
"""What the numbering plan itself says. In North America landlines and mobiles look alike: those stay unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a number says by itself: its country (ISO 3166, `ZZ` for none), kind, zones and states."""

    region: str
    line_type: LineType
    zones: tuple[ZoneInfo, ...]
    states: tuple[str, ...]


def of_number(number: str) -> Place:
    """What this number (E.164) says about where it is."""
    if len(number) == len("+12125550100") and number.startswith("+1") and number[1:].isdecimal():
        # The plan of North America gives out whole blocks of a thousand numbers, which say the same.
        return _of_block(number[:-3])
    return _of_number(number)


@lru_cache(maxsize=65536)
def _of_block(block: str) -> Place:
    return _of_number(f"{block}000")


@lru_cache(maxsize=65536)
def _of_number(number: str) -> Place:
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return Place(region=NOWHERE, line_type="unknown", zones=(), states=())
    if parsed.country_code == 1:
        return _north_american(parsed, number[2:5])
    return Place(
        region=phonenumbers.region_code_for_number(parsed)
        or phonenumbers.region_code_for_country_code(parsed.country_code or 0),
        line_type=_LINE_TYPES.get(phonenumbers.number_type(parsed), "unknown"),
        zones=_zones(timezone.time_zones_for_number(parsed)),
        states=(),
    )


def whereabouts(number: str, home: ZoneInfo, named: Iterable[str] = ()) -> Whereabouts:
    """Every zone and state the owner of this number may be in. `home` is the business's zone, `named` what the customer
    answered: a ZIP code, a larger town or a state in it counts.
    """
    place = of_number(number)
    zones, states = [home, *place.zones], list(place.states)
    for said in named:
        for state, there in named_places(said):
            states.append(state)
            zones.extend(there)
    return Whereabouts(zones=tuple(dict.fromkeys(zones)), states=tuple(dict.fromkeys(states)))


@lru_cache(maxsize=4096)
def named_places(said: str) -> tuple[tuple[str, tuple[ZoneInfo, ...]], ...]:
    """The places named in these words, each as its state and its zones: by ZIP code, a town's name, the state's own.

    A town counts where it stands alone, behind a word such as "in", or before its state: "mobile" alone is a phone more
    often than a city of Alabama, but whoever says it as the whole answer to a question means the city.
    """
    found = [(state, _of_code(code, state)) for code in _ZIP.findall(said) if (state := _by_zip().get(code[:3]))]
    for name, state in _spoken_places(said):
        known = _by_name().get(name, {})
        if state not in _by_state():
            found.extend(known.items())
        else:
            found.append((state, known.get(state, _by_state()[state])))
    return tuple(dict(found).items())


def _of_code(code: str, state: str) -> tuple[ZoneInfo, ...]:
    """The zone of a ZIP code; every zone of its state for a code the table does not know."""
    zone = zone_of(code)
    return (ZoneInfo(zone),) if zone else _by_state()[state]


def _spoken_places(said: str) -> Iterator[tuple[str, str]]:
    """Stretches of these words that may name a place, each with the state's two letters where they follow it."""
    for match in _TOWN_AND_STATE.finditer(said):
        yield plain(match[1]), match[2]
    words = plain(said)
    yield words, ""
    for match in _BEHIND_IN.finditer(words):
        after = match[1].split()
        for end in range(min(3, len(after)), 0, -1):
            if (stretch := " ".join(after[:end])) in _by_name():
                yield stretch, ""
                break


def plain(words: str) -> str:
    """Small letters, single spaces, no stops: `St. Paul` is `st paul`."""
    return " ".join(re.sub(r"[^a-z' -]", " ", words.lower().replace(".", "")).split()).strip(" -")


def clock(number: str, home: ZoneInfo, named: Iterable[str] = ()) -> ZoneInfo | None:
    """The zone this number is at home in, where that is one other than `home` and no ZIP code they named says home.

    A town's name alone says where the work is, which may be far from where they read our texts.
    """
    zones = of_number(number).zones
    if len(zones) != 1 or zones[0] == home:
        return None
    states = {_by_zip().get(code[:3]) for said in named for code in _ZIP.findall(said)}
    return None if any(home in _by_state()[state] for state in states if state) else zones[0]


@cache
def sending_hours() -> SendingHours:
    """The table of the states' hours, with the federal hours for every state it does not name."""
    table = _table("sending_hours.toml")
    federal = _state_hours(table["federal"])
    named = {state: _state_hours(told) for state, told in table["states"].items()}
    return SendingHours(
        reviewed=table["reviewed"],
        states={state: named.get(state, federal) for state in _by_state()},
        holidays=frozenset(holidays.country_holidays("US", years=HOLIDAYS_KNOWN)),
    )


def reviewed() -> date:
    """When the older of the two tables was last reviewed."""
    dates: list[date] = [_table(name)["reviewed"] for name in ("sending_hours.toml", "places.toml")]
    return min(dates)


def _north_american(parsed: phonenumbers.PhoneNumber, area: str) -> Place:
    # The library's own word wherever it has one: the islands share the country code and cost a fortune.
    region = phonenumbers.region_code_for_number(parsed) or "US"
    line_type = _LINE_TYPES.get(phonenumbers.number_type(parsed), "unknown")
    placed = line_type not in ("toll_free", "premium") and (region != "US" or area in _by_area_code())
    zones = _zones(timezone.time_zones_for_geographical_number(parsed)) if placed else ()
    states = _by_area_code().get(area, ()) if placed else ()
    if len(zones) > MOST_ZONES:
        zones = tuple(zone for state in states for zone in _by_state()[state])
    return Place(
        region=region,
        line_type=line_type,
        zones=tuple(dict.fromkeys((*zones, *_split().get(area, ())))) or COASTS,
        states=states,
    )


def _zones(names: tuple[str, ...]) -> tuple[ZoneInfo, ...]:
    return tuple(ZoneInfo(name) for name in names if name != "Etc/Unknown")


@cache
def _by_area_code() -> dict[str, tuple[str, ...]]:
    return {code: (state,) for state, codes in _table("places.toml")["area_codes"].items() for code in codes.split()}


@cache
def _split() -> dict[str, tuple[ZoneInfo, ...]]:
    return {code: _zones(tuple(told.split())) for code, told in _table("places.toml")["split_area_codes"].items()}


@cache
def _by_state() -> dict[str, tuple[ZoneInfo, ...]]:
    return {state: _zones(tuple(told.split())) for state, told in _table("places.toml")["zones"].items()}


@cache
def _by_name() -> dict[str, dict[str, tuple[ZoneInfo, ...]]]:
    """Towns and states by their plain names: in which states there is one, and by which clocks it lives."""
    table, found = _table("places.toml"), dict[str, dict[str, tuple[ZoneInfo, ...]]]()
    for state, towns in table["cities"].items():
        elsewhere = table["other_clocks"].get(state, "").split(", ")
        for town in towns.split(", "):
            found.setdefault(plain(town), {})[state] = (_by_state()[state][-1 if town in elsewhere else 0],)
    for state, name in table["names"].items():
        found.setdefault(plain(name), {})[state] = _by_state()[state]
    return found


@cache
def _by_zip() -> dict[str, str]:
    found: dict[str, str] = {}
    for state, ranges in _table("places.toml")["zip_codes"].items():
        for stretch in ranges.split():
            first, last = stretch.split("-")
            found |= {f"{code:03}": state for code in range(int(first), int(last) + 1)}
    return found


def _state_hours(told: dict[str, Any]) -> StateHours:
    return StateHours(
        weekdays=_window(told["weekdays"]),
        saturday=_window(told["saturday"]),
        sunday=_window(told["sunday"]),
        holidays=told.get("holidays", True),
    )


def _window(told: str) -> Window | None:
    if told == "never":
        return None
    start, end = told.split("-")
    return Window(start=time.fromisoformat(start), end=time.fromisoformat(end))


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("answerback.workflow") / "data" / name).read_text("utf-8"))
