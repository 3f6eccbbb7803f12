"""A stop, a wrong number or money that somebody entered by mistake is taken back; what the customer said stands."""

from typing import Any

import pytest
from tests.workflow.members import member

from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import desk, mistakes, revenue, undoing
from answerback.workflow.actors import NotAllowed

MARIA = "+15125550131"


@pytest.fixture
def talk(world: World) -> models.Conversation:
    """Maria has been asked something, and a nudge is planned."""
    world.call(MARIA)
    world.run(minutes=1)
    world.text(MARIA, "my sink is clogged")
    world.run(minutes=1)
    found = world.conversation(MARIA)
    assert found is not None
    return found


def stands(world: World) -> dict[str, Any]:
    talk, lead = world.conversation(MARIA), world.lead(MARIA)
    assert talk is not None
    assert lead is not None
    return {
        "phase": talk.phase,
        "asked": (talk.state or {}).get("asked"),
        "ended": ((talk.state or {}).get("ended"), talk.ended_at),
        "wakes": talk.wake_at,
        "lead": lead.status,
        "consent": world.consent(MARIA),
        "untextable": talk.contact.untextable or "",
        "stopped": world.is_stopped(MARIA),
        "to-dos": sorted(todo.key for todo in world.todos(MARIA)),
    }


@pytest.mark.parametrize("turn", [True, False])
def test_a_stop_entered_by_mistake_is_lifted_and_all_goes_on(
    world: World, talk: models.Conversation, turn: bool
) -> None:
    before, texts = stands(world), len(world.texts_to(MARIA))
    undo = mistakes.told_to_stop(talk.id, member())
    assert undo is not None
    if turn:
        world.run(seconds=2)
        assert (world.consent(MARIA), world.is_stopped(MARIA)) == ("revoked_all", True)
    undoing.undo(undo, member())
    world.run(seconds=2)
    assert stands(world) == before
    kept = models.Suppression.objects.get()
    assert (kept.evidence, kept.lifted_by) == ("Luis was told so", "Luis: entered by mistake")
    world.run(hours=3)
    assert len(world.texts_to(MARIA)) == texts + 1
    assert world.broken_promises() == ()


@pytest.mark.parametrize("words", ["STOP", "please stop texting me"])
def test_a_stop_the_customer_sent_is_never_lifted(world: World, talk: models.Conversation, words: str) -> None:
    undo = mistakes.told_to_stop(talk.id, member())
    assert undo is not None
    world.run(seconds=2)
    world.text(MARIA, words)
    world.run(minutes=1)
    with pytest.raises(NotAllowed, match="said stop themselves"):
        undoing.undo(undo, member())
    assert world.is_stopped(MARIA)
    assert mistakes.told_to_stop(talk.id, member()) is None


def test_a_stop_that_came_in_the_same_moment_stands(world: World, talk: models.Conversation) -> None:
    undo = mistakes.told_to_stop(talk.id, member())
    assert undo is not None
    world.run(seconds=2)
    undoing.undo(undo, member())
    world.text(MARIA, "STOP")
    world.run(minutes=1)
    assert (world.is_stopped(MARIA), world.consent(MARIA)) == (True, "revoked_all")


def test_a_wrong_number_was_the_right_one(world: World, talk: models.Conversation) -> None:
    desk.mark_outcome(talk.id, member(), "qualified")
    world.text(MARIA, "please call me")
    world.run(minutes=1)
    before = stands(world)
    (todo,) = [each for each in world.todos(MARIA) if each.kind == "callback"]
    undo = desk.close_todo(todo.id, member(), "wrong_number")
    assert undo is not None
    world.run(seconds=2)
    told = stands(world)
    assert (told["phase"], told["lead"], told["untextable"], told["to-dos"]) == ("closed", "lost", "wrong number", [])
    undoing.undo(undo, member())
    world.run(seconds=2)
    assert stands(world) == before


def test_money_taken_back_by_mistake_stands_again(world: World, talk: models.Conversation) -> None:
    desk.mark_outcome(talk.id, member(), "won", "paid", desk.Money(cents=48000, job="77"))
    (first,) = models.RevenueEntry.objects.all()
    undo = revenue.take_back(first.id, member())
    undoing.undo(undo, member())
    rows = list(models.RevenueEntry.objects.order_by("id").values_list("cents", "job", "at", "instead_of_id"))
    assert rows[::2] == [(48000, "77", first.at, None), (48000, "77", first.at, first.id)]
    assert sum(row[0] for row in rows) == 48000
    with pytest.raises(NotAllowed, match="stands in the ledger already"):
        undoing.undo(undo, member())
    last = models.RevenueEntry.objects.latest("id")
    undoing.undo(revenue.refund(last.id, member(), 8000, "a part"), member())
    assert sum(models.RevenueEntry.objects.values_list("cents", flat=True)) == 48000
    assert models.RevenueEntry.objects.latest("id").cents == 48000


def test_money_that_was_entered_again_meanwhile_is_not_counted_twice(world: World, talk: models.Conversation) -> None:
    desk.mark_outcome(talk.id, member(), "won", "paid", desk.Money(cents=48000))
    undo = revenue.take_back(models.RevenueEntry.objects.get().id, member())
    desk.mark_outcome(talk.id, member(), "won", "paid", desk.Money(cents=48000))
    with pytest.raises(NotAllowed, match="in the ledger already"):
        undoing.undo(undo, member())
    assert sum(models.RevenueEntry.objects.values_list("cents", flat=True)) == 48000
