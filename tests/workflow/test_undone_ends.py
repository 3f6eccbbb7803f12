"""What was said of an appointment by mistake is taken back: it, its lead, to-do, money and measures are as before."""

from typing import Any

import pytest
from tests.workflow.members import member

from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import calendar_desk
from answerback.workflow.calendar_desk import NotPossible

ANN = "+15125550131"


@pytest.fixture
def over(world: World) -> models.Appointment:
    """Ann's appointment, which is over."""
    world.call(ANN)
    world.run(minutes=1)
    world.text(ANN, "kitchen sink is clogged, it can wait, Austin 78704")
    world.run(minutes=1)
    booked = world.book(ANN)
    world.run(days=3)
    return booked


def stands(world: World) -> dict[str, Any]:
    """All that an end changes."""
    (row,) = world.appointments(ANN)
    lead, talk = world.lead(ANN), world.conversation(ANN)
    assert lead is not None
    assert talk is not None
    measured = {
        each: getattr(world.measure(ANN), each) for each in ("stands", "attended", "booked", "sold", "recovered")
    }
    return {
        "appointment": (row.status, row.cents),
        "lead": lead.status,
        "to-dos": list(models.Todo.objects.filter(closed_at=None).order_by("id").values_list("key", flat=True)),
        "state": (talk.state.get("appointment"), talk.ended_at),
        **measured,
    }


@pytest.mark.parametrize(("kept", "cents"), [(False, None), (True, None), (True, 12500)])
def test_an_end_that_is_taken_back_leaves_everything_as_it_was(
    world: World, over: models.Appointment, kept: bool, cents: int | None
) -> None:
    before = stands(world)
    was = calendar_desk.end(over.id, kept=kept, cents=cents, by=member())
    world.run(minutes=1)
    assert stands(world)["appointment"] == ("done" if kept else "no_show", cents)
    calendar_desk.reopen(over.id, member(), was)
    world.run(minutes=1)
    assert stands(world) == before


@pytest.mark.parametrize(("kept", "cents"), [(False, None), (True, 12500)])
def test_taken_back_at_once_no_turn_between(
    world: World, over: models.Appointment, kept: bool, cents: int | None
) -> None:
    before = stands(world)
    calendar_desk.reopen(over.id, member(), calendar_desk.end(over.id, kept=kept, cents=cents, by=member()))
    world.run(minutes=1)
    assert stands(world) == before


def test_a_callback_that_was_asked_for_stays(world: World, over: models.Appointment) -> None:
    world.text(ANN, "please call me")
    world.run(minutes=1)
    asked = list(models.Todo.objects.filter(closed_at=None).order_by("id").values_list("key", flat=True))
    was = calendar_desk.end(over.id, kept=False, by=member())
    world.run(minutes=1)
    calendar_desk.reopen(over.id, member(), was)
    world.run(minutes=1)
    assert asked != []
    assert list(models.Todo.objects.filter(closed_at=None).order_by("id").values_list("key", flat=True)) == asked


def test_not_twice_and_not_over_somebody_elses_time(world: World, over: models.Appointment) -> None:
    was = calendar_desk.end(over.id, kept=False, by=member())
    calendar_desk.reopen(over.id, member(), was)
    with pytest.raises(NotPossible, match="Nobody has said"):
        calendar_desk.reopen(over.id, member(), was)
    was = calendar_desk.end(over.id, kept=False, by=member())
    row = models.Appointment.objects.get(id=over.id)
    row.pk = None
    row.status = "booked"
    row.save()
    with pytest.raises(NotPossible, match="Somebody has that time by now"):
        calendar_desk.reopen(over.id, member(), was)
