"""What goes wrong with programs of others, and what the store calls by itself, is said in the reader's language."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from scripts import sentences

from answerback.adapters.signalwire.phone import SIGNALWIRE
from answerback.adapters.telnyx.phone import TELNYX
from answerback.adapters.twilio.phone import TWILIO
from answerback.console.retold import retold
from answerback.store import models
from answerback.workflow.retelling import is_ours


@pytest.mark.parametrize(
    ("said", "spanish"),
    [
        ("Twilio could not be reached (ConnectError).", "No se pudo contactar con Twilio (ConnectError)."),
        ("Telnyx has trouble of its own (503).", "Telnyx tiene problemas propios (503)."),
        (
            "Google does not allow it (forbidden). Sign in with the calendar's owner.",
            "Google no lo permite (forbidden). Inicie sesión con la cuenta dueña del calendario.",
        ),
        ("iCloud has no calendar at this address.", "iCloud no tiene ningún calendario en esta dirección."),
        (
            "The file has 812 MB; at most 500 are taken. Trim it on the phone.",
            "El archivo pesa 812 MB; se aceptan 500 cuando mucho. Recórtelo en el teléfono.",
        ),
    ],
)
def test_whose_program_it_is_stands_in_a_blank(said: str, spanish: str) -> None:
    with translation.override("es"):
        assert retold(said) == spanish


def test_every_trouble_of_an_adapter_can_be_retold() -> None:
    known = set(sentences.RETOLD.read_text("utf-8").splitlines())
    found = {each for path in (sentences.ROOT / "adapters").rglob("*.py") for each in sentences._troubles(path)}
    assert len(found) > 100
    assert found - known == set()


def test_what_we_say_of_an_error_code_is_ours_and_no_words_of_the_provider() -> None:
    dialects = (TWILIO, SIGNALWIRE, TELNYX)
    said = [dialect.says(code) for dialect in dialects for code in ("99999", *dialect.fixes)]
    assert [each for each in said if not is_ours(each)] == []


@pytest.fixture
def in_spanish(shop: Any) -> None:
    models.User.objects.update(language="es")


def _said(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


@pytest.mark.usefixtures("in_spanish")
def test_today_says_in_spanish_what_is_wrong_with_a_line(shop: Any, alice: Client, now: Any) -> None:
    says = "Twilio could not be reached (ConnectError)."
    models.LineFinding.objects.create(
        business=shop.business, line=shop.line, name="provider", level="red", says=says, fix="", since=now,
        checked_at=now,
    )  # fmt: skip
    for page in ("/", "/health"):
        assert "No se pudo contactar con Twilio (ConnectError)." in _said(alice.get(page)), page


@pytest.mark.usefixtures("in_spanish")
def test_a_connection_without_a_name_of_its_own_is_called_in_spanish(shop: Any, alice: Client) -> None:
    models.Connection.objects.update(name="Pretend phones")
    said = _said(alice.get("/health"))
    assert ("Teléfonos de prueba" in said, "Pretend phones" in said) == (True, False)
    models.Connection.objects.update(name="Oficina del norte")
    assert "Oficina del norte" in _said(alice.get("/health"))


@pytest.mark.usefixtures("in_spanish")
def test_the_business_s_own_people_are_called_in_spanish(shop: Any, alice: Client) -> None:
    talk = shop.conversation(131, name="Our own people")
    models.Contact.objects.filter(id=talk.contact_id).update(number="staff")
    said = _said(alice.get(f"/c/{talk.id}"))
    assert ("Nuestra propia gente" in said, "Our own people" in said) == (True, False)
