"""What staff booked, held or let go by mistake is taken back; who was told of it is told that it is off."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from tests.workflow.members import member

from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import address_book, calendar_desk, desk_bookings, undoing
from answerback.workflow.actors import NotAllowed
from answerback.workflow.desk_bookings import Wanted

MARIA = "+15125550131"


@pytest.fixture
def talk(world: World) -> models.Conversation:
    """Maria has a link and an offer, and is owed a call."""
    world.call(MARIA)
    world.run(minutes=1)
    world.text(MARIA, "kitchen sink is clogged, it can wait, Austin 78704")
    world.run(minutes=1)
    found = world.conversation(MARIA)
    assert found is not None
    return found


def wanted(talk: models.Conversation, which: int = 0) -> Wanted:
    start: datetime = desk_bookings.offered(talk.id).starts[which]
    return Wanted(start=start, name="Maria", address="1 Mill Road")


def stands(world: World) -> dict[str, Any]:
    talk, lead = world.conversation(MARIA), world.lead(MARIA)
    assert talk is not None
    assert lead is not None
    state = talk.state or {}
    return {
        "phase": talk.phase,
        "asked": state.get("asked"),
        "offers": state.get("offers"),
        "appointment": state.get("appointment"),
        "lead": lead.status,
        "to-dos": sorted(todo.key for todo in world.todos(MARIA)),
        "calendar": sorted(row.status for row in world.appointments(MARIA) if row.status != "cancelled"),
    }


@pytest.mark.parametrize("turn", [True, False])
def test_a_booking_taken_back_in_time_is_never_heard_of(world: World, talk: models.Conversation, turn: bool) -> None:
    before, texts = stands(world), len(world.texts_to(MARIA))
    undo = desk_bookings.book(talk.id, wanted(talk))
    if turn:
        world.run(seconds=30)
        assert (stands(world)["phase"], stands(world)["lead"]) == ("booked", "booked")
    assert undoing.undo(undo, member()) == ()
    world.run(minutes=5)
    assert stands(world) == before
    assert len(world.texts_to(MARIA)) == texts
    assert world.broken_promises() == ()
    with pytest.raises(NotAllowed, match="stands no longer"):
        undoing.undo(undo, member())


def test_who_was_told_of_it_is_told_that_it_is_off(world: World, talk: models.Conversation) -> None:
    undo = desk_bookings.book(talk.id, wanted(talk))
    world.run(minutes=5)
    assert world.messages(MARIA)[-1].purpose == "booked"
    assert undoing.undo(undo, member()) == ("told_of_the_time",)
    world.run(minutes=5)
    assert (world.messages(MARIA)[-1].purpose, stands(world)["calendar"]) == ("cancelled", [])


def test_what_was_moved_since_stands(world: World, talk: models.Conversation) -> None:
    undo = desk_bookings.book(talk.id, wanted(talk))
    world.run(minutes=5)
    later = models.Appointment.objects.get()
    calendar_desk.move(later.id, later.member_id, later.during.upper)
    with pytest.raises(NotAllowed, match="moved since"):
        undoing.undo(undo, member())


def test_a_hold_and_its_end_are_taken_back(world: World, talk: models.Conversation) -> None:
    held: Callable[[], list[datetime]] = lambda: [  # noqa: E731
        row.during.lower for row in world.appointments(MARIA) if row.status == "held"
    ]
    first, second = wanted(talk, 0), wanted(talk, 3)
    undo_first = desk_bookings.hold(talk.id, first)
    undo_second = desk_bookings.hold(talk.id, second)
    assert held() == [second.start]
    undoing.undo(undo_second, member())
    assert held() == [first.start]
    free = desk_bookings.let_go(talk.id)
    assert free is not None
    assert held() == []
    undoing.undo(free, member())
    assert held() == [first.start]
    undoing.undo(undo_first, member())
    assert (held(), desk_bookings.let_go(talk.id)) == ([], None)
    desk_bookings.hold(talk.id, first)
    free = desk_bookings.let_go(talk.id)
    assert free is not None
    world.run(minutes=11)
    with pytest.raises(NotAllowed, match="held until now only"):
        undoing.undo(free, member())


def test_a_time_somebody_else_has_by_now_is_not_held_again(world: World, talk: models.Conversation) -> None:
    wish = wanted(talk)
    held = models.Appointment.objects.get(id=desk_bookings.hold(talk.id, wish).id)
    free = desk_bookings.let_go(talk.id)
    assert free is not None
    models.Member.objects.exclude(id=held.member_id).update(bookable=False)
    world.call("+15125550132")
    world.run(minutes=1)
    other = world.conversation("+15125550132")
    assert other is not None
    desk_bookings.hold(other.id, wish)
    with pytest.raises(NotAllowed, match="somebody has that time"):
        undoing.undo(free, member())


def known(world: World) -> tuple[str, str]:
    return models.Contact.objects.values_list("name", "email").get(number=MARIA)


def test_who_they_said_they_are_goes_with_the_booking(world: World, talk: models.Conversation) -> None:
    assert known(world) == ("", "")
    undo = desk_bookings.book(talk.id, replace(wanted(talk), email="maria@example.com"))
    assert known(world) == ("Maria", "maria@example.com")
    undoing.undo(undo, member())
    assert known(world) == ("", "")


def test_a_name_stays_that_stood_before_or_was_written_since(world: World, talk: models.Conversation) -> None:
    address_book.set_name(talk.contact_id, "Mary", "")
    undoing.undo(desk_bookings.book(talk.id, replace(wanted(talk), email="maria@example.com")), member())
    assert known(world) == ("Mary", "")
    address_book.set_name(talk.contact_id, "", "")
    undo = desk_bookings.book(talk.id, replace(wanted(talk), email="maria@example.com"))
    address_book.set_name(talk.contact_id, "Maria Lopez", "maria@example.com")
    undoing.undo(undo, member())
    assert known(world) == ("Maria Lopez", "")


def test_all_their_numbers_are_nameless_again(world: World, talk: models.Conversation) -> None:
    world.call("+15125550132")
    world.run(minutes=1)
    other = world.conversation("+15125550132")
    assert other is not None
    merged = address_book.merge(other.contact_id, talk.contact_id, member())
    undo = desk_bookings.book(talk.id, wanted(talk))
    names = lambda: set(models.Contact.objects.filter(number__startswith="+").values_list("name", flat=True))  # noqa: E731
    assert names() == {"Maria"}
    undoing.undo(undo, member())
    assert names() == {""}
    address_book.undo(merged)
    assert names() == {""}
