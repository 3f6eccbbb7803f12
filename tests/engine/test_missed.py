"""What became of a call: independent of order, number and lateness of the facts."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerback.engine.events import (
    CallAnswered,
    CalledBack,
    CallEnded,
    CallRang,
    LegEnded,
    VoicemailLeft,
)
from answerback.engine.missed import verdict
from answerback.engine.rules import Settings
from answerback.testing.factories import LINE, MORNING, NIGHT, hours

SECOND = timedelta(seconds=1)


def rang(at=MORNING):
    return CallRang(at=at, call="c", line=LINE)


def ended(outcome, at=MORNING + 20 * SECOND, **more):
    return CallEnded(at=at, call="c", line=LINE, outcome=outcome, **more)


def leg(result):
    return LegEnded(at=MORNING, call="c", line=LINE, leg="l", target=None, result=result)


def answered(by):
    return CallAnswered(at=MORNING, call="c", line=LINE, by=by)


def voicemail(seconds):
    return VoicemailLeft(at=MORNING + 40 * SECOND, call="c", line=LINE, seconds=seconds)


def judged(*facts, **more):
    found = verdict(facts, hours(), Settings(), **more)
    return (found.came, found.reason) if found.missed else found.came


@pytest.mark.parametrize(
    ("facts", "came"),
    [
        ([rang()], "waiting"),
        ([rang(), leg("no_answer")], "waiting"),
        ([rang(), leg("answered"), ended("unknown")], ("missed", "unknown")),
        ([rang(), answered("machine"), ended("machine")], ("missed", "unknown")),
        ([rang(), answered("ai"), ended("answered_ai")], ("missed", "unknown")),
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
    ]
)


@given(facts=st.lists(FACTS, min_size=1, max_size=8), data=st.data())
def test_verdict_is_the_same_in_any_order_and_with_repeats(facts, data):
    shuffled = data.draw(st.permutations(facts))
    again = data.draw(st.lists(st.sampled_from(facts), max_size=4))
    assert verdict([*shuffled, *again], hours(), Settings()) == verdict(facts, hours(), Settings())


@given(facts=st.lists(FACTS, max_size=8))
def test_verdict_with_proof_of_a_person_is_always_served(facts):
    proof = CalledBack(at=MORNING, call="c", line=LINE, talked=True)
    assert verdict([*facts, proof], hours(), Settings()).came == "served"
