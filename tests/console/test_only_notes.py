"""Where nobody can be texted the box says what can be written: a note, for one's own people."""

import re
from typing import Any

import pytest
from django.test import Client

from answerback.store import models

NOTE = "Write a note: only your people see it"


def _box(client: Client, id: int) -> tuple[str, str]:
    page = client.get(f"/c/{id}").content.decode()
    label = re.search(r'<label class="unseen" for="body">([^<]+)</label>', page)
    placeholder = re.search(r'<textarea id="body"[^>]* placeholder="([^"]+)"', page)
    assert label is not None
    assert placeholder is not None
    return label[1], placeholder[1]


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("+15125550131", ("Text Maria", "Reply as Bob")),
        ("staff", ("Text Our own people", "Reply as Bob")),
        ("withheld", ("A note about Maria", NOTE)),
        ("erased 77", ("A note about Maria", NOTE)),
    ],
)
def test_a_hidden_number_is_not_replied_to(shop: Any, bob: Client, number: str, says: tuple[str, str]) -> None:
    """The box said "Reply as Bob" and had no button that would."""
    talk = shop.conversation(131, name="Maria")
    models.Contact.objects.update(number=number)
    assert _box(bob, talk.id) == says


def test_who_said_stop_is_written_a_note_about(shop: Any, bob: Client) -> None:
    talk = shop.conversation(131, name="Maria")
    bob.post(f"/c/{talk.id}/stop")
    assert _box(bob, talk.id) == ("A note about Maria", NOTE)
