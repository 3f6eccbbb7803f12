"""Who wants no offers and keeps the rest has not said stop; whoever does not say so in so many words has."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from answerback.engine.reading import Asked, Vocabulary
from answerback.understanding import read

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)


def heard(text: str) -> tuple[bool, bool]:
    reading = read(
        text, asked=Asked(), vocabulary=Vocabulary(industry="plumbing"), now=NOW, zone=ZoneInfo("America/Chicago")
    )
    return reading.no_offers, reading.opt_out


@pytest.mark.parametrize(
    "text",
    [
        "Stop promos, keep appointment texts",
        "no more offers please, but keep the reminders for my visits",
        "Don't send me ads. I still want the appointment reminders",
        "ya no me manden promociones, pero sí los recordatorios de mi cita",
    ],
)
def test_only_offers_end(text: str) -> None:
    assert heard(text) == (True, False)


@pytest.mark.parametrize(
    "text",
    [
        "no more marketing texts",
        "stop the promos and the reminders, ok",
        "stop the promos, you keep sending me reminders",
        "Stop sending promos. I still get reminders every day",
        "stop texting me promos and appointment reminders",
        "no more promotions",
    ],
)
def test_a_stop_to_one_kind_is_a_stop_to_all(text: str) -> None:
    assert heard(text) == (False, True)
