"""What was due and is over is told in the past: in Spanish "vence ayer" is no sentence."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.console.conftest import NOW

from answerback.store import models


@pytest.mark.parametrize(
    ("language", "past", "to_come"), [("en", "was due yesterday", "due in 2 h"), ("es", "venció ayer", "vence en 2 h")]
)
def test_what_is_over_was_due_and_what_comes_is_due(
    shop: Any, alice: Client, language: str, past: str, to_come: str
) -> None:
    models.User.objects.update(language=language)
    conversation = shop.conversation(131)
    late, soon = shop.todo(conversation), shop.todo(shop.conversation(132), urgent=True)
    models.Todo.objects.filter(id=late.id).update(due_at=NOW - timedelta(days=1))
    models.Todo.objects.filter(id=soon.id).update(due_at=NOW + timedelta(hours=2))
    models.Lead.objects.update(own_step="Call", own_step_at=NOW - timedelta(days=1))
    today, todos, talk = (_words(alice.get(where)) for where in ("/", "/todos", f"/c/{conversation.id}"))
    assert [each.count(past) for each in (today, todos, talk)] == [1, 1, 2]
    assert [to_come in each for each in (today, todos)] == [True, True]


def _words(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page.content.decode()))
