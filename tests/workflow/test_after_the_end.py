"""Won or lost ends the matter, not whose the conversation is: what they write next is for the person who has it."""

import pytest
from tests.workflow.members import member

from answerback.engine.effects import LeadStatus
from answerback.store import models
from answerback.store.queries import inbox
from answerback.testing.world import World
from answerback.workflow import desk, undoing

MARIA = "+15125550131"


def talk(world: World) -> models.Conversation:
    found = world.conversation(MARIA)
    assert found is not None
    return found


def in_tab(world: World, tab: inbox.Tab) -> list[int]:
    lines = inbox.conversations(models.Business.objects.get().id, member().member or 0, tab, world.now)
    return [line.id for line in lines]


@pytest.fixture
def held(world: World) -> World:
    """Luis has taken Maria over and written with her."""
    world.call(MARIA)
    world.run(minutes=1)
    world.text(MARIA, "my sink is clogged")
    world.run(minutes=1)
    desk.text(talk(world).id, member(), "On my way")
    world.run(minutes=1)
    return world


@pytest.mark.parametrize("status", ["won", "lost", "not_served"])
def test_what_they_write_after_the_end_is_for_whoever_has_it(held: World, status: LeadStatus) -> None:
    first, texts = talk(held), len(held.texts_to(MARIA))
    desk.mark_outcome(first.id, member(), status)
    held.run(minutes=1)
    assert (in_tab(held, "mine"), in_tab(held, "needs"), in_tab(held, "done")) == ([], [], [first.id])
    held.text(MARIA, "thanks! can you also look at my water heater?")
    held.run(hours=3)
    assert (talk(held).id, talk(held).phase, talk(held).held_by_id) == (first.id, "human", member().member)
    assert (len(held.texts_to(MARIA)), in_tab(held, "needs"), in_tab(held, "done")) == (texts, [first.id], [])
    assert held.broken_promises() == ()


def test_a_week_after_their_last_word_a_text_begins_anew(held: World) -> None:
    first = talk(held).id
    desk.mark_outcome(first, member(), "won")
    held.run(days=6)
    held.text(MARIA, "thanks!")
    held.run(minutes=1)
    for todo in held.todos(MARIA):
        desk.close_todo(todo.id, member(), "done")
    held.run(days=6)
    assert (talk(held).id, talk(held).ended_at, talk(held).held_by_id) == (first, None, member().member)
    held.run(days=2)
    assert (talk(held).ended_at is None, talk(held).held_by_id) == (False, None)
    held.call(MARIA)
    held.run(minutes=1)
    assert (talk(held).id == first, held.messages(MARIA)[-1].purpose) == (False, "first_text")


def test_handed_back_after_the_end_the_machine_answers_in_a_new_conversation(held: World) -> None:
    first = talk(held).id
    desk.mark_outcome(first, member(), "won")
    held.run(minutes=1)
    desk.hand_back(first, member())
    held.run(minutes=1)
    held.text(MARIA, "my water heater leaks slowly")
    held.run(minutes=1)
    assert (talk(held).id == first, talk(held).phase == "human") == (False, False)


def test_taken_over_after_the_end_it_is_not_theirs_for_ever(world: World) -> None:
    world.call(MARIA)
    world.run(minutes=1)
    desk.mark_outcome(talk(world).id, member(), "lost")
    world.run(minutes=1)
    assert talk(world).ended_at is not None
    desk.take_over(talk(world).id, member())
    world.run(days=6)
    assert (talk(world).phase, talk(world).ended_at) == ("human", None)
    world.run(days=2)
    assert talk(world).ended_at is not None


def test_open_after_all_it_stays_theirs_and_in_the_lists(held: World) -> None:
    desk.mark_outcome(talk(held).id, member(), "won")
    held.run(minutes=1)
    desk.mark_outcome(talk(held).id, member(), "contacted")
    held.run(days=30)
    assert (talk(held).phase, talk(held).ended_at, talk(held).done_at) == ("human", None, None)


def test_an_undone_end_leaves_done_what_was_done(held: World) -> None:
    undo = desk.mark_outcome(talk(held).id, member(), "won")
    held.run(seconds=2)
    undoing.undo(undo, member())
    held.run(seconds=2)
    assert talk(held).done_at is None
    models.Conversation.objects.update(done_at=held.now)
    undo = desk.mark_outcome(talk(held).id, member(), "won")
    undoing.undo(undo, member())
    assert talk(held).done_at is not None
