"""Times in words: each phrase of `times.txt` with what it allows and refuses, and what must hold of any text."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from answerback.engine.times import Times
from answerback.understanding.when import understand_times
from training.phrases import TESTED, ZONE, Phrase, instant, phrases

NOW = datetime(2026, 10, 28, 10, 20, tzinfo=ZONE)


def _said(text: str, now: datetime = NOW, language: str = "en", menu: tuple[datetime, ...] = ()) -> Times:
    return understand_times(text, now=now, zone=ZONE, language=language, menu=menu)


@pytest.mark.parametrize("phrase", list(phrases(TESTED)), ids=lambda phrase: phrase.text)
def test_phrase(phrase: Phrase) -> None:
    times = _said(phrase.text, phrase.now, phrase.language)
    told = f"{times.kind}?" if times.ask and not phrase.may_be_asked else times.kind
    allowed = [word for word in (*phrase.yes, *phrase.no) if times.allows(instant(word, phrase.now))]
    assert (told, allowed) == (phrase.kind, phrase.yes), times


@pytest.mark.parametrize(
    ("now", "two_hours_on"),
    [
        ("2026-11-01T00:30:00-05:00", "2026-11-01T01:30:00-06:00"),
        ("2027-03-14T01:30:00-06:00", "2027-03-14T04:30:00-05:00"),
    ],
)
def test_hours_from_now_are_hours_that_pass_also_where_the_clocks_change(now: str, two_hours_on: str) -> None:
    times = _said("in 2 hours", datetime.fromisoformat(now).astimezone(ZONE))
    at = datetime.fromisoformat(two_hours_on)
    assert [times.allows(at + timedelta(hours=step)) for step in (-1, 0, 1)] == [False, True, False]


MENU = tuple(NOW.replace(hour=9, minute=0) + timedelta(days=step, hours=2 * step) for step in range(1, 5))
"""Thursday the 29th at 11, Friday the 30th at 13, Saturday the 31st at 15, Sunday the 1st at 17."""


@pytest.mark.parametrize(
    ("zone", "language", "days", "ask"),
    [
        ("America/Chicago", "en", ["2027-02-10"], False),
        ("America/Toronto", "en", ["2027-02-10"], False),
        ("Europe/London", "en", ["2026-10-02"], False),
        ("Australia/Sydney", "en", ["2026-10-02"], False),
        ("Europe/Madrid", "es", ["2026-10-02"], False),
        ("America/Mexico_City", "es", ["2026-10-02", "2027-02-10"], True),
    ],
)
def test_which_number_of_a_date_is_the_month_the_country_says(
    zone: str, language: str, days: list[str], *, ask: bool
) -> None:
    now = datetime(2026, 9, 15, 9, tzinfo=ZoneInfo(zone))
    said = understand_times("2/10", now=now, zone=ZoneInfo(zone), language=language)
    assert (sorted(str(each.first) for each in said.wanted), said.ask) == (days, ask)
    other = understand_times("10/25", now=now, zone=ZoneInfo(zone), language=language)
    assert [str(each.first) for each in other.wanted] == ["2026-10-25"]


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("2", "2"),
        ("#3", "3"),
        ("option 1 please", "1"),
        ("the 3rd one pls", "3"),
        ("the second one", "2"),
        ("second", "2"),
        ("the last one works", "4"),
        ("la tercera por favor", "3"),
        ("opcion 2", "2"),
        ("number two", "2"),
        ("saturday works", "3"),
        ("the 1pm", "2"),
        ("friday", "2"),
        ("el domingo", "4"),
        ("2 no wait 1", "1"),
        ("2. 1", "1"),
        ("2nd one", "2"),
        ("friday one", "2"),
        ("the last", "4"),
        ("2, perdón, 3", "3"),
    ],
)
def test_menu_answer(text: str, option: str) -> None:
    times = _said(text, menu=MENU)
    assert (times.kind, times.option, times.ask) == ("choice", option, False)
    assert [at for at in MENU if times.allows(at)] == [MENU[int(option) - 1]]


AROUND = (
    "hi, {}",
    "Hey there! {}",
    "sorry just saw this. {}",
    "this is Dave. {}",
    "{} thanks",
    "{}, thx!",
    "{}. Thank you so much",
    "{}. let me know",
    "{}\nSent from my iPhone",
)
SIGNED = ("lol", "thanks", "iPhone", "too late for tonight?")
"""Phrases that close with words of their own already, or with a mark that tells."""


@pytest.mark.parametrize("around", AROUND)
def test_what_opens_and_closes_a_text_changes_no_time(around: str) -> None:
    for phrase in phrases(TESTED):
        if phrase.text.endswith(SIGNED):
            continue
        alone, within = (
            _said(text, phrase.now, phrase.language) for text in (phrase.text, around.format(phrase.text.rstrip(".")))
        )
        assert within == alone, (phrase.text, around)


@pytest.mark.parametrize(
    ("text", "suiting"),
    [("1 or 2", [0, 1]), ("2 y 3", [1, 2]), ("either 1 or 2", [0, 1]), ("first or last", [0, 3])],
)
def test_two_numbers_are_asked_about(text: str, suiting: list[int]) -> None:
    times = _said(text, menu=MENU)
    assert (times.ask, [at for at in MENU if times.allows(at)]) == (True, [MENU[place] for place in suiting])


@pytest.mark.parametrize("text", ["1 or 3 both fine", "1 or 3, whichever is easier", "1 or 3 works"])
def test_either_of_two_numbers_will_do(text: str) -> None:
    times = _said(text, menu=MENU)
    assert (times.ask, [at for at in MENU if times.allows(at)]) == (False, [MENU[0], MENU[2]])


def test_number_beyond_the_menu_is_no_choice() -> None:
    assert _said("7", menu=MENU).option is None


def test_place_in_the_list_and_day_of_the_month_are_told_apart_by_asking() -> None:
    menu = (NOW + timedelta(days=4), NOW + timedelta(days=5), NOW + timedelta(days=6))
    times = _said("the 1st", menu=menu)
    assert menu[0].day == 1
    assert times.ask is False
    times = _said("the 2nd", menu=(menu[0], menu[2], menu[1]))
    assert (times.kind, times.ask) == ("choice", True)


WORDS = (
    *("friday", "monday", "tomorrow", "today", "next", "this", "week", "weekend", "at", "2", "3", "7", "10", "after"),
    *("before", "not", "any", "day", "but", "except", "or", "and", "the", "5th", "31st", "in", "30", "min", "morning"),
    *("afternoon", "tonight", "from", "to", "until", "between", "noon", "works", "cant", "no", "march", "may", "since"),
    *("yesterday", "viernes", "mañana", "no", "puedo", "a", "las", "despues", "de", "antes", "por", "la", "tarde"),
    *("3:30", "12/5", "asap", ",", ".", "?"),
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join)
MOMENTS = st.datetimes(datetime(2025, 12, 1), datetime(2028, 1, 15), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.one_of(TEXTS, st.text(max_size=80)), MOMENTS)
@example("friday except good monday", datetime(2026, 5, 12, 15, 0, tzinfo=UTC))
@settings(max_examples=300)
def test_no_text_breaks_it_and_no_window_lies_in_the_past(text: str, now: datetime) -> None:
    times = _said(text, now)
    assert all(now <= window.start < window.end for window in times.windows)
    assert all(times.allows(window.start) for window in times.windows)
    assert not times.allows(now - timedelta(minutes=1))


@given(TEXTS, MOMENTS)
@settings(max_examples=200)
def test_windows_hold_exactly_what_is_allowed(text: str, now: datetime) -> None:
    times = _said(text, now)
    if times.kind in {"none", "choice"}:
        return
    for hours in range(0, 24 * 14, 5):
        at = (now + timedelta(hours=hours)).replace(minute=30)
        inside = any(window.start <= at < window.end for window in times.windows)
        assert inside == times.allows(at), (at, times)


DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@given(
    st.sampled_from(DAYS),
    st.sampled_from(("any day but {}", "not {}", "can't do {}", "cualquier día menos {}")),
    MOMENTS,
)
@settings(max_examples=150)
def test_refused_day_is_refused(day: str, phrase: str, now: datetime) -> None:
    times = _said(phrase.format(day), now)
    local = now.astimezone(ZONE)
    for step in range(1, 28):
        at = (local + timedelta(days=step)).replace(hour=23, minute=30)
        assert times.allows(at) == (DAYS[at.weekday()] != day)


@given(TEXTS, st.sampled_from(DAYS), MOMENTS)
@settings(max_examples=200)
def test_one_more_refusal_never_widens(text: str, day: str, now: datetime) -> None:
    before = _said(text + ".", now)
    after = _said(f"{text}. not {day}", now)
    if before.asap:  # The soonest is the next days of which a refusal leaves something.
        before = replace(before, asap=False)
    for step in range(0, 14 * 24, 7):
        at = now + timedelta(hours=step)
        if DAYS[at.astimezone(ZONE).weekday()] == day:
            assert not after.allows(at)
        elif before.kind != "choice" and after.kind != "choice" and not after.ask:
            assert after.allows(at) <= before.allows(at)


@given(
    st.sampled_from(
        ("tomorrow at 2", "friday morning", "next week", "in 30 min", "not before 10", "any day but friday")
    ),
    MOMENTS,
)
@settings(max_examples=100)
def test_a_week_later_the_same_words_mean_a_week_later(text: str, now: datetime) -> None:
    local = now.astimezone(ZONE)
    later = (local.replace(tzinfo=None) + timedelta(days=7)).replace(tzinfo=ZONE)
    one, two = _said(text, local), _said(text, later)
    assert (one.kind, one.ask) == (two.kind, two.ask)
    for step in range(0, 10 * 24, 3):
        at = (local.replace(tzinfo=None) + timedelta(hours=step)).replace(tzinfo=ZONE)
        moved = (at.replace(tzinfo=None) + timedelta(days=7)).replace(tzinfo=ZONE)
        if at.utcoffset() == moved.utcoffset() == local.utcoffset() == later.utcoffset():
            assert one.allows(at) == two.allows(moved)
