"""Reads a text as one business would on a fixed Wednesday, 11 March 2026, 10:00 in Chicago."""

from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

import pytest

from answerback.engine.reading import Asked, AskedAbout, Reading, ServiceWords, Vocabulary
from answerback.understanding import read

ZONE = ZoneInfo("America/Chicago")
NOW = datetime(2026, 3, 11, 10, 0, tzinfo=ZONE)


def vocabulary(industry: str, **services: str) -> Vocabulary:
    """A vocabulary of services by id and name, with no words of their own."""
    return Vocabulary(
        industry=industry,
        services=tuple(ServiceWords(id=id_, names=(name,)) for id_, name in services.items()),
        cities=("Round Rock", "Austin"),
    )


PLUMBING = vocabulary(
    "plumbing",
    leak="Leaks & burst pipes",
    drain="Drain cleaning",
    water_heater="Water heaters",
    toilet="Toilets",
    sewer="Sewer line",
    gas="Gas lines",
)
CLINIC = vocabulary(
    "clinic", sick="Sick visit", physical="Annual physical", smoking="Quit-smoking program", labs="Lab work"
)
SALON = vocabulary("salon", cut="Haircut", color="Hair color", nails="Manicure & pedicure")
LAW = vocabulary("law", family="Divorce & custody", criminal="Criminal defense", injury="Accidents & injury")
DENTAL = vocabulary("dental", cleaning="Cleaning & exam", pain="Tooth pain", implant="Implants")
PIANO = vocabulary(
    "piano_tuning",
    tuning="Piano tuning",
    regulation="Action regulation",
    moving="Piano moving",
    voicing="Hammer voicing",
)
HVAC = vocabulary("hvac", ac="AC repair", heat="Furnace & heating repair", tuneup="Tune-up")
TOWING = vocabulary("towing", tow="Towing", jump="Jump start", lockout="Car lockout", tire="Flat tire change")
ALL = {v.industry: v for v in (PLUMBING, CLINIC, SALON, LAW, DENTAL, PIANO, HVAC, TOWING)}


class ReadingOf(Protocol):
    """Reads one text as an answer to a question of one business, named by its industry."""

    def __call__(
        self, text: str, about: AskedAbout = "open", *, industry: str = "plumbing", question: str = ""
    ) -> Reading: ...


@pytest.fixture
def reading_of() -> ReadingOf:
    """What one text is read as."""

    def one(text: str, about: AskedAbout = "open", *, industry: str = "plumbing", question: str = "") -> Reading:
        return read(text, asked=Asked(about=about, question=question), vocabulary=ALL[industry], now=NOW, zone=ZONE)

    return one
