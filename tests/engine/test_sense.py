"""Conversation sense: crossing texts, corrections, pictures, questions back, and one thought in two texts."""

import ast
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerback.engine import guards, videos
from answerback.engine.effects import SendText
from answerback.engine.events import TextReceived
from answerback.engine.playbook import Fact
from answerback.engine.reading import Reading, Slots
from answerback.engine.thought import filled, together
from answerback.testing.factories import LINE, playbook, rules


@pytest.fixture
def greeted(talk):
    ours = talk()
    ours.call()
    ours.leave()
    return ours


def test_text_that_crossed_our_question_is_no_answer_to_it(greeted):
    greeted.says(intent="book", service="drain")
    greeted.leave()
    greeted.now += timedelta(seconds=4)
    greeted.says(intent="other")
    assert (greeted.said, greeted.state.tries) == ([], {"urgency": 1})
    assert "SetTimer" in greeted.kinds
    greeted.now += timedelta(seconds=30)
    greeted.says(intent="other")
    assert (greeted.said, greeted.state.tries) == (["again"], {"urgency": 2})


def test_question_put_again_behind_an_answer_does_not_say_that_nothing_was_understood(greeted):
    greeted.says(intent="book", service="drain")
    greeted.leave()
    for intent, why in (
        ("question", "They asked something too: what answers it came first, and then our question once more."),
        ("other", "The answer was not understood, so the question was put once more in other words."),
    ):
        greeted.now += timedelta(minutes=1)
        greeted.says(intent=intent)
        assert [each.why for each in greeted.last.receipts if each.verdict == "sent"] == [why]


def test_correction_replaces_an_answer_and_nothing_else_does(greeted):
    greeted.says(intent="book", service="drain", slots=Slots(zip="78701"))
    greeted.leave()
    greeted.now += timedelta(minutes=1)
    greeted.says(intent="answer", urgency="soon", slots=Slots(zip="78702"))
    assert greeted.state.answers["area"] == "78701"
    greeted.says(intent="answer", corrects=True, slots=Slots(zip="78704"))
    assert greeted.state.answers["area"] == "78704"


def test_correction_after_the_link_is_for_a_person_and_sends_nothing(greeted):
    greeted.says(intent="book", service="drain", urgency="soon", slots=Slots(zip="78701", contact_pref="link"))
    greeted.leave()
    greeted.says(intent="answer", corrects=True, slots=Slots(city="Austin"))
    assert (greeted.said, greeted.todos, greeted.state.phase) == ([], ["review"], "offered")
    assert greeted.state.answers["area"] == "Austin"


def test_correction_to_a_place_not_served_is_told_so(greeted):
    greeted.says(intent="book", service="drain", urgency="soon", slots=Slots(zip="78701", contact_pref="link"))
    greeted.leave()
    greeted.says(intent="answer", corrects=True, slots=Slots(city="Farville"))
    assert greeted.said == ["not_served"]


def test_picture_alone_uses_up_no_try(greeted):
    greeted.says(intent="book", service="drain")
    greeted.leave()
    greeted.now += timedelta(minutes=2)
    greeted.happen(TextReceived(at=greeted.now, line=LINE, text=" ", media=("a.jpg",), reading=Reading()))
    assert (greeted.said, greeted.todos, greeted.state.tries) == ([], ["review"], {"urgency": 1})


def test_picture_as_the_first_reply_is_followed_by_the_first_question(greeted):
    greeted.happen(TextReceived(at=greeted.now, line=LINE, text="", media=("a.jpg",), reading=Reading()))
    assert (greeted.said, greeted.todos) == (["ask"], ["review"])


FACTS = (
    Fact(about="insurance", words={"en": ("insured", "licensed")}, say={"en": ("Yes, licensed and insured.",)}),
    Fact(
        about="parking", words={"en": ("park", "parking lot"), "es": ("estacionar",)}, say={"en": ("Behind the shop.",)}
    ),
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("are you guys licensed?", "Yes, licensed and insured."),
        ("where do I PARK?", "Behind the shop."),
        ("¿dónde puedo estacionar?", "Behind the shop."),
        ("are you insured and where do I park", ""),
        ("are there sparks?", ""),
    ],
)
def test_question_back_is_answered_from_one_fact_or_by_a_person(talk, question, told):
    ours = talk(rules=replace(rules(), playbook=replace(playbook(), facts=FACTS)))
    ours.call()
    ours.leave()
    reading = Reading(intent="question", confidence=0.9, language="en")
    ours.happen(TextReceived(at=ours.now, line=LINE, text=question, reading=reading))
    known = told != ""
    assert ours.texts[0].body == f"{told or 'A person from our team will answer you.'} What needs fixing?"
    assert ("review" in ours.todos) is not known


READINGS = st.builds(
    Reading,
    intent=st.sampled_from(["other", "answer", "question", "ack", "book"]),
    urgency=st.sampled_from(["unknown", "can_wait", "soon"]),
    slots=st.builds(Slots, city=st.sampled_from([None, "Austin"]), zip=st.sampled_from([None, "78701"])),
    corrects=st.booleans(),
    language=st.just("en"),
    confidence=st.just(0.9),
)


@given(st.lists(st.tuples(READINGS, st.integers(0, 200)), max_size=12))
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_question_is_asked_three_times(talk, said):
    ours = talk()
    ours.call()
    ours.leave()
    asked: list[str] = []
    for reading, seconds in said:
        ours.now += timedelta(seconds=seconds)
        ours.happen(TextReceived(at=ours.now, line=LINE, text="words", reading=reading))
        asked += [text.body for text in ours.of(SendText) if text.purpose in {"ask", "again"} and ours.state.asked]
        ours.leave()
        slots = [ours.state.tries.get(learn.slot, 0) for learn in ours.rules.playbook.learn]
        assert max(slots) <= 2
    assert all(asked.count(body) <= 1 for body in asked)


ANY = st.builds(
    Reading,
    intent=st.sampled_from(["other", "ack", "book", "answer", "opt_out"]),
    opt_out=st.booleans(),
    hazards=st.sets(st.sampled_from(["gas", "fire"])).map(tuple),
    sensitive=st.sets(st.sampled_from(["medical", "legal"])).map(tuple),
    urgency=st.sampled_from(["unknown", "can_wait", "soon", "emergency"]),
    slots=st.builds(Slots, city=st.sampled_from([None, "Austin", "Waco"])),
)
RANK = ["unknown", "can_wait", "soon", "emergency"]


@given(ANY, ANY, ANY)
def test_one_thought_takes_nothing_back_and_repeats_no_danger(alone, both, before):
    joined = together(alone, both, before)
    assert joined.opt_out >= alone.opt_out
    assert set(alone.hazards) <= set(joined.hazards)
    assert set(joined.hazards) - set(alone.hazards) == set(both.hazards) - set(before.hazards) - set(alone.hazards)
    assert set(alone.sensitive) <= set(joined.sensitive)
    assert RANK.index(joined.urgency) >= RANK.index(alone.urgency)
    assert joined.slots == filled(alone.slots, both.slots)
    assert joined.slots.city == (alone.slots.city or both.slots.city)


def test_an_answer_names_no_service_that_only_the_words_before_it_suggest():
    """ "Not an emergency, tomorrow is fine" and "78704" within a minute speak of no water line."""
    both = Reading(intent="book", service="water_line", slots=Slots(zip="78704"))
    before = Reading(intent="answer", urgency="can_wait")
    assert together(Reading(intent="answer", slots=Slots(zip="78704")), both, before).service is None
    assert together(Reading(intent="other"), both, before).service == "water_line"


def test_whatever_is_not_sent_says_what_would_have_changed_it() -> None:
    """Every place of the engine that notes a text was not sent, and every guard by which that may be."""
    engine = Path(guards.__file__).parent
    silent = [
        f"{path.name}: {ast.unparse(node.args[1])}"
        for path in sorted(engine.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "note"
        if any(each.arg == "verdict" and "not_sent" in ast.unparse(each.value) for each in node.keywords)
        if not any(each.arg == "would_change" for each in node.keywords)
    ]
    assert silent == []
    assert set(videos.WOULD_CHANGE) == {"moment", "after_first_reply", "calm", "once", "hold_out"}
