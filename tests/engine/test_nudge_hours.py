"""The hours a playbook gives to what nobody asked for: inside ours, never wider, and nudges wait for them."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from answerback.engine.playbook import NudgeHours
from answerback.engine.proof import problems
from answerback.engine.quiet import Whereabouts, closed_because, closes, may_text, next_time
from answerback.engine.rules import Rules
from answerback.store.playbook_file import dump, load, pack
from answerback.testing.factories import CHICAGO, playbook, rules
from answerback.testing.world import World

ANN = "+15125550131"
THERE = Whereabouts(zones=(CHICAGO,))
NARROW = NudgeHours(weekdays="10-17:30", saturday="never")


def local(said: str, zone: ZoneInfo = CHICAGO) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=zone)


def narrow() -> Rules:
    return rules(book=playbook(nudge_hours=NARROW))


@pytest.mark.parametrize(
    ("at", "allowed"),
    [
        ("2026-03-10 09:59", False),
        ("2026-03-10 10:00", True),
        ("2026-03-10 17:29", True),
        ("2026-03-10 17:30", False),
        ("2026-03-14 12:00", False),
        ("2026-03-15 11:59", False),
        ("2026-03-15 12:00", True),
    ],
)
def test_they_cut_ours(at: str, allowed: bool) -> None:
    assert may_text(narrow().sending, THERE, local(at)) is allowed
    assert (closed_because(narrow().sending, THERE, local(at)) is None) is allowed


def test_a_reminder_of_a_visit_keeps_its_own_hours() -> None:
    assert may_text(narrow().sending, THERE, local("2026-03-14 08:00"), "reminder")


def test_what_is_looked_up_after_them_follows_them() -> None:
    sending = narrow().sending
    assert next_time(sending, THERE, local("2026-03-13 18:00")) == local("2026-03-15 12:00")
    assert closes(sending, THERE, local("2026-03-10 17:00")) == local("2026-03-10 17:30")
    assert closed_because(sending, THERE, local("2026-03-10 18:00")) == (
        "It is Tuesday 18:00 in America/Chicago, where they may be: outside the hours of the playbook."
    )


def test_a_playbook_that_says_nothing_keeps_ours() -> None:
    ours = rules().sending
    assert rules(book=playbook(nudge_hours=NudgeHours())).sending == ours
    assert ours.own is None


def test_other_rules_with_the_same_table_are_not_cut() -> None:
    table = rules().sending
    assert may_text(narrow().sending, THERE, local("2026-03-14 12:00")) is False
    assert may_text(table, THERE, local("2026-03-14 12:00")) is True
    assert may_text(replace(narrow(), playbook=playbook()).sending, THERE, local("2026-03-14 12:00")) is True


@pytest.mark.parametrize(
    ("hours", "where", "what"),
    [
        (NudgeHours(weekdays="8-20"), "weekdays", "8-20 is not inside 9:00-20:00, the widest there is."),
        (NudgeHours(saturday="9-21"), "saturday", "9-21 is not inside 9:00-20:00, the widest there is."),
        (NudgeHours(sunday="11:59-20"), "sunday", "11:59-20 is not inside 12:00-20:00, the widest there is."),
        (NudgeHours(weekdays="12-12"), "weekdays", "12-12 is not inside 9:00-20:00, the widest there is."),
        (NudgeHours(weekdays="all day"), "weekdays", "`all day` are no hours."),
        (NudgeHours(weekdays="9-25"), "weekdays", "`9-25` are no hours."),
    ],
)
def test_what_is_wider_or_no_hours_is_refused(hours: NudgeHours, where: str, what: str) -> None:
    found = problems(replace(pack("plumbing"), nudge_hours=hours), "Hill Plumbing")
    assert [(each.where, each.what) for each in found if each.level == "error"] == [(f"nudge_hours > {where}", what)]


def test_nudges_that_could_never_leave_are_refused() -> None:
    never = NudgeHours(weekdays="never", saturday="never", sunday="never")
    found = problems(replace(pack("plumbing"), nudge_hours=never), "Hill Plumbing")
    assert [each.where for each in found if each.level == "error"] == ["nudge_hours"]
    assert not [
        each for each in problems(replace(pack("plumbing"), nudge_hours=never, nudges=()), "H") if each.level == "error"
    ]


def test_they_stand_in_the_file() -> None:
    book = replace(pack("plumbing"), nudge_hours=NARROW)
    assert load(dump(book), "own.yaml").nudge_hours == NARROW


@pytest.mark.usefixtures("database")
def test_a_nudge_waits_for_them() -> None:
    book = replace(pack("plumbing"), nudge_hours=NudgeHours(weekdays="14-16"))
    with World(playbook=dump(book)) as world:
        world.call(ANN)
        world.run(minutes=1)
        world.run(until="13:59")
        assert len(world.texts_to(ANN)) == 1
        world.run(minutes=2)
        assert [text.at.astimezone(CHICAGO).time().hour for text in world.texts_to(ANN)] == [10, 14]
        world.run(hours=4)
        assert len(world.texts_to(ANN)) == 2
        world.run(until=world.now + timedelta(hours=22))
        assert len(world.texts_to(ANN)) == 3
