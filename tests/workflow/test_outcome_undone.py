"""A to-do closed or a lead marked by mistake is taken back: it goes on as planned, and who was woken is woken again."""

from datetime import timedelta
from typing import Any

import pytest
from tests.workflow.members import member

from answerback.console import steps
from answerback.engine.effects import LeadStatus
from answerback.engine.events import TodoOutcome
from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import desk, handling, undoing
from answerback.workflow.actors import MarkedMeanwhile
from answerback.workflow.handling import Plan

MARIA = "+15125550131"
FLOOD = "water is flooding my basement, burst pipe, emergency"


def talk(world: World, words: str) -> int:
    world.call(MARIA)
    world.run(minutes=1)
    world.text(MARIA, words)
    world.run(minutes=1)
    found = world.conversation(MARIA)
    assert found is not None
    return found.id


def stands(world: World) -> dict[str, Any]:
    found, lead = world.conversation(MARIA), world.lead(MARIA)
    assert found is not None
    assert lead is not None
    state = found.state or {}
    remembered = ("asked", "held_by", "timer_at", "call_tries", "served_at", "callback_due", "todos", "ended")
    return {
        "phase": found.phase,
        "ended": found.ended_at is not None,
        "done": found.done_at,
        "aside": found.snoozed_until,
        "holder": found.held_by_id,
        "state": {name: state.get(name) for name in remembered},
        "lead": lead.status,
        "to-dos": sorted(todo.key for todo in world.todos(MARIA)),
        "pages": [(page.ended, page.taken_at) for page in world.pages(MARIA)],
    }


@pytest.mark.parametrize("words", ["my sink is clogged", "please call me", FLOOD])
@pytest.mark.parametrize("status", ["won", "lost", "not_served", "booked"])
def test_a_lead_marked_by_mistake_goes_on_as_it_was(world: World, words: str, status: LeadStatus) -> None:
    conversation = talk(world, words)
    before, woken, texts = stands(world), len(world.woken()), len(world.texts_to(MARIA))
    undo = desk.mark_outcome(conversation, member(), status)
    world.run(seconds=10)
    assert stands(world) != before
    undoing.undo(undo, member())
    world.run(seconds=10)
    assert stands(world) == before
    assert len(world.woken()) == (woken + 1 if words == FLOOD else 0)
    world.run(hours=3)
    assert len(world.texts_to(MARIA)) == texts + (words == "my sink is clogged")
    assert world.broken_promises() == ()


@pytest.mark.parametrize("settled", [False, True])
@pytest.mark.parametrize("turn", [0, 10])
@pytest.mark.parametrize("stood", ["contacted", "booked", "won", "lost"])
@pytest.mark.parametrize("status", ["won", "qualified"])
def test_wherever_a_lead_stood_its_conversation_is_as_done_as_it_was(
    world: World, stood: LeadStatus, status: LeadStatus, turn: int, settled: bool
) -> None:
    """A booked lead marked won by mistake stood under Done for ever after the undo."""
    conversation = talk(world, "my sink is clogged")
    if stood != "contacted":
        desk.mark_outcome(conversation, member(), stood)
    world.run(minutes=5)
    if settled:
        handling.done(conversation, member())
    else:
        handling.open_again(conversation, member())
    world.run(minutes=5)
    before, is_open = stands(world), stood not in steps.OVER
    nothing_or = comes_next() if is_open else "Nothing: it is over"
    undo = desk.mark_outcome(conversation, member(), status, "price")
    assert undo is not None
    world.run(seconds=turn)
    undoing.undo(undo, member())
    world.run(seconds=10)
    assert (stands(world), comes_next() if is_open else comes_next()[0]) == (before, nothing_or)


@pytest.mark.parametrize("words", ["please call me", FLOOD])
@pytest.mark.parametrize("outcome", ["done", "dismissed", "reached", "no_answer", "left_voicemail"])
def test_a_todo_closed_by_mistake_stands_with_what_it_ended(world: World, words: str, outcome: TodoOutcome) -> None:
    talk(world, words)
    before, woken = stands(world), len(world.woken())
    (todo,) = world.todos(MARIA)
    undo = desk.close_todo(todo.id, member(), outcome)
    assert undo is not None
    world.run(seconds=10)
    assert stands(world) != before
    undoing.undo(undo, member())
    world.run(seconds=10)
    assert stands(world) == before
    ended = words == FLOOD and outcome in {"done", "dismissed", "reached"}
    assert len(world.woken()) == woken + ended
    assert world.broken_promises() == ()


def test_the_money_of_a_lead_marked_won_by_mistake_counts_nowhere(world: World) -> None:
    conversation = talk(world, "my sink is clogged")
    before = stands(world)
    undo = desk.mark_outcome(conversation, member(), "won", "paid", desk.Money(cents=48000))
    world.run(seconds=10)
    undoing.undo(undo, member())
    world.run(seconds=10)
    assert (stands(world), sum(models.RevenueEntry.objects.values_list("cents", flat=True))) == (before, 0)


def test_where_things_have_moved_on_a_person_has_it(world: World) -> None:
    conversation = talk(world, "my sink is clogged")
    undo = desk.mark_outcome(conversation, member(), "lost")
    world.run(seconds=10)
    desk.take_over(conversation, member("Dana"))
    world.run(seconds=10)
    undoing.undo(undo, member())
    world.run(seconds=10)
    after = stands(world)
    assert (after["phase"], after["holder"], after["ended"]) == ("human", member("Dana").member, False)


def test_a_todo_undone_late_takes_nothing_from_whoever_has_it_since(world: World) -> None:
    conversation = talk(world, "please call me")
    (todo,) = world.todos(MARIA)
    undo = desk.close_todo(todo.id, member(), "reached")
    assert undo is not None
    world.run(seconds=10)
    desk.take_over(conversation, member("Dana"))
    world.run(seconds=10)
    undoing.undo(undo, member())
    world.run(seconds=10)
    after = stands(world)
    assert (after["phase"], after["holder"], after["to-dos"]) == ("human", member("Dana").member, ["callback"])


@pytest.mark.parametrize("act", ["lost", "reached"])
def test_what_is_undone_before_the_turn_ends_nothing(world: World, act: str) -> None:
    conversation = talk(world, FLOOD)
    (todo,) = world.todos(MARIA)
    undo = (
        desk.mark_outcome(conversation, member(), "lost")
        if act == "lost"
        else desk.close_todo(todo.id, member(), "reached")
    )
    assert undo is not None
    undoing.undo(undo, member())
    world.run(seconds=10)
    after = stands(world)
    assert (after["pages"], after["to-dos"], after["phase"], after["ended"]) == (
        [("", None)],
        ["urgent"],
        "human",
        False,
    )


@pytest.mark.parametrize("words", ["my sink is clogged", "please call me"])
@pytest.mark.parametrize("own", ["", "Send the offer"])
@pytest.mark.parametrize("taken", [False, True])
@pytest.mark.parametrize("status", ["won", "lost", "not_served", "booked"])
def test_after_the_undo_the_lead_has_its_step_date_owner_and_value(
    world: World, words: str, own: str, taken: bool, status: LeadStatus
) -> None:
    """Of a lead that somebody had, the next step was due a day after the undo, however long it had been due."""
    conversation = talk(world, words)
    if taken:
        desk.take_over(conversation, member("Dana"))
    if own:
        plan = Plan(owner=member().member, step=own, step_at=world.now + timedelta(days=3), cents=48000)
        handling.plan_lead(conversation, member(), plan)
    world.run(minutes=50)
    before = comes_next()
    undo = desk.mark_outcome(conversation, member(), status)
    world.run(minutes=10)
    if status != "booked":
        assert comes_next()[0] == "Nothing: it is over"
        assert comes_next()[2:4] == ("Nothing", None)
    undoing.undo(undo, member())
    world.run(seconds=10)
    assert comes_next() == before
    world.text(MARIA, "hello?")
    world.run(seconds=30)
    if taken and not own and words == "my sink is clogged":
        assert comes_next()[0] == "A person looks at it"


def comes_next() -> tuple[Any, ...]:
    lead = models.Lead.objects.select_related("conversation").get()
    by_itself = (lead.next_step, lead.next_step_at) if lead.status in steps.OVER else ()
    return (
        steps.next_step(lead),
        steps.step_due(lead, lead.conversation),
        *by_itself,
        lead.owner_id,
        lead.value_cents,
    )


def test_a_customer_who_came_back_since_the_mark_is_not_hidden_by_its_undo(world: World) -> None:
    conversation = talk(world, "my sink is clogged")
    desk.take_over(conversation, member())
    handling.done(conversation, member())
    world.run(hours=1)
    undo = desk.mark_outcome(conversation, member(), "lost")
    world.run(minutes=5)
    world.text(MARIA, "are you coming?")
    world.run(minutes=5)
    assert stands(world)["done"] is None
    undoing.undo(undo, member())
    world.run(seconds=10)
    assert stands(world)["done"] is None


def test_what_somebody_put_under_done_since_the_mark_stays_there(world: World) -> None:
    conversation = talk(world, "my sink is clogged")
    undo = desk.mark_outcome(conversation, member(), "qualified")
    world.run(minutes=5)
    handling.done(conversation, member("Dana"))
    done_at = stands(world)["done"]
    undoing.undo(undo, member())
    world.run(seconds=10)
    assert (stands(world)["done"], done_at is None) == (done_at, False)


def test_what_somebody_marked_since_stays_with_all_that_went_with_it(world: World) -> None:
    conversation = talk(world, "please call me")
    undo = desk.mark_outcome(conversation, member(), "won", "paid", desk.Money(cents=48000))
    world.run(minutes=5)
    desk.mark_outcome(conversation, member("Dana"), "lost")
    world.run(minutes=5)
    before = stands(world)
    with pytest.raises(MarkedMeanwhile, match="Dana has marked this lead lost meanwhile"):
        undoing.undo(undo, member())
    world.run(seconds=10)
    assert (stands(world), [entry.cents for entry in models.RevenueEntry.objects.all()]) == (before, [48000])
