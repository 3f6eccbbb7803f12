"""Sentences put together from parts, each with a meaning that can be worked out from them; and how they are judged."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Protocol, TypeVar

from hypothesis import strategies as st

from answerback.understanding.when import understand_times
from training.phrases import ZONE

HOURS = (8.25, 9.5, 10.0, 10.75, 13.0, 14.0, 14.75, 15.0, 15.5)
"""Moments that are asked about, none near an edge on which people differ."""
AHEAD = 27
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MESES = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
DAYS = (
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    ["mon", "tues", "wed", "thurs", "fri", "sat", "sun"],
)
DIAS = (
    ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    ["lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"],
)

T = TypeVar("T")


class Choose(Protocol):
    """Picks one of several: at random, or as Hypothesis wants it."""

    def __call__(self, among: Iterable[T], /) -> T:
        """One of them."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words, and of what they hold: of a day, or of an hour of it. `exact` is one hour, and says nothing near it."""

    words: str
    holds: Callable[[date], bool] = lambda _: True
    at: Callable[[float], bool] = lambda _: True
    exact: float | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text and what it allows; of moments on which people differ `meant` says nothing.

    `asked`: it has more than one meaning, or none, so that it has to be asked about.
    """

    text: str
    meant: Callable[[date, float], bool | None]
    exact: frozenset[float] = frozenset()
    asked: bool = False


PARTS = {
    "en": (
        Part(""),
        Part("in the morning", at=lambda hour: hour < 12),
        Part("afternoon", at=lambda hour: 12 <= hour < 17),
        Part("after 3", at=lambda hour: hour >= 15),
        Part("before 11", at=lambda hour: hour < 11),
        Part("between 9 and 11", at=lambda hour: 9 <= hour < 11),
        Part("10-2", at=lambda hour: 10 <= hour < 14),
        Part("at 10", at=lambda hour: hour == 10, exact=10),
        Part("at 2", at=lambda hour: hour == 14, exact=14),
    ),
    "es": (
        Part(""),
        Part("en la mañana", at=lambda hour: hour < 12),
        Part("por las tardes", at=lambda hour: 12 <= hour < 19),
        Part("después de las 3", at=lambda hour: hour >= 15),
        Part("antes de las 11", at=lambda hour: hour < 11),
        Part("entre 9 y 11", at=lambda hour: 9 <= hour < 11),
        Part("de 10 a 2", at=lambda hour: 10 <= hour < 14),
        Part("a las 10", at=lambda hour: hour == 10, exact=10),
    ),
}
"""Hours of a day; the first says nothing."""


def ordinal(day: date) -> str:
    """The day of its month: 1st, 22nd."""
    ending = "th" if 10 < day.day % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day.day}{ending}"


def plainly(text: str) -> str:
    """The text without the gaps that an empty part leaves."""
    return " ".join(text.split()).replace(" ,", ",").replace(" .", ".").replace(" ?", "?").strip(" ,")


def exactly(*parts: Part) -> frozenset[float]:
    """The hours near which nothing is asked, for one moment was named."""
    return frozenset(part.exact for part in parts if part.exact is not None)


def wrong(
    sentence: Sentence, now: datetime, language: str, ahead: int = AHEAD, hours: tuple[float, ...] = HOURS
) -> str:
    """The first moment that is read otherwise than it is meant; empty where none is, or where it asks."""
    said = understand_times(sentence.text, now=now, zone=ZONE, language=language)
    if said.ask:
        return ""
    if sentence.asked:
        return f"{now:%a %d %b} {sentence.text!r}: not asked about, {said}"
    for step in range(1, ahead):
        day = now.date() + timedelta(days=step)
        for hour in hours:
            meant = sentence.meant(day, hour)
            if meant is None or any(0 < abs(hour - each) < 1 for each in sentence.exact):
                continue
            at = datetime.combine(day, time(int(hour), round(hour % 1 * 60)), ZONE)
            if said.allows(at) != meant:
                told = "refused" if meant else "allowed"
                return f"{now:%a %d %b} {sentence.text!r}: {at:%a %d %b %H:%M} {told}"
    return ""


def is_asked(sentence: Sentence, now: datetime, language: str) -> bool:
    """Is a sentence asked about though it leaves nothing open?"""
    return understand_times(sentence.text, now=now, zone=ZONE, language=language).ask and not sentence.asked


def some_moment(chance: Random) -> datetime:
    """A moment at which a business may be texted."""
    return datetime(2026, chance.randint(1, 12), chance.randint(1, 27), chance.randint(8, 16), 20, tzinfo=ZONE)


moments = st.builds(
    lambda month, day, hour: datetime(2026, month, day, hour, 20, tzinfo=ZONE),
    st.integers(1, 12),
    st.integers(1, 27),
    st.integers(8, 16),
)
