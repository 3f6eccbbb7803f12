"""Refusals, wishes and limits in every wording we know, with days and hours of every kind.

`reworded.txt` holds the wordings. A reader that meets "nobody's home before 5" for the first time may ask; it must not
offer four o'clock.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from answerback.engine.times import Times
from answerback.understanding.when import understand_times
from training.phrases import ZONE

NOW = datetime(2026, 12, 1, 10, tzinfo=ZONE)
"""A tuesday."""

WORDINGS = Path(__file__).parent / "reworded.txt"

TIMES: dict[str, Callable[[datetime], bool]] = {
    "friday": lambda at: at.day == 4,
    "fridays": lambda at: at.weekday() == 4,
    "tomorrow": lambda at: at.day == 2,
    "the 9th": lambda at: at.day == 9,
    "before 10": lambda at: at.hour < 10,
    "after 3": lambda at: at.hour > 15,
    "mornings": lambda at: at.hour < 12,
    "friday morning": lambda at: at.day == 4 and at.hour < 12,
    "this weekend": lambda at: at.day in (5, 6),
    "weekends": lambda at: at.weekday() > 4,
    "next week": lambda at: 7 <= at.day <= 13,
    "monday or tuesday": lambda at: at.day in (7, 8),
    "between 12 and 2": lambda at: 12 <= at.hour < 14,
    "thursday after 2": lambda at: at.day == 3 and at.hour >= 14,
    "mon 9-11 or thu 2-4": lambda at: (at.day == 7 and 9 <= at.hour < 11) or (at.day == 3 and 14 <= at.hour < 16),
}

TIMES_IN_SPANISH: dict[str, Callable[[datetime], bool]] = {
    "el viernes": TIMES["friday"],
    "los viernes": TIMES["fridays"],
    "mañana": TIMES["tomorrow"],
    "el 9": TIMES["the 9th"],
    "antes de las 10": TIMES["before 10"],
    "despues de las 3": TIMES["after 3"],
    "en las mañanas": TIMES["mornings"],
    "el viernes en la mañana": TIMES["friday morning"],
    "este fin de semana": TIMES["this weekend"],
    "la proxima semana": TIMES["next week"],
    "lunes o martes": TIMES["monday or tuesday"],
}

INSTANTS = [
    datetime(2026, 12, day, hour, 30, tzinfo=ZONE) for day in range(2, 14) for hour in (8, 9, 10, 12, 13, 14, 16)
]
HOURS = {"3": 15, "noon": 12, "10": 10}
AHEAD = {"en": ("", "tomorrow ", "thursday, "), "es": ("", "mañana ", "el jueves, ")}


def forms(kind: str) -> list[str]:
    """The wordings of a kind."""
    _, behind = WORDINGS.read_text(encoding="utf-8").split(f"[{kind}]\n")
    return behind.split("\n\n")[0].splitlines()


def both(kind: str) -> list[tuple[str, str]]:
    """The wordings of a kind and their language."""
    return [(each, "en") for each in forms(kind)] + [(each, "es") for each in forms(f"{kind} es")]


def _read(text: str, language: str) -> Times:
    return understand_times(text, now=NOW, zone=ZONE, language=language)


def _refused(form: str, named: dict[str, Callable[[datetime], bool]], language: str = "en") -> list[str]:
    """The times that this wording refuses and that are read as a wish, or as nothing."""
    found = []
    for words, holds in named.items():
        said = _read(form.format(t=words), language)
        refused = [said.allows(at) for at in INSTANTS if holds(at)]
        others = [said.allows(at) for at in INSTANTS if not holds(at)]
        if not said.ask and (all(refused) or (any(refused) and not all(others))):
            found.append(words)
    return found


def _wished(form: str, named: dict[str, Callable[[datetime], bool]], language: str = "en") -> list[str]:
    """The times that this wording wishes for and that are read otherwise."""
    said = {words: _read(form.format(t=words), language) for words in named}
    return [
        words
        for words, times in said.items()
        if not times.ask and any(times.allows(at) != named[words](at) for at in INSTANTS)
    ]


def _limited(form: str, language: str, *, after: bool) -> list[str]:
    """The sentences in which this limit is read otherwise; of the hour beside it nothing is said."""
    found = []
    for day, ahead in zip((2, 2, 3), AHEAD[language], strict=True):
        for words, hour in HOURS.items():
            text = ahead + form.format(h="12" if language == "es" and words == "noon" else words)
            said = _read(text, language)
            tried = [datetime(2026, 12, day, at // 60, at % 60, tzinfo=ZONE) for at in (510, 555, 660, 780, 855, 990)]
            if not said.ask and any(said.allows(at) != ((at.hour >= hour) is after) for at in tried):
                found.append(text)
    return found


SOME = dict(list(TIMES.items())[:-2])
"""Times that can be refused as one."""


@pytest.mark.parametrize("form", forms("refused"))
def test_what_is_refused_is_not_wished_for(form: str) -> None:
    assert _refused(form, SOME) == []


@pytest.mark.parametrize("form", forms("refused es"))
def test_what_is_refused_in_spanish_is_not_wished_for(form: str) -> None:
    assert _refused(form, TIMES_IN_SPANISH, "es") == []


@pytest.mark.parametrize("form", forms("wished"))
def test_what_is_wished_for_is_that_and_no_more(form: str) -> None:
    assert _wished(form, TIMES) == []


@pytest.mark.parametrize("form", forms("wished es"))
def test_what_is_wished_for_in_spanish_is_that_and_no_more(form: str) -> None:
    assert _wished(form, TIMES_IN_SPANISH, "es") == []


@pytest.mark.parametrize(("form", "language"), both("after"))
def test_from_an_hour_on(form: str, language: str) -> None:
    assert _limited(form, language, after=True) == []


@pytest.mark.parametrize(("form", "language"), both("before"))
def test_until_an_hour(form: str, language: str) -> None:
    assert _limited(form, language, after=False) == []


def test_hardly_any_is_asked_about() -> None:
    """Who always asked would never be wrong."""
    named = ("friday", "after 3", "monday or tuesday", "next week")
    texts = [form.format(t=words) for form in (*forms("refused"), *forms("wished")) for words in named]
    texts += [form.format(h=words) for form in (*forms("after"), *forms("before")) for words in HOURS]
    asked = [text for text in texts if understand_times(text, now=NOW, zone=ZONE).ask]
    assert len(asked) <= len(texts) // 15, asked
