"""Of two numbers that are one person's a stop counts for both, and no page waits for a reply at either."""

from datetime import timedelta
from typing import Any

from django.test import Client

from answerback.store import models
from answerback.workflow import address_book
from answerback.workflow.actors import Actor

WAITS = "Waiting for a reply to the first text"
DECIDES = "A person decides whether to call"


def test_the_other_number_of_who_said_stop_is_not_waited_for(shop: Any, alice: Client, now: Any) -> None:
    """The conversation of the merged number went on saying that it waits, and what goes out to it next."""
    first, other = shop.conversation(131), shop.conversation(132)
    tomorrow = now + timedelta(hours=14)
    models.Lead.objects.update(next_step=WAITS, next_step_at=tomorrow)
    shop.text(other, "t1", "machine", "Sorry we missed you", "queued", at=tomorrow)
    address_book.merge(first.contact_id, other.contact_id, Actor(member=None, name="Alice"))

    def said() -> list[tuple[bool, ...]]:
        pages = [f"/c/{other.id}", "/leads?as=list", "/leads"]
        found = [alice.get(page).content.decode() for page in pages]
        return [tuple(words in page for words in (WAITS, DECIDES, "Goes out next")) for page in found]

    assert said() == [(True, False, True), (True, False, False), (True, False, False)]
    alice.post(f"/c/{first.id}/stop")
    assert said() == [(False, True, False), (False, True, False), (False, True, False)]
    models.Suppression.objects.update(lifted_at=now, lifted_by="START")
    assert said()[0] == (True, False, True)
