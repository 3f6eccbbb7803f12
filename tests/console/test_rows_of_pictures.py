"""A row of the inbox says what came, where the last text has no words."""

from typing import Any

import pytest
from django.test import Client

from answerback.engine.events import TextReceived
from answerback.store import models


def words(client: Client) -> str:
    (line,) = client.get("/inbox?tab=all").context["lines"]
    return str(line.words)


def brought(shop: Any, talk: models.Conversation, now: Any, kind: str, **by: Any) -> None:
    models.Attachment.objects.create(
        business=shop.business, conversation=talk, kind=kind, state="kept", created_at=now, **by
    )


@pytest.mark.parametrize(("kind", "said"), [("picture", "A picture"), ("recording", "A recording")])
def test_what_a_customer_sent_without_a_word_is_named(shop: Any, alice: Client, now: Any, kind: str, said: str) -> None:
    """It stood there as *No texts yet*."""
    talk = shop.conversation(1)
    shop.event(talk, TextReceived(at=now, text="", media=("https://example.com/1",), line=shop.line.number))
    event = models.Event.objects.get(kind="TextReceived")
    shop.text(talk, f"in:{event.id}", "customer", "", "received")
    brought(shop, talk, now, kind, event=event)
    assert words(alice) == said


def test_our_own_picture_too_and_of_older_texts_that_there_were_words(shop: Any, alice: Client, now: Any) -> None:
    talk = shop.conversation(1)
    sent = shop.text(talk, "s1", "staff", "", "sent")
    assert words(alice) == "A text without words"  # its words are kept no longer
    brought(shop, talk, now, "picture", message=sent)
    assert words(alice) == "A picture"
    shop.text(talk, "s2", "staff", "Is it this one?", "sent")
    assert words(alice) == "Is it this one?"
