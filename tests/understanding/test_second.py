"""The second reader of times: what it doubts is asked about, or read another way that the rules hold likely as well."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.understanding.composed import moments

from answerback.engine.times import Times
from answerback.understanding.when import second, understand_times
from answerback.understanding.when.as_seen import MOST, Seen, seen, stand, tried
from answerback.understanding.when.company import in_company
from answerback.understanding.when.elements import elements
from answerback.understanding.when.pieces import Element, Moment
from answerback.understanding.when.scopes import scoped
from answerback.understanding.when.tokens import Token, tokens
from answerback.understanding.when.understand import constrained, read_by_rules
from answerback.understanding.when.weighed import likely_readings
from training.phrases import TESTED, ZONE, phrases

NOW = datetime(2026, 10, 28, 10, 20, tzinfo=ZONE)
AT = Moment(now=NOW)
NOTHING = Times(now=NOW.astimezone(UTC), zone=ZONE.key)


def _found(text: str, at: Moment = AT) -> tuple[list[Token], list[Element]]:
    words = in_company(tokens(text))
    return words, list(elements(words, at))


def _sight(text: str) -> Seen:
    words, found = _found(text)
    return seen(words, found)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("its the upstairs bath, 2nd one this yr", True),
        ("can u come tmrw before noon? after that im at my sons game", False),
        ("move out is the 31st so either the 30th or 31st", False),
    ],
)
def test_what_the_rules_misread_is_asked_about_and_what_they_asked_needlessly_is_believed(
    text: str, *, asked: bool
) -> None:
    words, found = _found(text)
    assert read_by_rules(words, found, AT, NOTHING, answering=True).ask is not asked
    assert understand_times(text, now=NOW, zone=ZONE).ask is asked


@pytest.mark.parametrize(
    ("text", "language", "left_out", "kept"),
    [
        ("thurs im home all day fri im teaching", "en", (10, 30), (10, 29)),
        ("fri im home all day sat im teaching", "en", (10, 31), (10, 30)),
        ("el jueves tengo cita con el doctor, el viernes esta bien", "es", (10, 29), (10, 30)),
    ],
)
def test_another_likely_reading_is_taken_that_says_less(
    text: str, language: str, left_out: tuple[int, int], kept: tuple[int, int]
) -> None:
    words, found = _found(text)
    by_rules = read_by_rules(words, found, AT, NOTHING, answering=True)
    said = understand_times(text, now=NOW, zone=ZONE, language=language)
    days = [datetime(2026, *day, 14, tzinfo=ZONE) for day in (left_out, kept)]
    assert [each.allows(day) for each in (by_rules, said) for day in days] == [True, True, False, True]
    assert said.ask is False


def test_none_is_taken_that_says_more() -> None:
    """The other way forgets the bus, and is believed."""
    text = "i have to get my son off the bus at 2 so friday before that"
    words, found = _found(text)
    by_rules = read_by_rules(words, found, AT, NOTHING, answering=True)
    said = understand_times(text, now=NOW, zone=ZONE)
    assert (said.wanted, said.never) == (by_rules.wanted, by_rules.never)


@pytest.mark.parametrize(
    "text",
    [
        "next friday",
        "7",
        "friday if i get the day off",
        "10:15 today",
        "i got a delivery coming friday 8-12, come after",
        "delivery friday 8 to 12 you can come before",
        "class wednesday from 9 to 12, I can come in after",
        "thursday but not this one",
        "friday except this one",
        "after my procedure on thursday",
        "el viernes, después de mi turno",
    ],
)
def test_what_the_words_leave_open_stays_open(text: str) -> None:
    words, found = _found(text)
    by_rules = read_by_rules(words, found, AT, NOTHING, answering=True)
    assert understand_times(text, now=NOW, zone=ZONE) == by_rules


@pytest.mark.parametrize("text", ["lunes a las 7:30 am", "tonight at 8:30", "el sabado de la semana que viene"])
def test_nothing_but_a_time_is_not_doubted(text: str) -> None:
    words, found = _found(text)
    by_rules = read_by_rules(words, found, AT, NOTHING, answering=True)
    assert understand_times(text, now=NOW, zone=ZONE) == by_rules


@pytest.mark.parametrize("text", ["the first monday of next may or so", "sometime next august", "in 9999"])
def test_what_lies_too_far_ahead_to_be_tried_is_left_to_the_rules(text: str) -> None:
    words, found = _found(text)
    by_rules = read_by_rules(words, found, AT, NOTHING, answering=True)
    assert understand_times(text, now=NOW, zone=ZONE) == by_rules


def test_hardly_any_tested_phrase_is_doubted() -> None:
    doubted = []
    for phrase in phrases(TESTED):
        at = Moment(now=phrase.now, day_first=phrase.language == "es")
        words, found = _found(phrase.text, at)
        nothing = Times(now=phrase.now.astimezone(UTC), zone=ZONE.key)
        said = read_by_rules(words, found, at, nothing, answering=True)
        may_be = phrase.must_be_asked or phrase.may_be_asked or said.ask
        if second.held_against(said, seen(words, found), at, list).ask and not may_be:
            doubted.append(phrase.text)
    assert doubted == []


@given(now=moments, text=st.sampled_from([each.text for each in phrases(TESTED)]))
def test_it_takes_none_but_a_likely_reading_and_changes_nothing_in_it_but_whether_it_is_asked(
    now: datetime, text: str
) -> None:
    at = Moment(now=now)
    words, found = _found(text, at)
    nothing = Times(now=now.astimezone(UTC), zone=ZONE.key)
    said = read_by_rules(words, found, at, nothing, answering=True)
    read = partial(constrained, words=words, moment=at, nothing=nothing)
    others = likely_readings(found, words, scoped(found), read)
    held = second.held_against(said, seen(words, found), at, lambda: others)
    assert replace(held, ask=False) in [replace(each, ask=False) for each in (said, *others)]
    kept = second.held_against(said, seen(words, found), at, list)
    assert replace(kept, ask=said.ask) == said


@given(now=moments, text=st.sampled_from([each.text for each in phrases(TESTED)]))
def test_what_it_says_of_an_instant_are_shares(now: datetime, text: str) -> None:
    at = Moment(now=now)
    words, found = _found(text, at)
    sight = seen(words, found)
    instants = tried(sight.pieces[: second.PIECES], at)
    assert len(instants) <= MOST
    for each in second.judged(sight, [(one.stands, one.beside) for one in instants]):
        assert sum(each) == pytest.approx(1.0)


def test_a_free_text_is_not_doubted() -> None:
    """Where nobody asked when they can come, times are mostly told."""
    text = "Tuesday would of been good but my car's in the shop so Thursday"
    words, found = _found(text)
    by_rules = read_by_rules(words, found, AT, NOTHING, answering=False)
    assert understand_times(text, now=NOW, zone=ZONE, answering=False) == by_rules


def test_a_text_is_seen_by_words_and_kinds_of_time() -> None:
    sight = _sight("not friday, monday after 2")
    assert [place for place, kind in enumerate(sight.kinds) if kind[0] in "DH"] == sight.places
    assert sight.words[0] == "not"
    assert sight.kinds[sight.places[0]] == "D weekday "


def test_an_instant_is_seen_by_where_it_stands() -> None:
    sight = _sight("friday after 2")
    day, hour = sight.pieces
    assert stand(day, datetime(2026, 10, 30, 15, tzinfo=ZONE)) == "in the weekday"
    assert stand(day, datetime(2026, 10, 29, 15, tzinfo=ZONE)) == "before another weekday"
    assert stand(hour, datetime(2026, 10, 30, 15, tzinfo=ZONE)) == "in"
    assert stand(hour, datetime(2026, 10, 30, 9, tzinfo=ZONE)).startswith("before")
