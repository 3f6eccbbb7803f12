"""Which words of a text said what: told in Spanish to whoever reads Spanish, and shown beside the text itself."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import translation
from tests.in_spanish import english_in

from answerback.console.retold import retold
from answerback.engine.advice import Proposal, advised
from answerback.engine.reading import Asked, Reading, ServiceWords, Slots, Vocabulary
from answerback.engine.thought import together
from answerback.store import codec, models
from answerback.understanding import evidence, read
from answerback.understanding.evidence import NOT_READ
from training.texts import labelled

ROOT = Path(__file__).resolve().parents[2]
ZONE = ZoneInfo("America/Chicago")
NOW = datetime(2026, 3, 11, 10, 0, tzinfo=ZONE)
DRAINS = (ServiceWords(id="drain", names=("Drain cleaning",), words=("drain", "clogged", "desague")),)


def _evidence(text: str, industry: str, asked: Any) -> tuple[str, ...]:
    vocabulary = Vocabulary(industry=industry, services=DRAINS, cities=("Round Rock", "Austin"))
    return read(text, asked=Asked(about=asked), vocabulary=vocabulary, now=NOW, zone=ZONE).evidence


def _texts() -> list[tuple[str, str, Any]]:
    lines = (ROOT / "tests/understanding/held_out.jsonl").read_text("utf-8").splitlines()
    kept = [(one["text"], one["industry"], one["asked"]) for one in map(json.loads, lines)]
    unread = ROOT / "training" / "unread"
    names = ("kept", "read", "contrast_stop", "contrast_danger", "contrast_calm", "contrast_goon", "second_kept")
    found = [each for each in labelled(unread) if each.source in names]
    return [*kept, *((each.text, each.industry, each.asked) for each in found)]


def test_no_evidence_of_a_reading_is_left_in_english() -> None:
    texts = _texts()
    said = {each for one in texts for each in _evidence(*one)}
    kinds = {re.sub('".*"', '""', each, flags=re.DOTALL) for each in said}
    assert (len(texts) > 1000, len(kinds) > 60) == (True, True)
    assert english_in(*sorted(said)) == []


def test_neither_is_what_is_seldom_said() -> None:
    told = [value for name, value in vars(evidence).items() if name.isupper() and isinstance(value, str)]
    told += [evidence.names_danger("x", each) for each in evidence._DANGERS]
    told += [evidence.wishes("x", each) for each in evidence._WISHES]
    told += [evidence.hurries("x", each) for each in evidence.PACES]
    told += [evidence.resembles(each) for each in evidence._LIKE]
    told += [str(evidence.answers(Slots(city="x"), each)) for each in evidence._QUESTIONS]
    told += [str(evidence.answers(Slots(yes_no=each), "confirm")) for each in ("yes", "no")]
    told += [str(evidence.answers(Slots(contact_pref=each), "contact_pref")) for each in ("call", "link", "text")]
    told += [each("x") for each in (evidence.stops, evidence.starts, evidence.names_service, evidence.is_plight)]
    assert len(told) > 80
    assert english_in(*told) == []


@pytest.mark.parametrize(
    ("said", "spanish"),
    [
        ('"burst pipe" says water or sewage doing damage now', '"burst pipe" indica: agua o drenaje que hace daño ya'),
        ('"STOP Texting me" asks for no more texts', '"STOP Texting me" pide no recibir más mensajes'),
        ('"Lead created" points to the service', '"Lead created" apunta al servicio'),
        (NOT_READ, "La máquina no pudo leer el mensaje."),
    ],
)
def test_their_own_words_stay_as_they_wrote_them(said: str, spanish: str) -> None:
    with translation.override("es"):
        assert retold(said) == spanish
    assert retold(said) == said


def test_a_yes_is_told_as_one_and_not_as_words_they_wrote() -> None:
    said = _evidence("yep", "plumbing", "confirm")
    assert said == ("a yes answers our question about the appointment",)
    with translation.override("es"):
        assert retold(said[0]) == "un sí responde a nuestra pregunta sobre la cita"


def test_what_a_model_proposed_and_what_was_read_together_is_told_too() -> None:
    every = Proposal(
        intent="book", urgency="soon", sensitive=("legal",), hazards=("gas",), opt_out=True, service="drain",
        slots=Slots(name="Ana"),
    )  # fmt: skip
    proposed = advised(Reading(), every, text="Ana", services=frozenset({"drain"})).evidence
    joined = together(Reading(), Reading(intent="book"), Reading()).evidence
    assert (len(proposed), len(joined)) == (7, 1)
    assert english_in(*proposed, *joined) == []


def _page(shop: Any, alice: Client, now: Any, reading: Reading) -> str:
    talk = shop.conversation(131, name="Maria", at=now)
    shop.text(talk, "in:1", "customer", "Help. A burst pipe", "received", at=now)
    models.Message.objects.filter(key="in:1").update(reading=json.loads(codec.encode(reading)))
    return " ".join(re.sub(r"<[^>]+>", " ", alice.get(f"/c/{talk.id}").content.decode()).split())


def test_a_text_of_theirs_can_be_asked_why_it_was_read_so(shop: Any, alice: Client, now: Any) -> None:
    said = '"A burst pipe" says water or sewage doing damage now'
    page = _page(shop, alice, now, Reading(intent="book", urgency="emergency", evidence=(said,)))
    assert "why? Wanted: A time or a job. Urgency: Emergency. &quot;A burst pipe&quot; says water or sewage" in page


def test_and_answers_in_spanish(shop: Any, alice: Client, now: Any) -> None:
    models.User.objects.update(language="es")
    said = '"A burst pipe" says water or sewage doing damage now'
    page = _page(shop, alice, now, Reading(intent="book", urgency="emergency", evidence=(said,)))
    assert "&quot;A burst pipe&quot; indica: agua o drenaje que hace daño ya" in page


def test_a_text_without_evidence_says_how_it_was_read(shop: Any, alice: Client, now: Any) -> None:
    """Every text can be asked "why?", also where no word of it said so."""
    assert "Urgency:" in _page(shop, alice, now, Reading(intent="book", urgency="soon"))
