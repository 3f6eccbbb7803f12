"""What is over asks nobody for anything: said at once, before the machine has had its turn."""

import re
from typing import Any

import pytest
from django.test import Client

from answerback.store import models


def _asked(shop: Any, conversation: models.Conversation, now: Any, **given: str) -> models.Todo:
    made: models.Todo = models.Todo.objects.create(
        business=shop.business, conversation=conversation, due_at=now, opened_at=now, **given
    )
    return made


@pytest.mark.parametrize("status", ["won", "lost", "not_served"])
def test_nothing_is_to_do_once_it_is_over_and_undo_asks_again(shop: Any, now: Any, bob: Client, status: str) -> None:
    """The page that says "Marked" said "2 to do, details" too, and one of them stayed for ever."""
    maria = shop.conversation(131, name="Maria")
    shop.todo(maria)
    _asked(shop, maria, now, key="question", kind="review", title="The customer asked a question: please answer it")
    other = shop.todo(shop.conversation(132))
    assert "2 to do, details" in bob.get(f"/c/{maria.id}").content.decode()
    page = bob.post(f"/c/{maria.id}/mark", {"status": status, "reason": "price"}, follow=True)
    assert ("to do, details" in page.content.decode(), "Details" in page.content.decode()) == (False, True)
    closed = models.Todo.objects.filter(closed_at=now).values_list("conversation_id", "outcome")
    assert list(closed) == [(maria.id, "done")] * 2
    assert models.Todo.objects.get(id=other.id).closed_at is None
    token = re.search(r'name="undo" value="([^"]+)"', page.content.decode())
    assert token is not None
    bob.post("/undo", {"undo": token[1]})
    assert models.Todo.objects.filter(conversation=maria, closed_at__isnull=True).count() == 2


def test_a_deposit_is_collected_of_what_is_won(shop: Any, now: Any, bob: Client) -> None:
    maria = shop.conversation(131, name="Maria")
    deposit = _asked(shop, maria, now, key="deposit", kind="review", title="Collect the deposit of $50")
    bob.post(f"/c/{maria.id}/mark", {"status": "won"})
    assert models.Todo.objects.get(id=deposit.id).closed_at is None
    bob.post(f"/c/{maria.id}/mark", {"status": "lost", "reason": "price"})
    assert models.Todo.objects.get(id=deposit.id).closed_at == now


def test_an_answer_settles_the_todo_that_asked_for_it_and_undo_asks_again(shop: Any, now: Any, bob: Client) -> None:
    """Today's one act for it is Answer: it stood there as before after the answer."""
    maria = shop.conversation(131, name="Maria")
    shop.text(maria, "in:1", "customer", "Do you fix pools?", "received")
    asked = _asked(shop, maria, now, key="question", kind="review", title="The customer asked a question")
    for key, kind in (("deposit", "review"), ("callback", "callback")):
        _asked(shop, maria, now, key=key, kind=kind, title="Something else")
    page = bob.post(f"/c/{maria.id}/reply", {"body": "Yes, pools too."}, follow=True).content.decode()
    still = models.Todo.objects.filter(conversation=maria, closed_at=None).order_by("id")
    assert [each.key for each in still] == ["deposit", "callback"]
    asked.refresh_from_db()
    assert (asked.outcome, asked.closed_by.name) == ("done", "Bob")
    token = re.search(r'name="undo" value="([^"]+)"', page)
    assert token is not None
    bob.post("/undo", {"undo": token[1]})
    assert [each.key for each in still.all()] == ["question", "deposit", "callback"]
    assert models.Message.objects.get(author="staff").status == "withdrawn"
