"""Business hours, checked against a slow and obvious count of minutes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerback.engine.hours import (
    add_business_minutes,
    day_kind,
    is_open,
    next_business_morning,
    next_opening,
)
from answerback.engine.rules import Hours, Span
from answerback.testing.factories import CHICAGO, hours

MINUTE = timedelta(minutes=1)
SPRING = datetime(2026, 3, 8, tzinfo=UTC)
AUTUMN = datetime(2026, 11, 1, tzinfo=UTC)


def local(text: str, zone: ZoneInfo = CHICAGO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("at", "kind"),
    [
        ("2026-03-10 07:59", "closed"),
        ("2026-03-10 08:00", "open"),
        ("2026-03-10 12:00", "lunch"),
        ("2026-03-10 12:59", "lunch"),
        ("2026-03-10 13:00", "open"),
        ("2026-03-10 17:00", "closed"),
        ("2026-03-14 12:30", "closed"),
        ("2026-03-11 10:00", "holiday"),
        ("2026-03-12 12:30", "closed"),
    ],
)
def test_day_kind_is_what_a_caller_meets(at, kind):
    ours = hours()
    ours = Hours(
        zone=ours.zone,
        spans=ours.spans,
        holidays=frozenset({date(2026, 3, 11)}),
        closed=frozenset({date(2026, 3, 12)}),
    )
    assert day_kind(ours, local(at)) == kind


def test_span_over_midnight_is_open_on_both_days():
    bar = Hours(zone=CHICAGO, spans=(Span(weekday=4, start=time(18), end=time(2)),))
    assert [is_open(bar, local(at)) for at in ("2026-03-13 17:59", "2026-03-13 23:00", "2026-03-14 01:59")] == [
        False,
        True,
        True,
    ]
    assert not is_open(bar, local("2026-03-14 02:00"))


def test_business_minutes_jump_over_lunch_and_the_weekend():
    assert add_business_minutes(hours(), local("2026-03-10 11:50"), 15) == local("2026-03-10 13:05")
    assert add_business_minutes(hours(), local("2026-03-13 16:55"), 15) == local("2026-03-16 08:10")


def test_hours_that_never_open_fall_back_to_plain_time():
    never = Hours(zone=CHICAGO, spans=())
    at = local("2026-03-10 10:00")
    assert next_opening(never, at) is None
    assert add_business_minutes(never, at, 15) == at + 15 * MINUTE
    assert next_business_morning(never, at) == at + timedelta(days=1)


WEEKS = st.sampled_from((SPRING, AUTUMN, datetime(2026, 6, 1, tzinfo=UTC)))
MOMENTS = st.builds(
    lambda week, minutes: week + minutes * MINUTE, WEEKS, st.integers(min_value=-3 * 1440, max_value=3 * 1440)
)
SHOPS = st.builds(
    Hours,
    zone=st.sampled_from((CHICAGO, ZoneInfo("America/Sao_Paulo"), ZoneInfo("Australia/Lord_Howe"))),
    spans=st.lists(
        st.builds(
            Span,
            weekday=st.integers(min_value=0, max_value=6),
            start=st.sampled_from([time(hour, minute) for hour in (0, 1, 2, 9, 22) for minute in (0, 30)]),
            end=st.sampled_from([time(hour, minute) for hour in (0, 1, 2, 3, 12, 17) for minute in (0, 30)]),
        ),
        min_size=1,
        max_size=6,
    ).map(tuple),
)


@settings(max_examples=40)
@given(shop=SHOPS, at=MOMENTS, minutes=st.integers(min_value=0, max_value=120))
def test_business_minutes_are_what_counting_every_minute_says(shop, at, minutes):
    until = add_business_minutes(shop, at, minutes)
    counted = sum(is_open(shop, at + step * MINUTE) for step in range(int((until - at) / MINUTE)))
    assert counted == minutes


@settings(max_examples=60)
@given(shop=SHOPS, at=MOMENTS)
def test_next_opening_is_the_first_open_moment_and_a_fixed_point(shop, at):
    opening = next_opening(shop, at)
    assert opening is not None
    assert is_open(shop, opening)
    assert next_opening(shop, opening) == opening
    before = range(0, int((opening - at) / MINUTE), 7)
    assert not any(is_open(shop, at + step * MINUTE) for step in before)


@settings(max_examples=60)
@given(shop=SHOPS, at=MOMENTS, first=st.integers(0, 90), second=st.integers(0, 90))
def test_business_minutes_add_up(shop, at, first, second):
    once = add_business_minutes(shop, at, first + second)
    assert add_business_minutes(shop, add_business_minutes(shop, at, first), second) == once


def test_hours_that_were_asked_and_are_changed_say_what_the_new_ones_are() -> None:
    before = hours()
    at = local("2026-03-10 10:00")
    assert day_kind(before, at) == "open"
    assert day_kind(replace(before, closed=frozenset({at.date()})), at) == "closed"
    assert before == hours()
