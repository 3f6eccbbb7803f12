"""Sentences about one, two or three days as families: every wording with days and hours of every kind in their places.

`families.txt` holds the wordings. A reader that meets one for the first time may ask; it must not take one day for
another.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

import pytest

from answerback.understanding.when import understand_times
from training.phrases import ZONE

NOW = datetime(2026, 11, 18, 10, tzinfo=ZONE)
"""A wednesday."""

FAMILIES = Path(__file__).parent / "families.txt"

DAYS = {"friday": 20, "monday": 23, "the 24th": 24, "tomorrow": 19, "nov 25": 25, "saturday": 21}
DAYS_IN_SPANISH = {
    "el viernes": 20,
    "el lunes": 23,
    "el 24": 24,
    "mañana": 19,
    "el 25 de noviembre": 25,
    "el sabado": 21,
}
HOURS = {"11": 660, "2": 840, "3:30": 930, "4pm": 960, "10am": 600, "noon": 720}
HOURS_IN_SPANISH = {
    "11": 660,
    "2": 840,
    "3 y media": 930,
    "4 de la tarde": 960,
    "10 de la mañana": 600,
    "12": 720,
}
OTHERS = (26, 24, 25, 23, 20)
"""Days of which one is not named."""

EACH, ASKED_AT_MOST = 4, 0.25
"""Sentences made of a wording, and the share of a family that may be asked about."""

_INSTANT = re.compile(r"(?P<no>!?)(?P<step>[+-]?)(?P<day>[abco])(?:(?P<hour>\d+)(?::(?P<minute>\d+))?|(?P<told>[@<>]))")
_FROM_THE_HOUR = {"@": 0, "<": -75, ">": 90}


class Sentence(NamedTuple):
    """A text, and the instants that suit and that do not."""

    text: str
    yes: list[datetime]
    no: list[datetime]


def families() -> dict[str, list[tuple[str, str]]]:
    """The wordings with their marks, by the name of their family."""
    told: dict[str, list[tuple[str, str]]] = {}
    for line in FAMILIES.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            told[line.strip("[]")] = []
        elif "|" in line and not line.startswith("#"):
            wording, _, marks = line.partition(" | ")
            told[list(told)[-1]].append((wording, marks))
    return told


def sentences(family: str) -> Iterator[Sentence]:
    """Each wording with days and hours in their places, others for the next one."""
    spanish = family.endswith(" es")
    days = DAYS_IN_SPANISH if spanish else DAYS
    hours = HOURS_IN_SPANISH if spanish else HOURS
    later = {name: day for name, day in days.items() if day >= OTHERS[-1]}
    for number, (wording, marks) in enumerate(families()[family]):
        named = [each for each in "abc" if f"{{{each}}}" in wording]
        chosen = list(permutations(later if "-a" in marks else days, len(named)))
        for turn in range(EACH):
            names = chosen[(7 * number + 11 * turn) % len(chosen)]
            hour = list(hours)[(number + turn) % len(hours)]
            at = {each: days[name] for each, name in zip(named, names, strict=True)}
            at["o"] = next(day for day in OTHERS if day not in at.values())
            text = wording.format(**dict(zip(named, names, strict=True)), h=hour)
            text = text.replace(" de el ", " del ").replace(" a el ", " al ") if spanish else text
            marked = [(mark["no"], _instant(mark, at, hours[hour])) for mark in _INSTANT.finditer(marks)]
            yield Sentence(text, [when for no, when in marked if not no], [when for no, when in marked if no])


def _instant(mark: re.Match[str], at: dict[str, int], told: int) -> datetime:
    day = datetime(2026, 11, at[mark["day"]], tzinfo=ZONE) + timedelta(days={"+": 1, "-": -1}.get(mark["step"], 0))
    if mark["told"]:
        return day + timedelta(minutes=told + _FROM_THE_HOUR[mark["told"]])
    return day.replace(hour=int(mark["hour"]), minute=int(mark["minute"] or 0))


@pytest.mark.parametrize("family", families())
def test_no_day_is_taken_for_another(family: str) -> None:
    language = "es" if family.endswith(" es") else "en"
    wrong, asked, told = [], 0, list(sentences(family))
    for each in told:
        said = understand_times(each.text, now=NOW, zone=ZONE, language=language)
        if said.ask:
            asked += 1
        elif said.kind == "none" or not all(map(said.allows, each.yes)) or any(map(said.allows, each.no)):
            wrong.append(each.text)
    assert wrong == []
    assert asked <= ASKED_AT_MOST * len(told)
