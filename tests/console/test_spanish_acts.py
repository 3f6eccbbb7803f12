"""What the desk's acts say in Spanish: of a conversation as "la", and when as people say it."""

from html import unescape
from typing import Any, get_args

import pytest
from django.test import Client
from tests.in_spanish import english_in

from answerback.engine.events import Failure
from answerback.store import models
from answerback.store.queries.timeline_words import WHY_NOT


@pytest.fixture
def maria(shop: Any) -> models.Conversation:
    models.User.objects.update(language="es")
    found: models.Conversation = shop.conversation(131, name="Maria", phase="human")
    shop.text(found, "in:1", "customer", "hello?", "received")
    return found


def _says(page: Any) -> str:
    return str(list(page.context["messages"])[-1].message)


@pytest.mark.parametrize(
    ("until", "says"),
    [("1h", "Vuelve en 1 h."), ("3h", "Vuelve en 3 h."), ("tomorrow", "Vuelve mañana a las 8:00 AM.")],
)
def test_when_it_is_back_is_said_in_words(maria: models.Conversation, bob: Client, until: str, says: str) -> None:
    """«Vuelve el domingo, 29 de noviembre de 2026, 11:36:25 AM CST.» was said of an hour."""
    assert _says(bob.post(f"/c/{maria.id}/snooze", {"until": until}, follow=True)) == says


def test_the_timeline_speaks_of_a_conversation(maria: models.Conversation, bob: Client) -> None:
    """«Dana tomó la conversación», and then «lo devolvió», «lo apartó»."""
    bob.post(f"/c/{maria.id}/hand-back")
    bob.post(f"/c/{maria.id}/snooze", {"until": "1h"})
    bob.post(f"/c/{maria.id}/assign", {"member": models.Member.objects.get(name="Alice").id})
    page = unescape(bob.get(f"/c/{maria.id}").content.decode())
    assert ["Bob la devolvió" in page, "Bob la apartó" in page, "Bob se la dio a Alice" in page] == [True] * 3


def test_today_in_the_calendar_is_written_as_within_a_sentence(maria: models.Conversation, alice: Client) -> None:
    """«Hoy, Miércoles, 11 de marzo» stood there."""
    page = unescape(alice.get("/diary").content.decode())
    assert ["Hoy, miércoles, 11 de marzo" in page, "Hoy, Miércoles" in page] == [True, False]


def test_a_text_taken_back_says_so_in_spanish(maria: models.Conversation, bob: Client) -> None:
    """«Dana took it back before it left.» stood below it."""
    sent = bob.post(f"/c/{maria.id}/reply", {"body": "Voy en camino"}, follow=True)
    bob.post("/undo", {"undo": str(list(sent.context["messages"])[-1].extra_tags)})
    page = unescape(bob.get(f"/c/{maria.id}").content.decode())
    assert ["Bob lo retiró antes de que saliera." in page, "took it back" in page] == [True, False]


def test_why_a_lead_was_lost_is_said_as_it_was_chosen(maria: models.Conversation, bob: Client) -> None:
    """«Demasiado caro» was chosen and «precio» stood in the timeline; in English "too_slow"."""
    bob.post(f"/c/{maria.id}/mark", {"status": "lost", "reason": "too_slow"})
    page = unescape(bob.get(f"/c/{maria.id}").content.decode())
    assert page.count("Contestamos demasiado tarde") == 2, "in the list to choose from, and in the timeline"
    assert "too_slow</" not in page


@pytest.mark.parametrize(
    ("failure", "detail", "says"),
    [
        ("unreachable", "", "No se pudo comunicar con el teléfono."),
        ("landline", "", "Es un teléfono fijo."),
        ("", "moved_on", "La conversación ya había seguido adelante antes de que saliera."),
        ("", "too_late", "No pudo salir a tiempo."),
        ("", "suppressed", "Había pedido que no le escribiéramos."),
        (
            "filtered",
            "30007: Carrier violation",
            "La operadora lo filtró como no deseado. Palabras del proveedor: “30007: Carrier violation”",
        ),
    ],
)
def test_why_a_text_did_not_arrive_is_said_in_words(  # noqa: PLR0917  as every test of its kind
    maria: models.Conversation, bob: Client, shop: Any, failure: str, detail: str, says: str
) -> None:
    """ "unreachable", "moved_on" stood under the text."""
    shop.text(maria, "out:1", "machine", "Hola", "undelivered")
    models.Message.objects.filter(key="out:1").update(failure=failure, detail=detail)
    page = unescape(bob.get(f"/c/{maria.id}").content.decode())
    assert f'<p class="under because">{says}</p>' in page


def test_every_failure_has_its_words() -> None:
    assert set(get_args(Failure)) <= WHY_NOT.keys()
    assert english_in(*WHY_NOT.values()) == []


def test_whoever_goes_on_with_a_lead_is_not_called_the_owner_of_the_business(
    maria: models.Conversation, alice: Client
) -> None:
    """«Dueño: Nadie todavía» stood beside a conversation."""
    talk, people = (unescape(alice.get(each).content.decode()) for each in (f"/c/{maria.id}", "/people"))
    assert ["<dt>Responsable</dt>" in talk, "<dt>Dueño</dt>" in talk, ">Dueño<" in people] == [True, False, True]
