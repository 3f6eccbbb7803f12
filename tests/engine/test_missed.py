"""What became of a call: independent of order, number and lateness of the facts."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerback.engine.decide import decide
from answerback.engine.decision import Case
from answerback.engine.events import (
    CallAnswered,
    CalledBack,
    CallEnded,
    CallRang,
    LegEnded,
    TimerDue,
    VoicemailLeft,
)
from answerback.engine.missed import verdict
from answerback.engine.rules import Hours, Line, Span
from answerback.testing.factories import CHICAGO, LINE, MORNING, NIGHT, case, rules

SECOND = timedelta(seconds=1)


def rang(at=MORNING):
    return CallRang(at=at, call="c", line=LINE)


def ended(outcome, at=MORNING + 20 * SECOND, **more):
    return CallEnded(at=at, call="c", line=LINE, outcome=outcome, **more)


def leg(result):
    return LegEnded(at=MORNING, call="c", line=LINE, leg="l", target=None, result=result)


def answered(by, evidence=None, rang_seconds=None):
    return CallAnswered(at=MORNING, call="c", line=LINE, by=by, evidence=evidence, rang_seconds=rang_seconds)


def called_back(**how):
    return CalledBack(at=MORNING, call="c", line=LINE, **how)


def shop(**line):
    """The plumber, with this known of the line."""
    return rules(business={"lines": {LINE: Line(number=LINE, **line)}})


def voicemail(seconds):
    return VoicemailLeft(at=MORNING + 40 * SECOND, call="c", line=LINE, seconds=seconds)


def judged(*facts, **more):
    found = verdict(facts, rules(), **more)
    return (found.came, found.reason) if found.missed else found.came


@pytest.mark.parametrize(
    ("facts", "came"),
    [
        ([rang()], "waiting"),
        ([rang(), leg("no_answer")], "waiting"),
        ([rang(), leg("answered"), ended("unknown")], ("missed", "unknown")),
        ([rang(), answered("machine"), ended("machine")], ("missed", "unknown")),
        ([rang(), answered("ai"), ended("answered_ai")], ("missed", "answered_by_ai")),
        ([ended("unknown")], ("missed", "unknown")),
        ([leg("busy"), ended("unknown")], ("missed", "busy")),
        ([rang(), ended("no_answer")], ("missed", "no_answer")),
        ([rang(), ended("busy")], ("missed", "busy")),
        ([rang(), ended("failed")], ("missed", "failed")),
        ([rang(), ended("after_hours")], ("missed", "after_hours")),
        ([ended("abandoned", rang_seconds=3)], "noise"),
        ([ended("abandoned", rang_seconds=9)], ("missed", "short_abandon")),
        ([ended("abandoned", rang_seconds=10)], ("missed", "abandoned")),
        ([rang(), ended("abandoned", MORNING + 2 * SECOND)], "noise"),
        ([ended("abandoned")], ("missed", "abandoned")),
        ([ended("abandoned", rang_seconds=2), voicemail(3)], ("missed", "voicemail")),
        ([ended("no_answer"), voicemail(2)], ("missed", "no_answer")),
        ([rang(), voicemail(9)], ("missed", "voicemail")),
        ([ended("blocked")], "noise"),
        ([rang(NIGHT), ended("no_answer", NIGHT)], ("missed", "after_hours")),
        ([rang(NIGHT), ended("abandoned", NIGHT, rang_seconds=5)], ("missed", "short_abandon")),
        ([ended("no_answer"), answered("person")], "served"),
        ([ended("answered_human"), ended("no_answer"), voicemail(30)], "served"),
    ],
)
def test_verdict_is_as_the_facts_say(facts, came):
    assert judged(*facts) == came


def test_verdict_given_up_on_judges_what_is_known():
    assert judged(rang(), leg("no_answer"), gave_up=True) == ("missed", "no_answer")


def case_of(state):
    return Case(key="c1", state=state, contact=case().contact)


FACTS = st.sampled_from(
    [
        rang(),
        leg("no_answer"),
        leg("answered"),
        answered("machine"),
        answered("person"),
        ended("no_answer"),
        ended("abandoned", rang_seconds=5),
        ended("unknown"),
        voicemail(2),
        voicemail(20),
        answered("person", "bridge", 22),
        answered("person", "bridge", 6),
        answered("person", "press_1", 22),
        answered("machine", "machine_detection"),
        answered("ai"),
        ended("answered_human", talked_seconds=30),
        ended("unknown", talked_seconds=200),
        ended("unknown", stage="menu"),
        called_back(talked=None, talked_seconds=5),
        called_back(talked=None, talked_seconds=50),
    ]
)
"""Facts of every kind, about one call."""


@given(facts=st.lists(FACTS, min_size=1, max_size=8), data=st.data())
def test_verdict_is_the_same_in_any_order_and_with_repeats(facts, data):
    ours = shop(voicemail_after=22)
    shuffled = data.draw(st.permutations(facts))
    again = data.draw(st.lists(st.sampled_from(facts), max_size=4))
    assert verdict([*shuffled, *again], ours) == verdict(facts, ours)


@given(facts=st.lists(FACTS, max_size=8))
def test_verdict_with_proof_of_a_person_is_always_served(facts):
    proof = CalledBack(at=MORNING, call="c", line=LINE, talked=True)
    assert verdict([*facts, proof], rules()).came == "served"


@pytest.mark.parametrize(
    ("facts", "came"),
    [
        (
            [answered("person", "bridge", 22), ended("answered_human", talked_seconds=25)],
            ("missed", "carrier_voicemail"),
        ),
        ([answered("person", "bridge", 25)], ("waiting")),
        ([answered("person", "bridge", 20), ended("unknown")], "served"),
        ([answered("person", "bridge", 26), ended("unknown")], "served"),
        ([answered("person", "bridge"), ended("unknown")], "served"),
        ([answered("person", "bridge", 22), ended("answered_human", talked_seconds=180)], "served"),
        ([answered("person", "bridge", 22), answered("person", "press_1", 22), ended("unknown")], "served"),
        ([answered("person", "phone_system", 22), ended("unknown")], "served"),
        ([answered("person", "machine_detection", 22), ended("unknown")], "served"),
        (
            [answered("person", "bridge", 6), answered("machine", "machine_detection"), ended("answered_human")],
            ("missed", "carrier_voicemail"),
        ),
        ([answered("person", "bridge", 22), ended("unknown"), voicemail(20)], ("missed", "voicemail")),
        (
            [
                answered("person", "bridge", 6),
                answered("machine", "machine_detection"),
                ended("answered_human", talked_seconds=600),
            ],
            "served",
        ),
        ([answered("person", "bridge", 22), ended("abandoned", rang_seconds=30)], ("missed", "carrier_voicemail")),
        ([answered("person", "bridge", 22), ended("unknown"), called_back(talked=True)], "served"),
    ],
)
def test_voicemail_of_a_cell_phone_is_told_from_a_person_by_evidence(facts, came):
    """The line's own voicemail picks up after 22 seconds; it joins the legs as a person would."""
    found = verdict(facts, shop(voicemail_after=22))
    assert ((found.came, found.reason) if found.missed else found.came) == came


def test_bridge_is_proof_where_no_voicemail_point_is_known():
    assert judged(answered("person", "bridge", 22), ended("unknown")) == "served"


@pytest.mark.parametrize(
    ("stage", "came"),
    [
        ("menu", ("missed", "abandoned")),
        ("greeting", ("missed", "abandoned")),
        ("queue", ("missed", "abandoned")),
        ("voicemail", ("missed", "abandoned")),
        ("talking", ("missed", "unknown")),
        ("unknown", ("missed", "unknown")),
    ],
)
def test_caller_who_leaves_before_the_menu_or_the_voicemail_ends_gave_up(stage, came):
    assert judged(rang(), ended("unknown", stage=stage)) == came


@pytest.mark.parametrize(("seconds", "came"), [(1, "noise"), (6, ("missed", "short_abandon"))])
def test_caller_who_leaves_a_menu_at_once_is_noise(seconds, came):
    assert judged(rang(), ended("unknown", talked_seconds=seconds, stage="menu")) == came


@pytest.mark.parametrize(("how", "talked"), [((None, 29), False), ((None, 30), True), ((None, None), False)])
def test_outgoing_call_that_something_answered_counts_as_talked_from_half_a_minute(how, talked):
    back = called_back(talked=how[0], talked_seconds=how[1])
    assert (judged(ended("no_answer"), back) == "served") is talked


def test_voicemail_too_short_for_a_word_is_a_call_given_up():
    assert judged(ended("voicemail"), voicemail(1)) == ("missed", "unknown")


def test_call_is_judged_by_the_hours_of_its_own_line():
    """The clinic's branch is open at night; its other lines are not."""
    night = Hours(zone=CHICAGO, spans=tuple(Span(weekday=d, start=time(20), end=time(6)) for d in range(7)))
    assert verdict([ended("no_answer", NIGHT)], shop(hours=night)).reason == "no_answer"
    assert verdict([ended("no_answer", NIGHT)], shop()).reason == "after_hours"


def test_verdict_says_what_it_rests_on():
    found = verdict([rang(), answered("person", "bridge", 22), ended("unknown")], shop(voicemail_after=22))
    assert [(check.name, check.passed) for check in found.seen] == [
        ("person", False),
        ("end", False),
        ("hours", True),
        ("voicemail", False),
    ]
    assert "22 s" in found.seen[0].evidence


def test_most_doubtful_word_about_a_caller_is_believed():
    facts = [
        replace(rang(), attestation="A", screening="clear"),
        replace(rang(), attestation="failed", screening="spam"),
        ended("no_answer"),
    ]
    found = verdict(facts, rules())
    assert (found.attestation, found.screening) == ("failed", "spam")


@given(facts=st.lists(FACTS, min_size=1, max_size=6), cut=st.integers(min_value=0, max_value=6), data=st.data())
def test_conversation_ends_the_same_however_the_facts_of_a_call_are_shuffled(facts, cut, data):
    """Through `decide`: whichever facts come in whichever order, some of them twice, in time to be judged together."""
    told = [*facts, *facts[:cut]]

    def come(order):
        state = case().state
        for fact in order:
            state = decide(rules(), case_of(state), fact, MORNING).state
        late = MORNING + timedelta(minutes=6)
        due = TimerDue(at=late, timer="verdict", ref="c")
        state = decide(rules(), case_of(state), due, late).state
        return state.lead, bool(state.misses), state.served_at is not None

    assert come(told) == come(data.draw(st.permutations(told)))


@given(facts=st.lists(FACTS.filter(lambda fact: not isinstance(fact, CalledBack)), max_size=6), data=st.data())
def test_conversation_ends_with_the_verdict_on_all_facts_however_late_they_come(facts, data):
    """Ten minutes between any two reports: each is judged alone at first, and the last word is that of all together."""
    told = data.draw(st.permutations([ended("no_answer"), *facts]))
    ours, state, now = shop(voicemail_after=22), case().state, MORNING
    for fact in told:
        now += timedelta(minutes=10)
        state = decide(ours, case_of(state), fact, now).state
        state = decide(ours, case_of(state), TimerDue(at=now, timer="verdict", ref="c"), now).state
    together = verdict(told, ours, gave_up=True)
    assert bool(state.misses) == together.missed
    assert (state.served_by == "c") == (together.came == "served")
    assert together.missed <= (state.lead is not None)
    assert [miss.reason for miss in state.misses] == [together.reason] * together.missed
