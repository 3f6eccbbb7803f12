"""What the check of a playbook found is told in the language of whoever edits it, with a way to the form it is in."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from answerback.console.playbooks import plain
from answerback.console.retold import retold
from answerback.store import models
from answerback.store.playbook_file import pack
from answerback.store.playbook_keys import KEYS
from answerback.workflow import drafts


def _greeted(shop: Any, english: str, spanish: str) -> None:
    """A draft in which the first text of the lunch hour is this."""
    draft, playbook = drafts.of(shop.business.id), pack("plumbing")
    greet = {**playbook.greet, "lunch": {"en": (english,), "es": (spanish,)}}
    member = models.Member.objects.get(name="Alice").id
    drafts.change(shop.business.id, replace(playbook, greet=greet), seen=draft.revision, member=member)


def test_the_check_speaks_spanish_and_leads_to_the_form(shop: Any, alice: Client) -> None:
    models.User.objects.update(language="es")
    _greeted(shop, "Lunch, what do you need? Reply STOP to opt out", "¿Qué necesita? Responda STOP para salir")
    page = alice.get("/playbooks").content.decode()
    assert page.count("Un primer mensaje tiene que decir quién escribe.") == 2
    assert "Póngale {business}." in page
    assert '<a href="/playbooks/edit/greet">Primeros mensajes › En la pausa del almuerzo › Español</a>' in page
    assert '<li class="business" lang="es">¿Qué necesita? Responda STOP para salir</li>' in page
    assert '<li class="customer" lang="es">¿quién es?</li>' in page
    assert '<li class="customer" lang="en">who is this?</li>' in page


def test_a_file_that_cannot_be_read_says_in_spanish_where_and_what(shop: Any, alice: Client) -> None:
    models.User.objects.update(language="es")
    page = alice.post("/reports/replay", {"playbook": "answerback: 1\ngreet: {lunch: {en: Hi}}\npeeple: 1"})
    with translation.override("es"):
        trade = retold(KEYS["Playbook"]["industry"])
    assert [each for each in page.context["problem"].splitlines() if "peeple" in each or "industry" in each] == [
        f"Línea 1: Falta la clave `industry`. Agréguela. {trade}",
        "Línea 3: Aquí no hay una clave `peeple`. ¿Quiso decir `people`?",
    ]


def test_a_field_of_a_form_is_named_as_the_form_names_it(shop: Any, alice: Client) -> None:
    models.User.objects.update(language="es")
    page = alice.post("/playbooks/edit/triggers/save", {"seen": "0", "triggers.hold_seconds": "x"})
    assert page.context["problem"].startswith("Disparadores › Segundos antes del primer mensaje:")


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_help_of_a_field_says_more_than_its_name(language: str) -> None:
    with translation.override(language):
        fields = [
            (key, plain.label(key), plain.helps(key, says)) for about in KEYS.values() for key, says in about.items()
        ]
        assert [key for key, label, helps in fields if helps.rstrip(".").casefold() == label.casefold()] == []
