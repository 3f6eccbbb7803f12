"""What was taken back counts in no number of Today and none of the reports; what stood before counts as it did."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.workflow.members import member
from tests.workflow.test_undone_as_if_never import ACTS, MARIA, begin, talk

from answerback.store import models
from answerback.store.queries import inbox
from answerback.testing.world import World
from answerback.workflow import calendar_desk, desk, measuring, revenue, undoing
from answerback.workflow.desk import Money
from answerback.workflow.handling import Undo


def counted(world: World) -> dict[str, Any]:
    """Every number of the day, and what the lead adds to the reports."""
    business = models.Business.objects.get().id
    day = world.now.replace(hour=0, minute=0)
    [today] = inbox.numbers(business, (day, day + timedelta(days=1)))
    measuring.refresh(business)
    row = models.LeadMeasure.objects.filter(lead=world.lead(MARIA)).values().get()
    assert measuring.verify(business).holds
    return {f"today: {name}": number for name, number in today.leads.items()} | {"cents": today.cents} | row


def changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return {name: (before[name], is_now) for name, is_now in after.items() if is_now != before[name]}


def won(id: int) -> Undo:
    return desk.mark_outcome(id, member(), "won", money=Money(cents=48000))


COUNTED: dict[str, Callable[[int], Undo | None]] = ACTS | {"sold": won}


@pytest.mark.parametrize("turn", [True, False], ids=["later", "at once"])
@pytest.mark.parametrize("act", COUNTED)
def test_what_was_taken_back_counts_nowhere(world: World, act: str, turn: bool) -> None:
    begin(world, "my sink is clogged")
    before = counted(world)
    undo = COUNTED[act](talk(world).id)
    assert undo is not None
    if turn:
        world.run(seconds=2)
    undoing.undo(undo, member())
    world.run(seconds=10)
    assert changes(before, counted(world)) == {}


@pytest.mark.parametrize("act", ["lost", "supplier", "stop", "contacted"])
def test_a_job_sold_stays_sold_since_it_was(world: World, act: str) -> None:
    begin(world, "my sink is clogged")
    won(talk(world).id)
    world.run(until="2026-03-11 10:00")
    assert counted(world)["today: sold"] == 0
    before = counted(world)
    acts = ACTS | {"contacted": lambda id: desk.mark_outcome(id, member(), "contacted")}
    undo = acts[act](talk(world).id)
    assert undo is not None
    world.run(seconds=10)
    undoing.undo(undo, member())
    world.run(seconds=10)
    assert changes(before, counted(world)) == {}


def test_a_todo_closed_as_reached_by_mistake_was_no_talk(world: World) -> None:
    world.call(MARIA, voicemail="Hi, this is Maria, I need somebody to look at my garbage disposal")
    world.run(minutes=2)
    before = counted(world)
    (todo,) = world.todos(MARIA)
    undo = desk.close_todo(todo.id, member(), "reached")
    assert undo is not None
    world.run(seconds=10)
    assert counted(world)["response_seconds"] is not None
    undoing.undo(undo, member())
    world.run(seconds=10)
    assert changes(before, counted(world)) == {}


@pytest.mark.parametrize("act", ["taken back", "refunded"])
def test_money_taken_back_by_mistake_was_never_taken_back(world: World, act: str) -> None:
    begin(world, "my sink is clogged")
    won(talk(world).id)
    world.run(seconds=10)
    before = counted(world)
    entry = models.RevenueEntry.objects.get().id
    undo = revenue.take_back(entry, member()) if act == "taken back" else revenue.refund(entry, member(), 8000, "late")
    assert counted(world)["taken_back"] == (48000 if act == "taken back" else 8000)
    undoing.undo(undo, member())
    assert changes(before, counted(world)) == {}


def test_an_end_with_money_that_is_taken_back_counts_nowhere(world: World) -> None:
    begin(world, "kitchen sink is clogged, it can wait, Austin 78704")
    booked = world.book(MARIA)
    world.run(days=3)
    before = counted(world)
    was = calendar_desk.end(booked.id, kept=True, cents=12500, by=member())
    world.run(seconds=10)
    calendar_desk.reopen(booked.id, member(), was)
    world.run(seconds=10)
    assert changes(before, counted(world)) == {}


def test_the_reason_of_a_mark_is_told_whenever_its_turn_comes(world: World) -> None:
    """The act and its turn are two moments, which the clock of the tests makes one."""
    begin(world, "my sink is clogged")
    desk.mark_outcome(talk(world).id, member(), "lost", "price")
    world.run(seconds=10)
    models.Event.objects.filter(kind="OutcomeMarked").update(handled_at=world.now)
    assert counted(world)["lost_reason"] == "price"
