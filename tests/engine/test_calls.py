"""Calls: lead first, one text, and a person's word counts more than anything."""

from dataclasses import replace
from datetime import timedelta

import pytest

from answerback.engine.events import (
    CallAnswered,
    CalledBack,
    CallEnded,
    CallRang,
    LegEnded,
    TimerDue,
    TookOver,
    VerdictCorrected,
    VoicemailLeft,
    VoicemailTranscribed,
)
from answerback.engine.playbook import Triggers, Voicemail
from answerback.engine.reading import Reading
from answerback.engine.state import changed
from answerback.testing.factories import CALLER, LINE, MORNING, NIGHT, STAFF, case, playbook, rules

SECOND = timedelta(seconds=1)


def test_missed_call_makes_a_lead_and_then_one_held_text(talk):
    ours = talk()
    ours.call()
    assert ours.kinds == ["KeepLead", "KeepConsent", "SendText", "SetTimer"]
    text = ours.texts[0]
    assert (text.purpose, text.text_class, text.priority) == ("first_text", "first_reply", 2)
    assert text.not_before == MORNING + 15 * SECOND
    assert text.stale_at == MORNING + timedelta(minutes=15)
    assert "Rivera Plumbing (open)" in text.body
    assert ours.state.phase == "greeting"


def test_missed_call_with_hold_zero_is_texted_in_the_same_turn(talk):
    ours = talk(rules=rules(book=playbook(triggers=Triggers(hold_seconds=0))))
    ours.happen(CallEnded(at=MORNING, call="k", line=LINE, outcome="no_answer"))
    assert ours.said == ["first_text"]
    assert ours.texts[0].not_before == MORNING


def test_verdict_waits_for_the_settle_time_after_the_last_fact(talk):
    ours = talk()
    ours.happen(CallEnded(at=MORNING, call="k", line=LINE, outcome="no_answer"))
    assert [(timer.timer, timer.ref, timer.due_at) for timer in ours.effects] == [
        ("verdict", "k", MORNING + 8 * SECOND)
    ]
    ours.now += 5 * SECOND
    ours.happen(TimerDue(at=ours.now, timer="verdict", ref="k"))
    assert ours.kinds == ["SetTimer"]


@pytest.mark.parametrize("proof", ["answered", "called_back"])
def test_person_reaching_the_caller_takes_the_held_text_back(talk, proof):
    ours = talk()
    ours.call()
    facts = {
        "answered": CallAnswered(at=ours.now, call="k2", line=LINE, by="person"),
        "called_back": CalledBack(at=ours.now, call="b", line=LINE, talked=True),
    }
    ours.happen(facts[proof])
    assert ours.withdrew
    assert (ours.state.phase, ours.state.lead) == ("quiet", "contacted")
    assert [receipt.verdict for receipt in ours.last.receipts] == ["withdrawn", "recorded"]


@pytest.mark.parametrize(
    ("phase", "by", "then"),
    [
        ("learning", "Dana", ("human", "Dana")),
        ("callback", "Dana", ("human", "Dana")),
        ("learning", None, ("human", None)),
        ("booked", "Dana", ("booked", None)),
        ("quiet", "Dana", ("quiet", None)),
    ],
)
def test_who_called_and_talked_has_the_conversation_where_there_is_one(talk, phase, by, then):
    ours = talk()
    state = changed(ours.state, phase=phase, lead="contacted", last_text_at=ours.now)
    ours.case = replace(ours.case, state=state)
    ours.happen(CalledBack(at=ours.now, call="b", line=LINE, talked=True, by=by))
    assert (ours.state.phase, ours.state.held_by) == then


def test_call_served_after_all_takes_everything_back(talk):
    ours = talk()
    ours.call()
    ours.happen(CallEnded(at=ours.now, call="k1", line=LINE, outcome="answered_human"))
    assert ours.withdrew
    assert (ours.state.misses, ours.state.lead, ours.state.phase) == ((), "contacted", "quiet")


def test_call_missed_after_a_held_text_was_taken_back_is_texted(talk):
    ours = talk()
    ours.call()
    ours.happen(CalledBack(at=ours.now, call="b", line=LINE, talked=True))
    ours.now += timedelta(hours=1)
    ours.call()
    assert ours.said == ["first_text"]


def test_three_calls_in_ninety_seconds_get_one_text_and_a_call_now(talk):
    ours = talk()
    seen = []
    for _ in range(4):
        ours.call()
        seen.append((ours.said, ours.todos, ours.pages, ours.state.priority))
        ours.now += 22 * SECOND
    assert seen == [
        (["first_text"], [], 0, 0),
        ([], ["call_now"], 0, 1),
        ([], ["call_now"], 1, 2),
        ([], ["call_now"], 1, 3),
    ]
    assert ours.why_not == ["cooldown"]


def test_call_after_the_cooldown_is_texted_again(talk):
    ours = talk()
    ours.call()
    ours.leave()
    ours.now += timedelta(hours=25)
    ours.call()
    assert ours.said == ["first_text"]


def test_late_event_makes_a_lead_and_a_todo_and_no_text(talk):
    ours = talk()
    at = MORNING - timedelta(minutes=15)
    ours.happen(CallEnded(at=at, call="k", line=LINE, outcome="no_answer"))
    assert (ours.said, ours.todos, ours.state.lead, ours.why_not) == ([], ["call_now"], "new", ["fresh"])


@pytest.mark.parametrize(
    ("contact", "lead", "todos", "guard"),
    [
        ({"number": "withheld"}, None, [], ""),
        ({"number": LINE}, None, [], "own_number"),
        ({"number": STAFF}, None, [], "staff_number"),
        ({"number": "+4930123456"}, "new", ["callback"], "country"),
        ({"suppressed": True}, "new", ["opted_out_caller"], "suppressed"),
        ({"untextable": "landline"}, "new", ["callback"], "textable"),
        ({"has_open_appointment": True}, None, ["call_now"], ""),
        ({"first_text_at": MORNING - timedelta(hours=23)}, "new", [], "cooldown"),
    ],
)
def test_caller_who_may_not_be_texted(talk, contact, lead, todos, guard):
    ours = talk(case=case(contact={"number": CALLER, **contact}))
    ours.call()
    assert (ours.said, ours.state.lead, ours.todos, ours.why_not) == ([], lead, todos, [guard])


def test_call_while_a_person_has_the_conversation_is_theirs(talk):
    ours = talk()
    ours.happen(TookOver(at=ours.now, member="ann"))
    ours.call()
    assert (ours.said, ours.todos, ours.state.phase, ours.why_not) == ([], ["call_now"], "human", ["human"])


@pytest.mark.parametrize(
    ("setting", "said", "leaves"),
    [
        ("send", ["first_text"], NIGHT + 15 * SECOND),
        ("defer", ["first_text"], NIGHT + timedelta(hours=7)),
        ("off", [], None),
    ],
)
def test_first_text_in_the_night(talk, setting, said, leaves):
    ours = talk(rules=rules(overnight_first_text=setting), now=NIGHT)
    ours.call()
    assert ours.said == said
    assert [text.not_before for text in ours.texts] == ([leaves] if leaves else [])


def test_voicemail_starts_a_clock_and_only_then_a_text(talk):
    ours = talk()
    ours.happen(VoicemailLeft(at=ours.now, call="k1", line=LINE, seconds=9))
    ours.calls = 1
    ours.settle()
    assert (ours.said, ours.todos) == ([], ["callback"])
    ours.timer("voicemail_clock")
    assert ours.said == ["first_text"]
    assert "voicemail" in ours.texts[0].body
    assert ours.texts[0].text_class == "follow_up"


def test_voicemail_called_back_in_time_gets_no_text(talk):
    ours = talk()
    ours.happen(VoicemailLeft(at=ours.now, call="k1", line=LINE, seconds=9))
    ours.calls = 1
    clock = ours.settle()
    ours.happen(CalledBack(at=ours.now, call="b", line=LINE, talked=True))
    assert [todo.kinds for todo in ours.effects if hasattr(todo, "kinds")] == [("callback",)]
    ours.last = clock
    ours.timer("voicemail_clock")
    assert ours.effects == ()


def test_voicemail_with_text_at_once_sets_no_clock(talk):
    book = playbook(triggers=Triggers(voicemail=Voicemail(action="text_at_once")))
    ours = talk(rules=rules(book=book))
    ours.happen(VoicemailLeft(at=ours.now, call="k1", line=LINE, seconds=9))
    ours.calls = 1
    ours.settle()
    assert ours.said == ["first_text"]
    assert [timer.timer for timer in ours.effects if hasattr(timer, "timer")] == ["nudge"]


def test_urgent_voicemail_pages_at_once(talk):
    ours = talk()
    ours.happen(VoicemailLeft(at=ours.now, call="k1", line=LINE, seconds=9))
    words = VoicemailTranscribed(
        at=ours.now, call="k1", line=LINE, text="burst pipe", reading=Reading(urgency="emergency")
    )
    ours.happen(words)
    ours.calls = 1
    ours.settle()
    assert (ours.pages, ours.todos, ours.said) == (1, ["urgent"], ["first_text"])


def test_hidden_caller_with_a_voicemail_is_for_a_person(talk):
    ours = talk(case=case(contact={"number": "withheld"}))
    ours.happen(VoicemailLeft(at=ours.now, call="k1", line=LINE, seconds=9))
    ours.calls = 1
    ours.settle()
    assert (ours.todos, ours.state.lead) == (["review"], None)


def test_a_late_voicemail_of_a_hidden_caller_is_for_a_person_once(talk):
    """Nobody was asked to listen to it."""
    ours = talk(case=case(contact={"number": "withheld"}))
    ours.call()
    assert ours.todos == []
    left = VoicemailLeft(at=ours.now, call="k1", line=LINE, seconds=9)
    words = VoicemailTranscribed(at=ours.now, call="k1", line=LINE, text="please call", reading=None)
    asked = []
    for event in (left, left, words, words):
        ours.happen(event)
        asked.append(ours.todos)
    assert (asked, ours.state.lead, ours.said) == ([["review"], [], [], []], None, [])


def test_the_late_words_of_a_hidden_caller_ask_for_a_person_by_themselves(talk):
    ours = talk(case=case(contact={"number": "withheld"}))
    ours.call()
    ours.happen(VoicemailTranscribed(at=ours.now, call="k1", line=LINE, text="please call", reading=None))
    assert ours.todos == ["review"]


def test_facts_delivered_twice_change_nothing(talk):
    ours = talk()
    ours.happen(CallRang(at=ours.now, call="k1", line=LINE))
    before = ours.state
    ours.happen(CallRang(at=MORNING, call="k1", line=LINE))
    assert (ours.state, ours.effects) == (before, ())


def test_call_whose_end_is_never_reported_is_judged_by_its_legs(talk):
    ours = talk()
    ours.happen(LegEnded(at=ours.now, call="k1", line=LINE, leg="a", target=None, result="no_answer"))
    ours.timer("verdict")
    assert ours.said == ["first_text"]


def test_many_unjudged_facts_lose_no_call(talk):
    ours = talk()
    for number in range(80):
        ours.happen(CallRang(at=ours.now, call=f"c{number}", line=LINE))
    assert len(ours.state.facts) == 60
    assert ours.state.lead == "new"


def test_judging_one_call_keeps_the_facts_of_another(talk):
    ours = talk()
    ours.happen(CallEnded(at=ours.now, call="k1", line=LINE, outcome="no_answer"))
    ours.happen(CallAnswered(at=ours.now, call="k2", line=LINE, by="person"))
    assert [fact.call for fact in ours.state.facts] == ["k1"]
    ours.calls = 1
    ours.settle()
    assert (ours.said, ours.state.lead) == ([], "contacted")


def test_reason_told_half_a_minute_later_settles_what_the_call_counts_as(talk):
    """Aircall says at once that nobody took the call, and 30 seconds later why."""
    ours = talk()
    ours.call()
    ours.leave()
    ours.now += 22 * SECOND
    ours.happen(CallEnded(at=MORNING, call="k1", line=LINE, outcome="abandoned", stage="menu"))
    assert [miss.reason for miss in ours.state.misses] == ["abandoned"]
    assert [(lead.missed_reason, lead.status) for lead in ours.effects] == [("abandoned", "new")]
    assert [receipt.rule for receipt in ours.last.receipts] == ["call.settled"]
    ours.happen(CallEnded(at=MORNING, call="k1", line=LINE, outcome="abandoned", stage="menu"))
    assert (ours.effects, ours.last.receipts) == ((), ())


def test_machine_heard_after_two_legs_were_joined_makes_the_call_missed_after_all(talk):
    ours = talk()
    ours.happen(CallAnswered(at=ours.now, call="k1", line=LINE, by="person", evidence="bridge"))
    ours.calls = 1
    ours.settle()
    assert (ours.state.served_by, ours.state.misses) == ("k1", ())
    ours.now += 30 * SECOND
    ours.happen(CallAnswered(at=ours.now, call="k1", line=LINE, by="machine", evidence="machine_detection"))
    assert (ours.said, ours.state.served_at) == (["first_text"], None)
    assert [miss.reason for miss in ours.state.misses] == ["carrier_voicemail"]


@pytest.mark.parametrize("came", ["served", "missed"])
def test_what_a_person_said_of_a_call_stands_whatever_is_told_later(talk, came):
    ours = talk()
    ours.call("no_answer" if came == "served" else "answered_human")
    ours.happen(VerdictCorrected(at=ours.now, member="ann", call="k1", line=LINE, called_at=MORNING, came=came))
    before = ours.state.misses, ours.state.served_by
    for fact in (
        CallAnswered(at=ours.now, call="k1", line=LINE, by="person", evidence="phone_system"),
        CallEnded(at=ours.now, call="k1", line=LINE, outcome="answered_human"),
        CallEnded(at=ours.now, call="k1", line=LINE, outcome="no_answer"),
    ):
        ours.happen(fact)
        assert (ours.state.misses, ours.state.served_by) == before
    assert bool(ours.state.misses) == (came == "missed")


@pytest.mark.parametrize(
    ("now", "outcome", "reason"),
    [(NIGHT, "no_answer", "after_hours"), (MORNING, "busy", "busy"), (MORNING, "answered_human", "no_answer")],
)
def test_call_that_was_missed_after_all_was_missed_for_the_reason_it_had(talk, now, outcome, reason):
    ours = talk(now=now)
    ours.call(outcome)
    for came in ("served", "missed"):
        ours.happen(VerdictCorrected(at=ours.now, member="ann", call="k1", line=LINE, called_at=now, came=came))
    assert [(miss.reason, miss.at) for miss in ours.state.misses] == [(reason, now)]


def test_voicemail_is_owed_a_call_again_when_nobody_took_the_call_after_all(talk):
    ours = talk()
    ours.happen(VoicemailLeft(at=ours.now, call="k1", line=LINE, seconds=20))
    ours.call("voicemail")
    assert ours.state.todos == ("callback",)
    for came, todos in (("served", ()), ("missed", ("callback",))):
        ours.happen(VerdictCorrected(at=ours.now, member="ann", call="k1", line=LINE, called_at=MORNING, came=came))
        assert ours.state.todos == todos
    assert [miss.reason for miss in ours.state.misses] == ["voicemail"]


def test_voicemail_heard_of_late_is_owed_a_call_once_by_day_and_by_night(talk):
    for now in (MORNING, NIGHT):
        ours = talk(now=now)
        ours.call()
        ours.leave()
        ours.now += timedelta(minutes=2)
        seen = []
        for seconds in (9, 12):
            ours.happen(VoicemailLeft(at=ours.now, call="k1", line=LINE, seconds=seconds))
            seen.append(ours.todos)
        assert seen == [["callback"], []], now
