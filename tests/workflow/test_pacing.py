"""Pacing: a line never sends beyond its rate or its day, and never waits longer than it must."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerback.workflow.pacing import allowance

START = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)


@given(
    per_second=st.sampled_from([0.1, 0.5, 1.0, 3.0, 10.0, 100.0]),
    waits=st.lists(st.floats(0, 3), min_size=1, max_size=60),
)
def test_line_never_sends_more_than_its_rate_and_one_burst(per_second: float, waits: list[float]) -> None:
    now, free_at, day, sent, total = START, None, None, 0, 0
    for wait in waits:
        now += timedelta(seconds=wait)
        left = allowance(per_second=per_second, per_day=10**6, free_at=free_at, day=day, sent_today=sent, now=now)
        free_at, day, sent = left.after(left.texts)
        total += left.texts
    burst = max(1.0, per_second)
    assert total <= burst + (now - START).total_seconds() * per_second + 1e-3


def test_quiet_line_sends_one_seconds_worth_and_then_its_rate() -> None:
    first = allowance(per_second=3, per_day=100, free_at=None, day=None, sent_today=0, now=START)
    free_at, day, sent = first.after(first.texts)
    later = [
        allowance(
            per_second=3, per_day=100, free_at=free_at, day=day, sent_today=sent, now=START + timedelta(seconds=s)
        )
        for s in (0, 0.4, 1, 60)
    ]
    assert (first.texts, [each.texts for each in later]) == (3, [0, 1, 3, 3])


def test_day_is_counted_in_utc_and_begins_anew() -> None:
    night = datetime(2026, 3, 10, 23, 59, 59, tzinfo=UTC)
    full = allowance(per_second=5, per_day=7, free_at=None, day=night.date(), sent_today=6, now=night)
    spent = allowance(per_second=5, per_day=7, free_at=None, day=night.date(), sent_today=7, now=night)
    morning = allowance(
        per_second=5, per_day=7, free_at=None, day=night.date(), sent_today=7, now=night + timedelta(seconds=1)
    )
    assert (full.texts, spent.texts, morning.texts, morning.sent_today) == (1, 0, 5, 0)


@pytest.mark.parametrize("per_second", [0.0, -3.0, 1e-300, float("nan"), 1e300, float("inf")])
def test_senseless_rate_is_never_an_error(per_second: float) -> None:
    left = allowance(per_second=per_second, per_day=10, free_at=None, day=None, sent_today=0, now=START)
    assert 0 <= left.texts <= 10


def test_allowance_spent_far_in_the_future_was_a_clock_that_was_set_back() -> None:
    def at(ahead: timedelta) -> int:
        left = allowance(per_second=1, per_day=10, free_at=START + ahead, day=None, sent_today=0, now=START)
        return left.texts

    assert (at(timedelta(hours=1)), at(timedelta(seconds=5))) == (1, 0)
