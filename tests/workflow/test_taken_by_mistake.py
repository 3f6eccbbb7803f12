"""Who takes a conversation by mistake and takes that back leaves everything as it was: what waits, and who is woken."""

from datetime import datetime

import pytest
from tests.workflow.members import member

from answerback.store import models
from answerback.store.queries import timeline
from answerback.testing.world import World
from answerback.workflow import desk, undoing
from answerback.workflow.actors import NotAllowed
from answerback.workflow.handling import Undo

MARIA = "+15125550131"


def talk(world: World) -> models.Conversation:
    found = world.conversation(MARIA)
    assert found is not None
    return found


def planned(world: World) -> tuple[str, str | None, datetime | None, str | None, str | None]:
    """Where it stands and what comes next."""
    found = talk(world)
    state = found.state or {}
    lead = world.lead(MARIA)
    return found.phase, state.get("asked"), found.wake_at, state.get("held_by"), lead and lead.status


@pytest.fixture
def greeted(world: World) -> World:
    world.call(MARIA)
    world.run(minutes=1)
    world.text(MARIA, "my sink is clogged")
    world.run(minutes=1)
    return world


def took(world: World, act: str) -> Undo:
    luis = member("Luis")
    if act == "took":
        return desk.take_over(talk(world).id, luis)
    return desk.text(talk(world).id, luis, "On my way", wait=desk.UNSENT)


@pytest.mark.parametrize("act", ["took", "texted"])
def test_the_nudge_that_was_planned_is_sent_after_all(greeted: World, act: str) -> None:
    before, texts = planned(greeted), len(greeted.texts_to(MARIA))
    undo = took(greeted, act)
    greeted.run(seconds=1)
    assert talk(greeted).phase == "human"
    undoing.undo(undo, member("Luis"))
    greeted.run(seconds=1)
    assert planned(greeted) == before
    greeted.run(hours=3)
    assert len(greeted.texts_to(MARIA)) == texts + 1
    assert greeted.messages(MARIA)[-1].purpose == "nudge"


def test_the_first_text_that_waited_is_sent_after_all(world: World) -> None:
    world.call(MARIA)
    world.run(seconds=29)
    assert (len(world.messages(MARIA)), world.texts_to(MARIA)) == (1, ())
    undo = took(world, "took")
    world.run(seconds=1)
    assert world.messages(MARIA)[0].status == "withdrawn"
    undoing.undo(undo, member("Luis"))
    world.run(minutes=1)
    assert [each.body for each in world.texts_to(MARIA)] == [world.messages(MARIA)[0].body]
    assert world.broken_promises() == ()


def test_a_customer_who_wrote_meanwhile_is_answered_from_then_on_only(greeted: World) -> None:
    undo = took(greeted, "took")
    greeted.run(seconds=1)
    greeted.text(MARIA, "hello?")
    greeted.run(minutes=1)
    texts = len(greeted.texts_to(MARIA))
    undoing.undo(undo, member("Luis"))
    greeted.run(hours=3)
    assert (talk(greeted).phase, len(greeted.texts_to(MARIA))) == ("learning", texts)


def test_what_somebody_else_took_since_stays_with_them(greeted: World) -> None:
    undo = took(greeted, "took")
    desk.take_over(talk(greeted).id, member("Dana"))
    with pytest.raises(NotAllowed, match="Somebody else has taken"):
        undoing.undo(undo, member("Luis"))
    assert talk(greeted).held_by_id == member("Dana").member


@pytest.mark.parametrize("act", ["unseen", "told"])
def test_a_page_taken_by_mistake_is_open_again(world: World, act: str) -> None:
    world.call(MARIA)
    world.run(minutes=1)
    world.text(MARIA, "burst pipe, water everywhere!")
    world.run(minutes=1)
    (page,), texts, luis = world.pages(MARIA), len(world.texts_to(MARIA)), member("Luis")
    undo = desk.take_page(page.id, luis, wait=desk.UNSENT)
    assert undo is not None
    world.run(seconds=3 if act == "unseen" else 30)
    said = undoing.undo(undo, luis)
    world.run(minutes=1)
    page.refresh_from_db()
    assert (page.taken_at, len(world.woken()), talk(world).held_by_id, talk(world).phase) == (None, 2, None, "human")
    assert (len(world.texts_to(MARIA)) - texts, said) == ((0, ()) if act == "unseen" else (1, ("told_of_a_call",)))
    assert world.broken_promises() == ()
    assert desk.take_page(page.id, member("Dana")) is not None
    world.run(minutes=1)
    assert len(world.texts_to(MARIA)) == texts + (2 if act == "told" else 1)


@pytest.mark.parametrize("act", ["took", "texted"])
def test_whoever_was_woken_is_woken_again(world: World, act: str) -> None:
    world.call(MARIA)
    world.run(minutes=1)
    world.text(MARIA, "burst pipe, water everywhere!")
    world.run(minutes=1)
    undo = took(world, act)
    world.run(minutes=10)
    assert ([page.ended for page in world.pages(MARIA)], len(world.woken())) == (["taken"], 1)
    if act == "took":
        undoing.undo(undo, member("Luis"))
        world.run(minutes=1)
        assert ([page.taken_at for page in world.pages(MARIA)], len(world.woken())) == ([None], 2)
        assert world.broken_promises() == ()
        return
    with pytest.raises(NotAllowed, match="has left already"):
        undoing.undo(undo, member("Luis"))
    assert talk(world).held_by_id == member("Luis").member


@pytest.mark.parametrize("status", ["won", "lost", "not_served"])
def test_who_says_how_an_emergency_ended_is_woken_for_it_no_more(world: World, status: str) -> None:
    """Its to-do is closed with it; taken back, the case is open as it was and somebody is woken again."""
    world.text(MARIA, "burst pipe, water everywhere!")
    world.run(minutes=1)
    luis, todo = member("Luis"), world.todos(MARIA)[-1]
    undo = desk.mark_outcome(talk(world).id, luis, status, "Sold at the door")
    world.run(minutes=1)
    told = len(world.woken())
    assert (todo.closed_at, models.Todo.objects.get(id=todo.id).outcome) == (None, "done")
    world.run(hours=20)
    assert len(world.woken()) == told
    settled = [row.title for row in timeline.of_conversation(talk(world).id) if row.id.startswith("taken-")]
    assert settled == ["Nobody had to come any more"]
    undoing.undo(undo, luis)
    world.run(minutes=1)
    assert ([each.title for each in world.todos(MARIA) if each.closed_at is None], len(world.woken()) > told) == (
        [todo.title],
        True,
    )
    assert world.broken_promises() == ()
