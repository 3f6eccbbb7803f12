"""What one colleague does shows in another's lists at the next look: within the same minute, whatever else is newer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.console.conftest import NOW

from answerback.store import models
from answerback.store.queries import news
from answerback.workflow import address_book, calendar_desk, clock, desk, handling, revenue, undoing
from answerback.workflow.actors import Actor
from answerback.workflow.handling import Plan

Act = Callable[[models.Conversation, Actor], Any]


def _plan(talk: models.Conversation, actor: Actor) -> Any:
    return handling.plan_lead(talk.id, actor, Plan(owner=actor.member, step="Call the supplier", cents=90000))


def _mark(talk: models.Conversation, actor: Actor) -> Any:
    return desk.mark_outcome(talk.id, actor, "lost")


def _unmark(talk: models.Conversation, actor: Actor) -> Any:
    undoing.undo(desk.mark_outcome(talk.id, actor, "lost"), actor)


def _sold(talk: models.Conversation, actor: Actor) -> Any:
    return desk.mark_outcome(talk.id, actor, "won", money=revenue.Money(cents=45000))


def _assign(talk: models.Conversation, actor: Actor) -> Any:
    return handling.assign(talk.id, actor, actor.member)


def _aside(talk: models.Conversation, actor: Actor) -> Any:
    return handling.snooze(talk.id, actor, NOW + timedelta(days=1))


def _close(talk: models.Conversation, actor: Actor) -> Any:
    return desk.close_todo(models.Todo.objects.get(conversation=talk).id, actor, "dismissed")


def _take(talk: models.Conversation, actor: Actor) -> Any:
    """One page is taken while another begins: as many are open as before."""
    other = models.Conversation.objects.exclude(id=talk.id).order_by("id").first()
    desk.take_page(models.Page.objects.get(conversation=talk).id, actor)
    models.Page.objects.create(
        business=talk.business, conversation=other, key="urgent", reason="urgent", summary="Gas", opened_at=NOW,
        next_at=NOW,
    )  # fmt: skip


def _give_up(talk: models.Conversation, _actor: Actor) -> Any:
    calendar_desk.give_up(models.Appointment.objects.get(conversation=talk).id)


def _name(talk: models.Conversation, _actor: Actor) -> Any:
    return address_book.set_name(talk.contact_id, "Maria Lopez", "")


def _contacted(talk: models.Conversation, _actor: Actor) -> Any:
    """As the outbox does it once the first text has left."""
    models.Lead.objects.filter(conversation=talk).update(status="contacted", updated_at=NOW)


def _finding(talk: models.Conversation, _actor: Actor) -> Any:
    models.LineFinding.objects.create(
        business=talk.business, line=talk.line, name="forwarding", level="red", says="No calls arrive.", fix="Dial *71",
        since=NOW, checked_at=NOW,
    )  # fmt: skip


@pytest.fixture
def talk(shop: Any, now: Any) -> models.Conversation:
    """One of everything, an hour old; a provider whose clock is ahead has just told of somebody else."""
    talk = shop.conversation(131, name="Maria", status="new", at=NOW - timedelta(hours=1))
    shop.text(talk, "t1", "machine", "Sorry we missed you", "sent", NOW - timedelta(hours=1))
    shop.todo(talk)
    shop.page(talk)
    shop.conversation(132, at=NOW + timedelta(seconds=40))
    day = (NOW + timedelta(days=1), NOW + timedelta(days=1, hours=1))
    models.Appointment.objects.create(
        business=shop.business, member=models.Member.objects.get(name="Alice"), conversation=talk, contact=talk.contact,
        during=day, blocked=day, service="drain", status="booked", name="Maria", created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    return talk  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "done",
    [_plan, _mark, _unmark, _sold, _assign, _aside, _close, _take, _give_up, _name, _contacted, _finding],
)
def test_colleagues_lists_come_anew_after(done: Act, talk: models.Conversation, alice: Client) -> None:
    reader = models.Member.objects.get(name="Alice").id
    before = news.version(talk.business_id, reader, NOW)
    assert alice.get(f"/leads/live?v={before}").status_code == 204
    bob = models.Member.objects.get(name="Bob")
    with clock.using(lambda: NOW + timedelta(seconds=1)):
        done(talk, Actor(member=bob.id, name=bob.name))
    assert news.version(talk.business_id, reader, NOW) != before
    assert alice.get(f"/leads/live?v={before}").status_code == 200


def test_a_receipt_for_what_arrived_brings_no_list_anew(talk: models.Conversation) -> None:
    reader = models.Member.objects.get(name="Alice").id
    before = news.version(talk.business_id, reader, NOW)
    models.Message.objects.filter(conversation=talk).update(status="delivered")
    assert news.version(talk.business_id, reader, NOW) == before


def test_a_draft_brings_the_readers_own_lists_anew_as_it_begins_and_as_it_goes(
    talk: models.Conversation, alice: Client, bob: Client
) -> None:
    """The list said "Draft:" late, and hid what the customer said last behind a draft that was gone."""
    before = {who: who.get("/inbox?tab=all").context["version"] for who in (alice, bob)}
    alice.post(f"/c/{talk.id}/here", {"body": "I will be", "tab": "a"})
    begun = alice.get(f"/inbox/live?tab=all&v={before[alice]}")
    assert (begun.status_code, begun.content.count(b"I will be")) == (200, 1)
    assert bob.get(f"/inbox/live?tab=all&v={before[bob]}").status_code == 204
    alice.post(f"/c/{talk.id}/here", {"body": "", "tab": "a"})
    gone = alice.get(f"/inbox/live?tab=all&v={begun.context['version']}")
    assert (gone.status_code, gone.content.count(b"I will be")) == (200, 0)


def test_a_draft_is_not_said_to_be_undelivered(shop: Any, alice: Client) -> None:
    """It read "Not delivered: Draft: I will be"."""
    talk = shop.conversation(133)
    shop.text(talk, "staff:1", "staff", "Are you there?", "undelivered")
    assert alice.get("/inbox?tab=all").content.count(b"Not delivered:") == 1
    alice.post(f"/c/{talk.id}/here", {"body": "I will be", "tab": "a"})
    page = alice.get("/inbox?tab=all").content
    assert (page.count(b"Draft:"), page.count(b"Not delivered:")) == (1, 0)
