"""The usual language of a playbook is spoken to whoever has not written yet; whoever writes is answered in theirs."""

from dataclasses import replace

import pytest

from answerback.engine.state import State
from answerback.testing.factories import LINE, case, playbook, rules

SPANISH_FIRST = playbook(languages=("es", "en"))


def test_a_missed_call_is_texted_in_the_usual_language(talk):
    """The form said so, and English went out wherever a playbook had words in it."""
    spanish, english = talk(rules=rules(book=SPANISH_FIRST)), talk()
    for each in (spanish, english):
        each.call()
    opened = playbook().greet["open"]
    assert (spanish.state.language, english.state.language) == ("es", "en")
    assert [text.body[:12] for text in spanish.texts] == [_begins(opened["es"])]
    assert [text.body[:12] for text in english.texts] == [_begins(opened["en"])]


def test_whoever_writes_english_is_answered_in_english_from_then_on(talk):
    """Also by what comes later of itself: English is not taken for never having been spoken."""
    maria = talk(rules=rules(book=SPANISH_FIRST))
    maria.call()
    maria.leave()
    maria.says(language="en", intent="question")
    assert maria.state.language == "en"
    maria.call()
    assert maria.state.language == "en"


def test_who_writes_first_is_answered_in_what_they_wrote(talk):
    ann = talk(rules=rules(book=SPANISH_FIRST))
    ann.says(language="en", intent="question")
    assert ann.state.language == "en"


@pytest.mark.parametrize(
    ("begun", "language"),
    [({}, "es"), ({"line": LINE, "source_line": LINE}, "es"), ({"phase": "greeting"}, "en"), ({"timers": 1}, "en")],
)
def test_a_conversation_that_began_before_goes_on_in_its_language(talk, begun, language):
    going_on = talk(rules=rules(book=SPANISH_FIRST), case=case(**begun))
    going_on.call()
    assert going_on.state.language == language


def test_without_languages_it_is_english(talk):
    nobody = talk(rules=rules(book=replace(playbook(), languages=())))
    nobody.call()
    assert nobody.state.language == State().language


def _begins(variants):
    return variants[0].replace("{business}", "Rivera Plumbing")[:12]


BOTH_WAYS = pytest.mark.parametrize(("first", "before"), [("en", "es"), ("es", "en")])


@BOTH_WAYS
def test_who_comes_back_is_texted_in_what_they_spoke_before(talk, first, before):
    book = playbook(languages=(first, {"en": "es", "es": "en"}[first]))
    again = talk(rules=rules(book=book), case=case(contact={"language": before}))
    again.call()
    assert again.state.language == before
    assert [text.body[:12] for text in again.texts] == [_begins(playbook().greet["open"][before])]


@BOTH_WAYS
def test_also_after_a_call_that_was_not_judged_yet(talk, first, before):
    book = playbook(languages=(first, before))
    waits = {"line": LINE, "source_line": LINE, "language": before}
    again = talk(rules=rules(book=book), case=case(contact={"language": before}, **waits))
    again.call()
    assert again.state.language == before


def test_what_the_playbook_has_no_words_in_is_not_spoken(talk):
    again = talk(rules=rules(book=SPANISH_FIRST), case=case(contact={"language": "fr"}))
    again.call()
    assert again.state.language == "es"


def test_who_changes_languages_in_a_conversation_is_followed_whatever_was_before(talk):
    again = talk(rules=rules(book=SPANISH_FIRST), case=case(contact={"language": "es"}))
    again.call()
    again.leave()
    again.says(language="en", intent="question")
    assert again.state.language == "en"
