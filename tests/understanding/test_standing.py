"""Where an appointment stands, words that say nothing of one otherwise give it up, or ask for another time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from answerback.engine.reading import Asked
from answerback.engine.rules import vocabulary
from answerback.store.playbook_file import pack
from answerback.understanding import read

WORDS = vocabulary(pack("plumbing"))
NOW = datetime(2026, 3, 10, 15, 10, tzinfo=UTC)  # Tuesday
ZONE = ZoneInfo("America/Chicago")


def intent(text: str, *, appointment: bool = True) -> str:
    return read(text, asked=Asked(appointment=appointment), vocabulary=WORDS, now=NOW, zone=ZONE).intent


@pytest.mark.parametrize(
    "text",
    [
        "I can't make it",
        "i cant make it",
        "sorry can't make it :(",
        "I can't make it tomorrow",
        "I cannot make the appointment",
        "wont be able to make it",
        "not gonna be able to make it",
        "unable to make it",
        "can't come anymore",
        "dont need it anymore, we fixed it",
        "no longer need you guys",
        "no puedo ir",
        "no voy a poder",
        "no boy a poder ir",
        "no podemos ir mañana",
        "ya no lo necesito",
        "ya no hace falta gracias, ya lo arreglamos",
        "canselar la cita",
    ],
)
def test_given_up(text: str) -> None:
    assert intent(text) == "cancel"


@pytest.mark.parametrize(
    "text", ["tmrw doesnt work anymore, friday?", "ya no puedo mañana, el viernes?", "can we do Friday instead"]
)
def test_another_time(text: str) -> None:
    assert intent(text) == "reschedule"


@pytest.mark.parametrize(
    "text",
    [
        "I can't make it stop leaking",
        "I won't be there, my wife will",
        "wont be there but my husband will let you in",
        "no thanks",
        "my heater wont work today",
        "dont need the old faucet anymore, take it",
        "no voy a poder abrir la puerta",
        "do i need to be home?",
        "I can't wait",
        "ok thanks",
    ],
)
def test_nothing_of_the_kind(text: str) -> None:
    assert intent(text) not in {"cancel", "reschedule"}


def test_without_an_appointment_the_words_are_read_as_ever() -> None:
    assert intent("I can't make it", appointment=False) != "cancel"


def test_a_stop_stays_a_stop() -> None:
    assert [intent(text) for text in ("STOP", "stop texting me, I can't make it")] == ["opt_out", "opt_out"]


@pytest.mark.parametrize(
    ("text", "spoken", "language"),
    [
        ("no boy a poder", "es", "es"),
        ("no podre ir", "es", "es"),
        ("no vamos a poder", "es", "es"),
        ("ok thanks, see you then", "es", "en"),
        ("can someone call me please", "es", "en"),
        ("no puedo ir mañana", "en", "es"),
    ],
)
def test_who_writes_spanish_is_not_answered_in_english_for_a_slip(text: str, spoken: str, language: str) -> None:
    asked = Asked(appointment=True, language=spoken)
    assert read(text, asked=asked, vocabulary=WORDS, now=NOW, zone=ZONE).language == language
