"""What must not happen is forbidden by the database itself, whoever writes."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import contacts
from answerback.workflow import transaction as ours

ANN = "+15125550131"


def write(world: World, **changed: Any) -> models.Message:
    """A first text of the conversation with Ann."""
    talk = models.Conversation.objects.get()
    fields: dict[str, Any] = {
        "business": talk.business,
        "conversation": talk,
        "contact": talk.contact,
        "line": talk.line,
        "author": "machine",
        "to": ANN,
        "key": "first_text:9",
        "purpose": "first_text",
        "text_class": "first_reply",
        "body": "Hello",
        "status": "queued",
        "due_at": world.now,
        "stale_at": world.now + timedelta(minutes=15),
        "cooldown_until": world.now + timedelta(hours=24),
        "created_at": world.now,
    }
    return models.Message.objects.create(**{**fields, **changed})


def forbidden(act: Any) -> str:
    """The name of the constraint that forbade it."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    return str(caught.value.__cause__.diag.constraint_name)


def stopped(world: World) -> None:
    talk = models.Conversation.objects.get()
    ours.run(lambda cursor: contacts.suppress(cursor, talk.business_id, ANN, "said stop", world.now))


def test_second_first_text_in_the_cooldown(world: World) -> None:
    world.call(ANN)
    world.run(minutes=1)
    assert forbidden(lambda: write(world)) == "one_first_text_per_contact_in_cooldown"
    later = world.now + timedelta(hours=25)
    write(world, created_at=later, cooldown_until=later + timedelta(hours=24))


def test_same_text_written_twice(world: World) -> None:
    world.call(ANN)
    world.run(minutes=1)
    assert (
        forbidden(lambda: write(world, key="first_text:0", purpose="ask", cooldown_until=None))
        == "a_text_is_written_once"
    )


@pytest.mark.parametrize(
    ("author", "text_class", "allowed"),
    [
        ("machine", "reply", False),
        ("staff", "reply", False),
        ("machine", "follow_up", False),
        ("machine", "opt_out_confirmation", True),
        ("page", "staff_alert", True),
    ],
)
def test_text_taken_in_hand_after_stop(world: World, author: str, text_class: str, allowed: bool) -> None:
    world.text(ANN, "hello")
    text = write(world, author=author, text_class=text_class, purpose="ask", cooldown_until=None)
    stopped(world)
    sending = models.Message.objects.filter(id=text.id)
    if allowed:
        assert sending.update(status="sending") == 1
    else:
        assert forbidden(lambda: sending.update(status="sending")) == "no_text_after_stop"


def test_stop_counts_once_and_stands_until_start(world: World) -> None:
    world.text(ANN, "STOP")
    stopped(world)
    world.text(ANN, "START")
    world.text(ANN, "STOP")
    assert [row.lifted_at is None for row in models.Suppression.objects.order_by("id")] == [False, True]


def test_second_open_conversation_with_the_same_person(world: World) -> None:
    world.text(ANN, "hello")
    talk = models.Conversation.objects.get()
    again = models.Conversation(
        business=talk.business,
        contact=talk.contact,
        line=talk.line,
        playbook=talk.playbook,
        opened_at=world.now,
        last_at=world.now,
    )
    assert forbidden(again.save) == "one_open_conversation_per_business_and_contact"


def test_reasons_and_published_playbooks_are_never_edited(world: World) -> None:
    world.call(ANN)
    world.run(minutes=1)
    for rows in (models.Decision.objects, models.PlaybookVersion.objects):
        with pytest.raises(IntegrityError, match="never edited"):
            rows.update(**{"why": "because"} if rows.model is models.Decision else {"source": ""})


def test_every_change_of_a_business_raises_its_revision(world: World) -> None:
    def revision() -> int:
        return models.Business.objects.get().revision

    seen = [revision()]
    for change in (
        lambda: models.Business.objects.update(settings={"texts_per_day": 4}),
        lambda: models.Line.objects.update(source="Van"),
        lambda: models.Member.objects.filter(name="Dana").update(phone="+15125550199"),
        lambda: models.Business.objects.update(blocked=[ANN]),
    ):
        change()
        seen.append(revision())
    assert seen == sorted(set(seen))
    models.Line.objects.update(sent_today=3)
    assert revision() == seen[-1]
