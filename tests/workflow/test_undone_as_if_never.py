"""Whatever somebody does to a conversation and takes back is as if it had never been, also before the turn has seen it.

What waited is sent, who was woken is woken again, to-dos stand, and the lead stands where it stood, a new one too.
"""

from collections.abc import Callable
from typing import Any

import pytest
from tests.workflow.members import member

from answerback.engine.events import TodoOutcome
from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import desk, desk_bookings, mistakes, undoing, verdicts
from answerback.workflow.desk_bookings import Wanted
from answerback.workflow.handling import Undo

MARIA = "+15125550131"
FLOOD = "water is flooding my basement, burst pipe, emergency"


def talk(world: World) -> models.Conversation:
    found = world.conversation(MARIA)
    assert found is not None
    return found


def stands(world: World) -> dict[str, Any]:
    found, lead = talk(world), world.lead(MARIA)
    assert lead is not None
    state = found.state or {}
    remembered = ("asked", "timer_at", "call_tries", "served_at", "callback_due", "todos", "ended", "first_text_until")
    return {
        "phase": found.phase,
        "over": found.ended_at,
        "holder": found.held_by_id,
        **{name: state.get(name) for name in remembered},
        "lead": lead.status,
        "to-dos": sorted(todo.key for todo in world.todos(MARIA)),
        "pages": [(page.ended, page.taken_at) for page in world.pages(MARIA)],
        "waits": [each.purpose for each in world.messages(MARIA) if each.status == "queued"],
        "appointment": state.get("appointment"),
        "known": list(models.KnownNumber.objects.values_list("number_is", flat=True)),
        "untextable": found.contact.untextable or "",
        "stopped": world.is_stopped(MARIA),
    }


def booked(conversation: int) -> Undo:
    start = desk_bookings.offered(conversation).starts[0]
    return desk_bookings.book(conversation, Wanted(start=start, name="Maria", address="1 Mill Road"))


ACTS: dict[str, Callable[[int], Undo | None]] = {
    "took over": lambda id: desk.take_over(id, member()),
    "called back": lambda id: desk.called_back(id, member(), "+15125550100", talked=True),
    "called in vain": lambda id: desk.called_back(id, member(), "+15125550100", talked=False),
    "supplier": lambda id: verdicts.mark_number(id, member(), "supplier"),
    "customer": lambda id: verdicts.mark_number(id, member(), "customer"),
    "stop": lambda id: mistakes.told_to_stop(id, member()),
    "won": lambda id: desk.mark_outcome(id, member(), "won"),
    "lost": lambda id: desk.mark_outcome(id, member(), "lost"),
    "marked booked": lambda id: desk.mark_outcome(id, member(), "booked"),
    "texted": lambda id: desk.text(id, member(), "On my way", wait=desk.UNSENT),
    "booked": booked,
}


def begin(world: World, words: str) -> None:
    """Maria called; with words she wrote them too, else her first text waits still."""
    world.call(MARIA)
    world.run(seconds=29)
    if words:
        world.run(minutes=1)
        world.text(MARIA, words)
        world.run(minutes=1)


@pytest.mark.parametrize("turn", [True, False], ids=["later", "at once"])
@pytest.mark.parametrize("words", ["", "my sink is clogged", "please call me", FLOOD])
@pytest.mark.parametrize("act", ACTS)
def test_what_is_taken_back_is_as_if_it_had_never_been(world: World, act: str, words: str, turn: bool) -> None:
    begin(world, words)
    before, texts = stands(world), len(world.texts_to(MARIA))
    undo = ACTS[act](talk(world).id)
    assert undo is not None
    if turn:
        world.run(seconds=1)
    undoing.undo(undo, member())
    world.run(seconds=1)
    assert {name: (before[name], is_now) for name, is_now in stands(world).items() if is_now != before[name]} == {}
    assert (before["waits"] == ["first_text"]) == (words == "")
    world.run(minutes=1)
    assert len(world.texts_to(MARIA)) == texts + (words == "")
    assert world.broken_promises() == ()


@pytest.mark.parametrize("turn", [True, False], ids=["later", "at once"])
@pytest.mark.parametrize("outcome", ["reached", "wrong_number", "done", "no_answer"])
def test_a_lead_that_was_new_is_new_again(world: World, outcome: TodoOutcome, turn: bool) -> None:
    world.call(MARIA, voicemail="Hi, this is Maria, I need somebody to look at my garbage disposal")
    world.run(minutes=2)
    before = stands(world)
    (todo,) = world.todos(MARIA)
    undo = desk.close_todo(todo.id, member(), outcome)
    assert undo is not None
    if turn:
        world.run(seconds=1)
    undoing.undo(undo, member())
    world.run(seconds=1)
    assert before["lead"] == "new"
    assert {name: (before[name], is_now) for name, is_now in stands(world).items() if is_now != before[name]} == {}
