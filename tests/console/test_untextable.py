"""Why no text reaches a number, in the language of whoever reads it."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from answerback.console.retold import retold
from answerback.engine.failures import _UNTEXTABLE
from answerback.engine.guards import CANNOT_TEXT
from answerback.store import models


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("wrong number", "Los mensajes no llegan a este número: número equivocado."),
        ("landline", "Los mensajes no llegan a este número: teléfono fijo."),
    ],
)
def test_why_no_text_reaches_a_number_is_said_in_spanish(shop: Any, bob: Client, why: str, said: str) -> None:
    """ "no llegan a este número: wrong number"."""
    talk = shop.conversation(131)
    models.Contact.objects.update(untextable=why)
    models.User.objects.update(language="es")
    assert said in bob.get(f"/c/{talk.id}").content.decode()


def test_every_reason_there_is_has_spanish_words() -> None:
    """The most frequent one, a landline, had none."""
    reasons = {*CANNOT_TEXT.values(), *_UNTEXTABLE.values(), "wrong number"}
    with translation.override("es"):
        assert {each for each in reasons if retold(each) == each} == set()
