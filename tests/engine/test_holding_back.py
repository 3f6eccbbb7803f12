"""A person holds back what is planned for later, and lets it go after all."""

from datetime import timedelta

import pytest

from answerback.engine.desk_events import TimerHeldBack
from answerback.engine.effects import KeepLead, SetTimer
from answerback.engine.events import AppointmentBooked, TimerDue
from answerback.engine.holding_back import is_planned
from answerback.testing.factories import MORNING

HOUR = timedelta(hours=1)


@pytest.fixture
def greeted(talk):
    ours = talk()
    ours.call()
    ours.leave()
    return ours


def hold(ours, timer, *, after_all=False):
    ours.happen(
        TimerHeldBack(
            at=ours.now, member="Ann", timer=timer.timer, ref=timer.ref, due_at=timer.due_at, after_all=after_all
        )
    )


def fire(ours, timer):
    ours.now = max(ours.now, timer.due_at)
    ours.happen(TimerDue(at=timer.due_at, timer=timer.timer, ref=timer.ref))


def planned(ours, timer):
    return is_planned(ours.rules.playbook, ours.state, timer.timer, timer.ref)


def test_nudge_that_is_held_back_is_skipped_and_the_next_one_follows(greeted):
    (first,) = greeted.of(SetTimer)
    assert planned(greeted, first)
    hold(greeted, first)
    assert [(each.rule, each.verdict, each.why) for each in greeted.last.receipts] == [
        ("nudge", "not_sent", "Ann held it back.")
    ]
    (second,) = greeted.of(SetTimer)
    assert (planned(greeted, first), planned(greeted, second), second.timer) == (False, True, "nudge")
    fire(greeted, first)
    assert greeted.said == []
    fire(greeted, second)
    assert greeted.said == ["nudge"]
    assert greeted.of(SetTimer)[0].timer == "rest"


def test_held_back_nudge_is_let_go_after_all(greeted):
    (first,) = greeted.of(SetTimer)
    hold(greeted, first)
    hold(greeted, first, after_all=True)
    (again,) = greeted.of(SetTimer)
    assert again.due_at == first.due_at
    fire(greeted, again)
    assert greeted.said == ["nudge"]
    assert greeted.of(SetTimer)[0].timer == "nudge"


def test_nudge_is_not_let_go_once_things_moved_on(greeted):
    (first,) = greeted.of(SetTimer)
    hold(greeted, first)
    greeted.says(intent="answer", service="drain")
    hold(greeted, first, after_all=True)
    assert (greeted.of(SetTimer), greeted.last.receipts[0].why) == (
        [],
        "Things have moved on, so it is not done after all.",
    )


def test_reminder_that_is_held_back_is_not_sent_and_the_others_are(greeted):
    greeted.happen(
        AppointmentBooked(at=MORNING, appointment="a1", starts_at=MORNING + 52 * HOUR, service="drain", by="customer")
    )
    (kept,) = greeted.of(KeepLead)
    assert (kept.next_step, kept.next_step_at) == ("The appointment", MORNING + 52 * HOUR)
    greeted.leave()
    first, *others = [each for each in greeted.of(SetTimer) if each.timer == "reminder"]
    assert others
    hold(greeted, first)
    assert [planned(greeted, each) for each in (first, *others)] == [False, *(True for _ in others)]
    fire(greeted, first)
    assert greeted.said == []
    fire(greeted, others[0])
    assert greeted.said == ["reminder"]
