"""What comes after the questions: nudges, people, appointments, failures."""

from datetime import timedelta

import pytest

from answerback.engine.decide import decide
from answerback.engine.desk_events import OutcomeMarked
from answerback.engine.effects import CloseTodos, EndConversation, MarkUntextable, Suppress
from answerback.engine.events import (
    EVENT_TYPES,
    AppointmentBooked,
    AppointmentCancelled,
    HandedBack,
    LineTypeLearned,
    StaffTexted,
    TextFailed,
    TextUnclear,
    TimerDue,
    TodoClosed,
    ToldToStop,
    TookOver,
)
from answerback.engine.reading import Slots
from answerback.engine.state import MOVES
from answerback.testing.factories import MORNING, NIGHT, case, rules

HOUR = timedelta(hours=1)


@pytest.fixture
def greeted(talk):
    ours = talk()
    ours.call()
    ours.leave()
    return ours


@pytest.fixture
def promised(greeted):
    greeted.says(intent="callback")
    greeted.leave()
    return greeted


def booked(at=MORNING, starts=MORNING + 24 * HOUR, name="a1"):
    return AppointmentBooked(at=at, appointment=name, starts_at=starts, service="drain", by="customer")


def test_silence_is_nudged_twice_and_then_rests_with_a_todo(greeted):
    said = []
    for name in ("nudge", "nudge", "rest"):
        greeted.timer(name)
        greeted.leave()
        said.append((greeted.said, greeted.todos, greeted.state.phase))
    assert said == [(["nudge"], [], "greeting"), (["nudge"], [], "greeting"), ([], ["callback"], "resting")]


def test_nudge_of_an_older_question_changes_nothing(greeted):
    stale = next(effect for effect in greeted.effects if hasattr(effect, "timer"))
    greeted.says(intent="answer", service="drain")
    before = greeted.state
    greeted.happen(TimerDue(at=stale.due_at, timer="nudge", ref=stale.ref))
    assert (greeted.state, greeted.effects, greeted.last.receipts) == (before, (), ())


def test_nudge_that_is_due_in_the_night_waits_for_the_morning(talk):
    ours = talk(now=NIGHT)
    ours.call()
    nudge = next(effect for effect in ours.effects if hasattr(effect, "timer"))
    assert nudge.due_at == NIGHT + 7 * HOUR


def test_nudge_that_fires_days_late_is_not_sent(greeted):
    nudge = next(effect for effect in greeted.effects if hasattr(effect, "timer"))
    greeted.now = MORNING + 73 * HOUR
    greeted.happen(TimerDue(at=nudge.due_at, timer="nudge", ref=nudge.ref))
    assert (greeted.said, greeted.state.phase) == ([], "resting")


def test_clinic_gets_one_unanswered_text_a_day(talk):
    ours = talk(rules=rules(unanswered_per_day=1, unanswered_per_week=3))
    ours.call()
    ours.leave()
    ours.timer("nudge")
    assert (ours.said, ours.why_not) == ([], ["unanswered"])


@pytest.mark.parametrize("event", [TookOver, StaffTexted])
def test_person_takes_the_conversation(greeted, event):
    greeted.happen(event(at=greeted.now, member="ann"))
    assert greeted.withdrew
    assert (greeted.state.phase, greeted.state.held_by) == ("human", "ann")


def test_hand_back_with_an_appointment_is_booked(greeted):
    greeted.happen(booked())
    greeted.happen(TookOver(at=greeted.now, member="ann"))
    greeted.happen(HandedBack(at=greeted.now, member="ann"))
    assert (greeted.state.phase, greeted.said) == ("booked", [])


def test_booking_is_confirmed_with_its_date(promised):
    promised.happen(booked())
    assert promised.texts[0].body == "Rivera Plumbing: you are booked for Wed Mar 11, 10:00 AM."
    assert promised.of(CloseTodos) == [CloseTodos(kinds=("callback",), outcome="booked")]
    assert (promised.state.phase, promised.state.lead) == ("booked", "booked")


def test_booking_that_a_cap_leaves_unsaid_is_for_a_person(talk):
    ours = talk(rules=rules(texts_per_day=1))
    ours.call()
    ours.leave()
    ours.happen(booked())
    assert (ours.said, ours.todos, ours.why_not) == ([], ["review"], ["texts_per_day"])
    ours.happen(AppointmentCancelled(at=ours.now, appointment="a1", by="customer"))
    assert (ours.said, ours.todos) == ([], ["review"])


def test_who_may_not_need_us_any_more_keeps_their_appointment_until_a_person_asked(greeted):
    greeted.happen(booked())
    greeted.leave()
    greeted.says(intent="decline")
    assert (greeted.state.appointment, greeted.state.phase, greeted.todos) == ("a1", "human", ["review"])


def test_who_seems_to_be_a_wrong_number_keeps_their_appointment_until_a_person_asked(greeted):
    greeted.happen(booked())
    greeted.leave()
    greeted.says(intent="wrong_number")
    assert (greeted.state.appointment, greeted.state.phase, greeted.todos) == ("a1", "human", ["review"])
    assert (greeted.said, greeted.of(MarkUntextable)) == (["to_person"], [])


def test_booking_heard_of_twice_is_confirmed_once(greeted):
    greeted.happen(booked())
    greeted.happen(booked())
    assert greeted.effects == ()


def test_booking_while_a_person_has_the_conversation_is_not_confirmed(greeted):
    greeted.happen(TookOver(at=greeted.now, member="ann"))
    greeted.happen(booked())
    assert (greeted.said, greeted.state.phase, greeted.state.lead) == ([], "human", "booked")


def test_cancelled_appointment_makes_the_lead_a_chance_again(greeted):
    greeted.happen(booked())
    greeted.leave()
    greeted.happen(AppointmentCancelled(at=greeted.now, appointment="a1", by="customer"))
    assert greeted.texts[0].body == "Rivera Plumbing: your visit of Wed Mar 11, 10:00 AM is off."
    assert (greeted.state.phase, greeted.state.lead) == ("learning", "qualified")


def test_other_appointment_cancelled_changes_nothing(greeted):
    greeted.happen(booked())
    before = greeted.state
    greeted.happen(AppointmentCancelled(at=greeted.now, appointment="a9", by="staff"))
    assert (greeted.state, greeted.effects) == (before, ())


def test_person_reaching_the_customer_ends_the_chase_and_has_the_conversation(promised):
    promised.happen(TodoClosed(at=promised.now, todo="1", kind="callback", outcome="reached"))
    assert (promised.said, promised.state.phase, promised.withdrew) == ([], "human", True)


def test_person_finding_a_wrong_number_ends_it(promised):
    promised.happen(TodoClosed(at=promised.now, todo="1", kind="callback", outcome="wrong_number"))
    assert promised.of(MarkUntextable) == [MarkUntextable(reason="wrong number")]
    assert (promised.state.phase, promised.state.lead) == ("closed", "lost")


@pytest.mark.parametrize(
    ("status", "phase", "ends"),
    [("won", "closed", 1), ("lost", "closed", 1), ("booked", "booked", 0), ("qualified", "greeting", 0)],
)
def test_outcome_is_what_a_person_says(greeted, status, phase, ends):
    greeted.happen(OutcomeMarked(at=greeted.now, member="ann", status=status))
    got = (greeted.state.lead, greeted.state.phase, len(greeted.of(EndConversation)), greeted.said)
    assert got == (status, phase, ends, [])


@pytest.mark.parametrize(("status", "kept"), [("won", "deposit"), ("lost", ""), ("not_served", "")])
def test_whatever_was_to_do_is_done_once_the_lead_is_over(greeted, status, kept):
    """ "1 to do" stood beside what was won. Money that is still to be collected is asked for all the same."""
    greeted.happen(TextFailed(at=greeted.now, text="first_text:0", purpose="first_text", failure="filtered"))
    greeted.happen(OutcomeMarked(at=greeted.now, member="ann", status=status))
    assert greeted.of(CloseTodos) == [CloseTodos(kinds=("failed_text",), outcome="done", but=kept)]


def test_told_to_stop_is_remembered_without_a_text(greeted):
    greeted.happen(ToldToStop(at=greeted.now, member="ann"))
    assert (len(greeted.of(Suppress)), greeted.said, greeted.state.phase) == (1, [], "closed")


@pytest.mark.parametrize(
    ("failure", "remembered"),
    [
        ("landline", [MarkUntextable(reason="landline")]),
        ("invalid_number", [MarkUntextable(reason="not a valid number")]),
        ("opted_out", [Suppress(evidence="The provider refused a text because they opted out.")]),
        ("filtered", []),
    ],
)
def test_failed_text_is_for_a_person(greeted, failure, remembered):
    greeted.happen(TextFailed(at=greeted.now, text="first_text:0", purpose="first_text", failure=failure))
    assert [*greeted.of(MarkUntextable), *greeted.of(Suppress)] == remembered
    assert (greeted.todos, greeted.said, greeted.state.phase) == (["failed_text"], [], "callback")
    assert greeted.state.lead == "new"


def test_unclear_text_is_looked_at_and_never_sent_again(greeted):
    greeted.happen(TextUnclear(at=greeted.now, text="first_text:0", purpose="first_text"))
    assert (greeted.todos, greeted.said) == (["review"], [])


def test_decline_then_thanks_then_the_end(greeted):
    greeted.says(intent="decline")
    declined = greeted.last
    greeted.leave()
    greeted.says(intent="ack")
    assert (greeted.said, greeted.state.phase, greeted.state.lead) == ([], "closed", "lost")
    assert any(effect.timer == "rest" for effect in declined.effects if hasattr(effect, "timer"))


def test_place_not_served_is_asked_for_anew(greeted):
    greeted.says(intent="book", service="drain", urgency="soon", slots=Slots(city="Dallas", contact_pref="link"))
    assert greeted.said == ["not_served"]
    greeted.leave()
    greeted.says(intent="book", service="drain")
    assert (greeted.said, greeted.texts[0].body, greeted.state.lead) == (["ask"], "Which city?", "new")


def test_every_phase_can_be_left_and_every_move_leads_somewhere():
    assert all(moves for moves in MOVES.values())
    assert {phase for moves in MOVES.values() for phase in moves} == set(MOVES)
    assert len(EVENT_TYPES) == 34


@pytest.mark.parametrize(
    ("line_type", "reason"),
    [("landline", "landline"), ("premium", "premium number"), ("mobile", None), ("voip", None), ("unknown", None)],
)
def test_kind_of_number_is_remembered_where_it_cannot_get_texts(line_type, reason):
    decision = decide(rules(), case(), LineTypeLearned(at=MORNING, line_type=line_type), MORNING)
    marked = [effect.reason for effect in decision.effects if isinstance(effect, MarkUntextable)]
    assert marked == ([reason] if reason else [])
