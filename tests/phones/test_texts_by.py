"""A line whose texts leave by another line: the switchboard sees the call, the carrier's number texts."""

from collections.abc import Callable
from typing import Any

import pytest

from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import setup

ANN = "+15125550131"
SWITCHBOARD = {"lines": "+15125550177", "post_token": "post-token"}


def test_missed_call_at_the_switchboard_is_texted_by_the_other_line(world: World, beside: Callable[..., Any]) -> None:
    office = beside("asterisk", **SWITCHBOARD)
    assert office.posts(office.hooks().missed(caller=ANN, line="+15125550177", now=world.now)) == 204
    world.run(minutes=2)
    (text,) = world.texts_to(ANN)
    assert text.sender == world.shop.lines[0]
    message = models.Message.objects.get(to=ANN)
    assert (message.line.number, message.connection_id) == (world.shop.lines[0], world.shop.connection)
    assert world.lead(ANN) is not None
    world.text(ANN, "water heater leaking slowly")
    world.run(minutes=1)
    assert [seen.sender for seen in world.texts_to(ANN)] == [world.shop.lines[0]] * 2
    assert models.Conversation.objects.filter(contact__number=ANN).count() == 1
    assert world.broken_promises() == ()


def test_taken_call_at_the_switchboard_is_texted_by_nobody(world: World, beside: Callable[..., Any]) -> None:
    office = beside("asterisk", **SWITCHBOARD)
    assert office.posts(office.hooks().answered(caller=ANN, line="+15125550177", now=world.now)) == 204
    world.run(minutes=2)
    assert world.texts_to(ANN) == ()


def test_line_that_cannot_text_and_has_no_other_makes_a_todo(world: World, beside: Callable[..., Any]) -> None:
    office = beside("asterisk", texts=False, **SWITCHBOARD)
    assert office.posts(office.hooks().missed(caller=ANN, line="+15125550177", now=world.now)) == 204
    world.run(minutes=2)
    assert world.texts_to(ANN) == ()
    assert len(world.todos(ANN)) >= 1


def test_emergency_at_the_switchboard_wakes_people_by_the_other_line(world: World, beside: Callable[..., Any]) -> None:
    office = beside("asterisk", **SWITCHBOARD)
    for _ in range(3):
        office.posts(office.hooks().missed(caller=ANN, line="+15125550177", now=world.now))
        world.run(minutes=2)
    texts = models.Message.objects.exclude(author="customer").values_list("line__number", flat=True)
    assert set(texts) == {world.shop.lines[0]}


def test_texts_leave_only_by_a_line_of_the_same_business_that_sends(world: World, beside: Callable[..., Any]) -> None:
    office = beside("asterisk", **SWITCHBOARD)
    own = models.Line.objects.get(number=world.shop.lines[0])
    with pytest.raises(ValueError, match="sends the texts of another"):
        setup.let_texts_leave_by(own.id, office.line.id)
    with pytest.raises(ValueError, match="does not send texts itself"):
        setup.add_line(world.shop.business, office.connection.id, "+15125550178", "x", texts_by=office.line.id)
    with pytest.raises(ValueError, match="same business"):
        setup.let_texts_leave_by(office.line.id, 10**9)
    setup.let_texts_leave_by(office.line.id, None)
    assert models.Line.objects.get(id=office.line.id).texts_by_id is None


def test_line_that_sends_for_another_counts_with_its_own_right_to_text(
    world: World, beside: Callable[..., Any]
) -> None:
    office = beside("asterisk", **SWITCHBOARD)
    world.set_line(sender_state="pending")
    office.posts(office.hooks().missed(caller=ANN, line="+15125550177", now=world.now))
    world.run(minutes=2)
    assert world.texts_to(ANN) == ()
    assert [todo.title for todo in world.todos(ANN)] == ["Missed call, and this line may not text yet: call them"]
    assert models.Message.objects.count() == 0


def test_carrier_that_refuses_the_sending_line_pauses_it_for_every_line_it_sends_for(
    world: World, beside: Callable[..., Any]
) -> None:
    office = beside("asterisk", **SWITCHBOARD)
    world.provider.refuse(failure="sender_unregistered")
    office.posts(office.hooks().missed(caller=ANN, line="+15125550177", now=world.now))
    world.run(minutes=2)
    bea = "+15125550132"
    world.call(bea, ring=20, outcome="no-answer")
    world.run(minutes=2)
    assert world.texts_to(bea) == ()
    assert models.Message.objects.filter(to=bea).count() == 0


@pytest.mark.parametrize(
    ("provider", "settings"),
    [
        ("aircall", {"api_id": "i", "api_token": "t", "webhook_token": "w"}),
        ("quo", {"api_key": "k", "webhook_secret": "whsec_c2VjcmV0"}),
    ],
)
def test_reports_on_other_numbers_of_the_account_are_put_aside_and_answered_well(
    world: World, beside: Callable[..., Any], provider: str, settings: dict[str, str]
) -> None:
    """A provider that is answered 404 switches the webhook off."""
    office = beside(provider, **settings)
    assert office.posts(office.hooks().missed(caller=ANN, line="+15125559999", now=world.now)) == 204
    assert models.Event.objects.filter(kind="CallEnded").count() == 0
    assert office.posts(office.hooks().missed(caller=ANN, line="+15125550177", now=world.now)) == 204
    assert models.Event.objects.filter(kind="CallEnded").count() == 1
