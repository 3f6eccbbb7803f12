"""What corrections of calls teach a line: at once where it knows nothing, and by two calls on two days against it."""

from typing import Any

import pytest

from answerback.store import models
from answerback.testing.world import World
from answerback.workflow import desk, lessons, undoing, verdicts
from answerback.workflow.actors import NotAllowed
from answerback.workflow.handling import Undo

PEOPLE = [f"+1512555013{last}" for last in range(1, 9)]


def _call(world: World, number: str, seconds: int = 24) -> str:
    """A call that something picked up after so long; its key."""
    world.call(number, seconds, "answered")
    world.run(minutes=2)
    return str(models.Event.objects.filter(kind="CallEnded").latest("id").body["call"])


def _says(number: str, call: str, took: str) -> Undo:
    talk = models.Conversation.objects.get(contact__number=number)
    came: Any = "served" if took == "person" else "missed"
    return verdicts.correct_call(talk.id, _dana(), call, came, by_voicemail=took == "voicemail")


def _dana() -> desk.Actor:
    return desk.Actor(member=models.Member.objects.get(name="Dana").id, name="Dana")


def _point() -> int | None:
    return models.Line.objects.get().voicemail_after


def _lesson(undo: Undo) -> str:
    return lessons.taught(undo.fields).lesson


def test_one_word_does_not_undo_what_a_line_was_taught_and_two_days_do(world: World) -> None:
    world.set_line(voicemail_after=24)
    assert _lesson(_says(PEOPLE[0], _call(world, PEOPLE[0]), "person")) == "doubted"
    assert _lesson(_says(PEOPLE[1], _call(world, PEOPLE[1]), "person")) == "doubted"  # on the same day
    assert _point() == 24
    _call(world, PEOPLE[2])
    assert [lead.missed_reason for lead in world.leads(PEOPLE[2])] == ["carrier_voicemail"]
    world.run(days=1)
    undo = _says(PEOPLE[3], _call(world, PEOPLE[3]), "person")
    assert (_lesson(undo), _point()) == ("forgotten", None)
    _call(world, PEOPLE[4])
    assert world.leads(PEOPLE[4]) == ()
    undoing.undo(undo, _dana())
    assert _point() == 24
    _call(world, PEOPLE[5])
    assert [lead.missed_reason for lead in world.leads(PEOPLE[5])] == ["carrier_voicemail"]


def test_the_first_word_taken_back_is_none(world: World) -> None:
    world.set_line(voicemail_after=24)
    undoing.undo(_says(PEOPLE[0], _call(world, PEOPLE[0]), "person"), _dana())
    world.run(days=1)
    assert _lesson(_says(PEOPLE[1], _call(world, PEOPLE[1]), "person")) == "doubted"
    assert _point() == 24


def test_the_first_word_corrected_is_none(world: World) -> None:
    world.set_line(voicemail_after=24)
    call = _call(world, PEOPLE[0])
    _says(PEOPLE[0], call, "person")
    _says(PEOPLE[0], call, "nobody")
    world.run(days=1)
    assert _lesson(_says(PEOPLE[1], _call(world, PEOPLE[1]), "person")) == "doubted"


def test_the_same_call_said_again_on_another_day_is_one_word(world: World) -> None:
    world.set_line(voicemail_after=24)
    call = _call(world, PEOPLE[0])
    _says(PEOPLE[0], call, "person")
    world.run(days=1)
    assert _lesson(_says(PEOPLE[0], call, "nobody")) == "nothing"
    world.run(minutes=1)
    assert _lesson(_says(PEOPLE[0], call, "person")) == "doubted"
    assert _point() == 24


def test_a_word_of_long_ago_is_forgotten(world: World) -> None:
    world.set_line(voicemail_after=24)
    _says(PEOPLE[0], _call(world, PEOPLE[0]), "person")
    world.run(days=31)
    assert _lesson(_says(PEOPLE[1], _call(world, PEOPLE[1]), "person")) == "doubted"
    assert _point() == 24


def test_a_call_out_of_hours_teaches_as_one_in_hours_does(world: World) -> None:
    """It counts as missed because the voicemail took it; that it came at night is another thing."""
    world.set_line(voicemail_after=24)
    for day, number in enumerate(PEOPLE[:2]):
        world.run(until=f"2026-03-1{day} 22:00")
        call = _call(world, number)
        assert [lead.missed_reason for lead in world.leads(number)] == ["after_hours"]
        _says(number, call, "person")
    assert _point() is None


def test_another_point_takes_two_days_too(world: World) -> None:
    world.set_line(voicemail_after=38)
    undo = _says(PEOPLE[0], _call(world, PEOPLE[0], 24), "voicemail")
    assert (_lesson(undo), _point()) == ("doubted", 38)
    world.run(days=1)
    undo = _says(PEOPLE[1], _call(world, PEOPLE[1], 25), "voicemail")
    assert (_lesson(undo), _point()) == ("moved", 25)
    undoing.undo(undo, _dana())
    assert _point() == 38


@pytest.mark.parametrize(("seconds", "came"), [(5, "too_soon"), (24, "learned")])
def test_nobody_learns_a_voicemail_that_picks_up_as_soon_as_people_do(world: World, seconds: int, came: str) -> None:
    undo = _says(PEOPLE[0], _call(world, PEOPLE[0], seconds), "voicemail")
    assert (_lesson(undo), _point()) == (came, None if came == "too_soon" else seconds)


def test_a_call_that_nothing_picked_up_teaches_nothing(world: World) -> None:
    """A caller who hung up after 3 s counts for nothing; that it rang so long is when no voicemail picked up."""
    world.call(PEOPLE[0], 3, "abandoned")
    world.run(minutes=2)
    call = models.Event.objects.get(kind="CallEnded").body["call"]
    assert _lesson(_says(PEOPLE[0], call, "voicemail")) == "nothing"
    assert _point() is None


def test_an_owner_takes_back_what_was_learned_and_what_was_said_against_it(world: World) -> None:
    _says(PEOPLE[0], _call(world, PEOPLE[0]), "voicemail")
    line = models.Line.objects.get()
    assert line.taught_by is not None
    assert line.taught_by.name == "Dana"
    _says(PEOPLE[1], _call(world, PEOPLE[1]), "person")
    lessons.keep(line.id, _dana())
    with pytest.raises(NotAllowed, match="settled this meanwhile"):
        lessons.keep(line.id, _dana())
    world.run(days=1)
    assert _lesson(_says(PEOPLE[2], _call(world, PEOPLE[2]), "person")) == "doubted"
    undo = lessons.forget(line.id, _dana())
    assert _point() is None
    undoing.undo(undo, _dana())
    assert _point() == 24
