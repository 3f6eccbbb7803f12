"""The audit log says of a look at a CRM's example what was seen, in its own words, in both languages."""

from typing import Any

import pytest
from django.test import Client
from tests.console.test_stale_pages import _filled, connected, mona

from answerback.store import models

__all__ = ["connected", "mona"]


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", ("Saw in an example what is copied to a CRM", "Saw what customers said")),
        ("es", ("Vio en un ejemplo lo que se copia a un CRM", "Vio lo que dijeron los clientes")),
    ],
)
def test_a_look_at_it_is_no_conversation(
    shop: Any, connected: dict[str, int], alice: Client, language: str, says: tuple[str, str]
) -> None:
    """It said "Saw a conversation: Crm fields"."""
    shop.conversation(131, name="Maria Lopez")
    models.User.objects.filter(email="alice@example.com").update(language=language)
    assert alice.get("/crm/fields").status_code == 200
    page = alice.get("/history")
    assert [(each.says, each.icon) for each in page.context["entries"]] == [(says[0], "eye")]
    assert f">{says[1]}</option>" in page.content.decode()


def test_a_preview_changes_nothing_and_is_written_down_as_a_look(
    shop: Any, connected: dict[str, int], alice: Client
) -> None:
    """It said "Changed what is copied to the CRM"."""
    shop.conversation(131, name="Maria Lopez")
    assert alice.post("/crm/fields", _filled(alice.get("/crm/fields"), "/crm/fields")).status_code == 200
    said = [(each.says, each.icon) for each in alice.get("/history").context["entries"]]
    assert said == [("Saw in an example what is copied to a CRM", "eye")]
