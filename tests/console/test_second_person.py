"""Two people at one conversation: the second is told who has it, and is connected by phone only where that can be."""

from typing import Any

import pytest
from django.test import Client

from answerback.store import models


@pytest.fixture
def maria(shop: Any) -> models.Conversation:
    found: models.Conversation = shop.conversation(131, name="Maria", phase="human")
    return found


def _texts(maria: models.Conversation) -> list[str]:
    return list(maria.messages.filter(author="staff").order_by("id").values_list("body", flat=True))


def test_a_second_person_confirms_before_replying(maria: models.Conversation, alice: Client, bob: Client) -> None:
    assert alice.post(f"/c/{maria.id}/reply", {"body": "I am on it"}).status_code == 302
    maria.refresh_from_db()
    holder = maria.held_by
    page = bob.post(f"/c/{maria.id}/reply", {"body": "So am I"})
    shown = page.content.decode()
    assert (page.status_code, _texts(maria)) == (409, ["I am on it"])
    assert holder is not None
    assert f"{holder.name} has this conversation" in shown
    assert "So am I</textarea>" in shown
    assert f'name="sure" value="{holder.id}"' in shown
    assert bob.post(f"/c/{maria.id}/reply", {"body": "So am I", "sure": str(holder.id)}).status_code == 302
    maria.refresh_from_db()
    assert (_texts(maria), maria.held_by == holder) == (["I am on it", "So am I"], False)


def test_who_confirmed_is_asked_again_where_another_has_it_by_then(
    maria: models.Conversation, alice: Client, bob: Client, shop: Any
) -> None:
    """Told that Alice had it, Bob's text went out in Sam's place, to whom it was handed over in that second."""
    alice.post(f"/c/{maria.id}/reply", {"body": "I am on it"})
    first = models.Conversation.objects.get(id=maria.id).held_by_id
    shop.member("Sam", "desk")
    sam = models.Member.objects.get(business=shop.business, name="Sam")
    models.Conversation.objects.filter(id=maria.id).update(held_by=sam)
    for sure in (str(first), "yes"):
        page = bob.post(f"/c/{maria.id}/reply", {"body": "So am I", "sure": sure})
        assert (page.status_code, _texts(maria)) == (409, ["I am on it"])
        assert "Sam has this conversation. Send it only if" in page.content.decode()
        assert f'name="sure" value="{sam.id}"' in page.content.decode()
    assert bob.post(f"/c/{maria.id}/reply", {"body": "So am I", "sure": str(sam.id)}).status_code == 302
    assert _texts(maria) == ["I am on it", "So am I"]


def test_a_text_that_nobody_has_the_conversation_for_any_more_needs_no_word(
    maria: models.Conversation, alice: Client, bob: Client
) -> None:
    alice.post(f"/c/{maria.id}/reply", {"body": "I am on it"})
    first = models.Conversation.objects.get(id=maria.id).held_by_id
    models.Conversation.objects.filter(id=maria.id).update(held_by=None)
    assert bob.post(f"/c/{maria.id}/reply", {"body": "So am I", "sure": str(first)}).status_code == 302


def test_connecting_rings_the_member_over_the_line_of_the_conversation(
    maria: models.Conversation, bob: Client, shop: Any
) -> None:
    assert 'id="connect"' not in bob.get(f"/c/{maria.id}").content.decode()
    page = bob.post(f"/c/{maria.id}/connect", follow=True)
    assert "You have no phone number here" in page.content.decode()
    models.Member.objects.filter(business=maria.business).update(phone="+15125550191", confirmed="+15125550191")
    assert 'id="connect"' in bob.get(f"/c/{maria.id}").content.decode()
    bob.post(f"/c/{maria.id}/connect")
    (call,) = models.OurCall.objects.all()
    assert (call.stage, call.to, call.customer, call.line) == (
        "bridge",
        "+15125550191",
        maria.contact.number,
        maria.line,
    )
