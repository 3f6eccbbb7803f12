"""Replies: what each kind of text leads to."""

from datetime import timedelta

import pytest

from answerback.engine.effects import KeepConsent, OpenTodo, Suppress
from answerback.engine.events import HandedBack, StaffTexted, TextReceived, TookOver
from answerback.engine.reading import Reading, Slots
from answerback.testing.factories import LINE, case, playbook, rules


@pytest.fixture
def greeted(talk):
    ours = talk()
    ours.call()
    ours.leave()
    return ours


def answers(**slots):
    return {"intent": "answer", "slots": Slots(**slots)}


def test_conversation_to_the_link(greeted):
    said = []
    for reading in (
        {"intent": "book", "service": "drain"},
        {"intent": "answer", "urgency": "soon"},
        answers(city="Austin"),
        answers(contact_pref="link"),
    ):
        greeted.says(**reading)
        greeted.leave()
        said.append((greeted.said, greeted.texts[0].body))
    assert said == [
        (["ask"], "Is it urgent?"),
        (["ask"], "Which city?"),
        (["ask"], "A call or a link?"),
        (["link"], "Choose a time: {link}"),
    ]
    assert (greeted.state.phase, greeted.state.lead) == ("offered", "qualified")
    expected = {"service": "drain", "urgency": "soon", "area": "Austin", "contact_pref": "link"}
    assert greeted.state.answers == expected


def test_answers_volunteered_early_are_not_asked_for(greeted):
    greeted.says(intent="book", service="drain", urgency="soon", slots=Slots(zip="78701", contact_pref="link"))
    assert greeted.said == ["link"]


def test_question_of_the_service_is_asked_with_its_choices(greeted):
    greeted.says(intent="book", service="heater", urgency="soon", slots=Slots(city="Austin", contact_pref="link"))
    assert greeted.texts[0].body == "Gas or electric? 1 Gas, 2 Electric"
    greeted.leave()
    greeted.says(**answers(option="2"))
    assert (greeted.said, greeted.state.answers["fuel"]) == (["link"], "Electric")


def test_wish_for_a_call_promises_one_with_its_todo(greeted):
    greeted.says(intent="callback")
    assert (greeted.said, greeted.todos, greeted.state.phase) == (["callback"], ["callback"], "callback")
    assert greeted.texts[0].body == "A person will call you within 30 minutes."


def test_question_is_put_twice_and_then_a_person_answers(greeted):
    said = []
    for _ in range(3):
        greeted.now += timedelta(minutes=1)
        greeted.says(confidence=0.1)
        greeted.leave()
        said.append(greeted.said)
    assert said == [["ask"], ["again"], ["to_person"]]
    assert (greeted.state.phase, greeted.todos) == ("human", ["review"])


def test_texts_that_wait_for_a_person_are_one_todo(greeted):
    """The second opened one of another name, so that two asked for the same answer."""
    opened = []
    for _ in range(4):
        greeted.now += timedelta(minutes=1)
        greeted.says(confidence=0.1)
        greeted.leave()
        opened += [todo.key for todo in greeted.of(OpenTodo)]
    assert opened == ["unsure", "review", "review"]


def test_question_that_never_left_was_never_asked(greeted):
    greeted.says(confidence=0.1)
    greeted.says(confidence=0.1)
    assert (greeted.said, greeted.state.tries) == (["ask"], {"service": 1})


@pytest.mark.parametrize("event", [{"keyword": "stop"}, {"reading": Reading(opt_out=True)}])
def test_stop_is_for_ever(greeted, event):
    greeted.happen(TextReceived(at=greeted.now, line=LINE, text="stop", **event))
    assert greeted.said == ([] if "keyword" in event else ["opted_out"])
    assert "Suppress" in greeted.kinds
    assert greeted.state.phase == "closed"


def test_stop_while_in_danger_wakes_a_person_and_says_nothing(greeted):
    greeted.says(opt_out=True, urgency="emergency")
    assert (greeted.said, greeted.pages, greeted.state.phase) == ([], 1, "human")


def test_stop_said_twice_is_confirmed_once(talk):
    ours = talk(case=case(contact={"suppressed": True}))
    ours.says(opt_out=True)
    assert ours.said == []
    assert ours.kinds.count("Suppress") == 1, "What they say themselves stands in the place of what staff entered."


def test_start_lifts_the_stop(talk):
    ours = talk(case=case(contact={"suppressed": True}, phase="closed"))
    ours.says(opt_in=True)
    assert ours.said == ["started"]
    assert "Unsuppress" in ours.kinds


@pytest.mark.parametrize(("urgency", "todos", "pages"), [("soon", ["review"], 0), ("emergency", ["urgent"], 1)])
def test_text_of_somebody_who_said_stop_is_for_a_person(talk, urgency, todos, pages):
    ours = talk(case=case(contact={"suppressed": True}))
    ours.says(urgency=urgency)
    assert (ours.said, ours.todos, ours.pages) == ([], todos, pages)


def test_help_is_answered_unless_the_provider_did(greeted):
    greeted.says(intent="help")
    assert greeted.said == ["help"]
    greeted.happen(TextReceived(at=greeted.now, line=LINE, text="HELP", keyword="help"))
    assert greeted.said == []


def test_thanks_to_a_person_is_no_todo_and_one_need_is_one(greeted):
    """One "ok thanks" after a question left two to answer it."""
    greeted.happen(TookOver(at=greeted.now, member="ann"))
    greeted.says("ok thanks", intent="ack")
    assert (greeted.said, greeted.todos) == ([], [])
    greeted.happen(StaffTexted(at=greeted.now, member="ann", text="Is Monday fine?", asks=True))
    for text, intent in (("ok thanks", "ack"), ("and how much is it", "question")):
        greeted.says(text, intent=intent)
        assert [todo.key for todo in greeted.of(OpenTodo)] == ["review"]


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("that works", {}),
        ("thanks, and my son is 4", {"sensitive": ("minor",)}),
        ("thanks for nothing", {"intent": "complaint"}),
    ],
)
def test_more_than_thanks_to_a_person_is_a_todo(greeted, text, more):
    """ "That works" takes what a person proposed."""
    greeted.happen(TookOver(at=greeted.now, member="ann"))
    greeted.says(text, **{"intent": "ack", **more})
    assert [todo.key for todo in greeted.of(OpenTodo)] == ["review"]


def test_person_has_the_conversation_until_handed_back(greeted):
    greeted.happen(TookOver(at=greeted.now, member="ann"))
    greeted.says(intent="book", service="drain")
    assert (greeted.said, greeted.todos) == ([], ["review"])
    greeted.says(urgency="emergency")
    assert (greeted.said, greeted.pages) == ([], 1)
    greeted.happen(HandedBack(at=greeted.now, member="ann"))
    assert (greeted.said, greeted.state.phase) == ([], "learning")
    greeted.says(intent="answer", urgency="soon")
    assert greeted.said == ["ask"]


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        ({"hazards": ("gas",)}, (["life_safety"], ["urgent"], 1, "human", "contacted")),
        ({"sensitive": ("self_harm",)}, (["life_safety"], ["urgent"], 1, "human", "contacted")),
        ({"urgency": "emergency"}, (["urgent"], ["urgent"], 1, "human", "contacted")),
        ({"hazards": ("flood",)}, (["urgent"], ["urgent"], 1, "human", "contacted")),
        ({"sensitive": ("legal",)}, (["sensitive"], ["sensitive"], 0, "human", "contacted")),
        ({"intent": "wrong_number"}, (["wrong_number"], [], 0, "closed", "lost")),
        ({"intent": "vendor"}, ([], ["review"], 0, "human", "not_served")),
        ({"intent": "job_seeker"}, ([], ["review"], 0, "human", "not_served")),
        ({"intent": "decline"}, (["declined"], [], 0, "closed", "lost")),
        ({"intent": "complaint"}, (["to_person"], ["review"], 0, "human", "contacted")),
        ({"intent": "reschedule"}, (["to_person"], ["review"], 0, "human", "contacted")),
        ({"service": "elsewhere"}, (["not_served"], [], 0, "closed", "not_served")),
        ({"service": "septic"}, (["not_served"], [], 0, "closed", "not_served")),
        ({"slots": Slots(city="Dallas")}, (["not_served"], [], 0, "closed", "not_served")),
        ({"intent": "ack"}, (["ask"], [], 0, "learning", "contacted")),
    ],
)
def test_reading_leads_where_it_must(greeted, reading, expected):
    greeted.says(**reading)
    got = (greeted.said, greeted.todos, greeted.pages, greeted.state.phase, greeted.state.lead)
    assert got == expected


def test_price_is_told_only_when_it_is_asked_for(greeted):
    asks = Reading(intent="question", service="drain", confidence=0.9, language="en")
    greeted.happen(TextReceived(at=greeted.now, line=LINE, text="how much is a drain?", reading=asks))
    assert greeted.texts[0].body == "A drain visit is $99. Is it urgent?"
    greeted.leave()
    greeted.happen(TextReceived(at=greeted.now, line=LINE, text="are you open?", reading=asks))
    assert (greeted.texts[0].body, greeted.todos) == (
        "A person from our team will answer you. Can it wait, or not?",
        ["review"],
    )


def test_thanks_after_the_link_is_not_answered(greeted):
    greeted.says(intent="book", service="drain", urgency="soon", slots=Slots(zip="78701", contact_pref="link"))
    greeted.leave()
    greeted.says(intent="ack")
    assert (greeted.said, greeted.state.phase) == ([], "offered")


def test_text_before_the_greeting_left_is_answered_with_the_name_and_the_notice(talk):
    ours = talk()
    ours.call()
    ours.says(intent="book", service="drain")
    assert ours.withdrew
    assert ours.texts[0].body == "Rivera Plumbing: Is it urgent? Reply STOP to opt out"


def test_text_without_a_call_is_a_lead_and_is_introduced(talk):
    ours = talk()
    ours.says(intent="book", service="drain")
    assert (ours.kinds, ours.state.phase) == (["KeepLead", "KeepConsent", "SendText", "SetTimer"], "learning")
    assert ours.texts[0].body.startswith("Rivera Plumbing: ")


def test_text_heard_of_late_is_for_a_person(greeted):
    late = TextReceived(
        at=greeted.now - timedelta(hours=1), line=LINE, text="x", reading=Reading(intent="book", service="drain")
    )
    greeted.happen(late)
    assert (greeted.said, greeted.todos) == ([], ["review"])


def test_answering_machine_is_braked(talk):
    ours = talk(rules=rules(replies_per_hour=2, texts_per_day=99))
    ours.call()
    ours.leave()
    said = []
    for reading in ({"service": "drain"}, {"urgency": "soon"}, answers(city="Austin")):
        ours.says(**{"intent": "answer", **reading})
        ours.leave()
        said.append((ours.said, ours.todos))
    assert said == [(["ask"], []), (["ask"], []), ([], ["review"])]
    assert ours.why_not == ["replies_per_hour"]


def test_link_needs_the_required_answers_even_without_questions(talk):
    ours = talk(rules=rules(book=playbook(learn=())))
    ours.says(intent="book", service="drain")
    assert (ours.said, ours.state.phase) == (["to_person"], "human")


def test_spanish_is_answered_in_spanish(greeted):
    greeted.says(language="es", intent="book", service="drain", urgency="soon", slots=Slots(city="Austin"))
    assert greeted.state.language == "es"


def test_a_word_that_our_texts_ask_for_says_nothing_of_the_language(greeted):
    """Our Spanish texts say "Responda STOP": who did was told in English that they get no more."""
    greeted.says(language="es", intent="book", service="drain", urgency="soon")
    greeted.happen(TextReceived(at=greeted.now, line=LINE, text="Stop.", reading=Reading(language="en", opt_out=True)))
    assert (greeted.state.language, greeted.said) == ("es", ["opted_out"])


def test_a_text_we_are_not_sure_of_is_answered_and_looked_at(greeted):
    greeted.says(intent="book", service="drain", confidence=0.2)
    assert (greeted.said, greeted.todos) == (["ask"], ["review"])


def test_a_text_we_are_sure_of_is_answered_alone(greeted):
    greeted.says(intent="book", service="drain", confidence=0.9)
    assert (greeted.said, greeted.todos) == (["ask"], [])


def test_wrong_number_ends_the_consent_of_whoever_has_it(greeted):
    greeted.says(intent="wrong_number")
    assert greeted.said == ["wrong_number"]
    assert [(kept.state, kept.source) for kept in greeted.of(KeepConsent)][-1:] == [("wrong_party", "text")]


@pytest.mark.parametrize(("words", "todos"), [("CANCEL", ["call_now"]), ("cancelar.", ["call_now"]), ("STOP", [])])
def test_cancel_stops_the_texts_and_somebody_asks_what_was_meant(greeted, words, todos):
    """Phone companies read CANCEL as a stop; whoever writes it may mean a visit."""
    greeted.happen(
        TextReceived(at=greeted.now, line=LINE, text=words, keyword="stop", reading=Reading(intent="opt_out"))
    )
    assert len(greeted.of(Suppress)) == 1
    assert greeted.todos == todos
