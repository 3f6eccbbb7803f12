"""Lifelike traffic: the same from the same seed, the promised amount, and played through the whole product."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from answerback.testing.simulation import simulate
from answerback.testing.traffic import customers

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
ZONE = ZoneInfo("America/Chicago")


def test_same_seed_makes_the_same_people() -> None:
    ours = customers(7, 14, 400, start=START, zone=ZONE)
    assert ours == customers(7, 14, 400, start=START, zone=ZONE)
    assert ours != customers(8, 14, 400, start=START, zone=ZONE)


def test_as_many_calls_as_asked_for_within_the_days() -> None:
    ours = customers(7, 14, 400, start=START, zone=ZONE)
    calls = [call for person in ours for call in person.calls]
    assert len(calls) == 400
    assert all(START <= moment <= START + timedelta(days=15) for moment, *_ in calls)
    outcomes = Counter(outcome for _, _, outcome, _ in calls)
    assert 80 < outcomes["answered"] < 240
    assert set(outcomes) == {"answered", "no-answer", "voicemail", "busy", "abandoned", "failed"}


def test_simulated_days_keep_every_promise(database: None) -> None:
    done = simulate(days=2, calls=30, seed=7, pack="plumbing")
    assert done.broken == ()
    assert (done.calls, done.report.captured > 5, done.report.replied > 2) == (30, True, True)
    again = simulate(days=2, calls=30, seed=7, pack="plumbing")
    assert again == done
