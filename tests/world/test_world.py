"""A World does what docs/testing.md says: time, customers, staff, faults, crashes, and what can be read back."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from answerback.testing import World
from answerback.testing.crashes import STEPS
from answerback.testing.databases import NotScratch, ready
from answerback.workflow import clock

MOST_STOPS = 40
"""In a week with one missed call and two nudges."""
MARIA = "+15125550131"


def test_missed_call_is_answered_by_one_text_after_the_hold(world: World) -> None:
    world.call(MARIA, ring=20)
    world.run(minutes=1)
    (text,) = world.texts_to(MARIA)
    assert text.at == datetime(2026, 3, 10, 15, 0, 35, tzinfo=UTC)
    assert (text.status, "Rivera Plumbing" in text.body) == ("delivered", True)
    assert world.lead(MARIA).status == "contacted"
    assert [receipt.verdict for receipt in world.receipts(MARIA)] == ["recorded", "sent"]


def test_run_stops_where_it_was_told(world: World) -> None:
    world.run(until="14:30")
    assert f"{world.local:%Y-%m-%d %H:%M}" == "2026-03-10 14:30"
    world.run(until="2026-03-11 09:00")
    assert f"{world.local:%Y-%m-%d %H:%M}" == "2026-03-11 09:00"
    world.run(until=datetime(2026, 3, 12, 15, tzinfo=UTC))
    assert world.now == datetime(2026, 3, 12, 15, tzinfo=UTC)


def test_run_until_something_is_so_stops_at_once(world: World) -> None:
    world.call(MARIA)
    assert world.run(minutes=5, until=lambda: bool(world.texts_to(MARIA)))
    assert world.now == datetime(2026, 3, 10, 15, 0, 35, tzinfo=UTC)
    assert not world.run(minutes=5, until=lambda: len(world.texts_to(MARIA)) > 1)


def test_each_world_begins_empty(database: None) -> None:
    for _ in range(2):
        with World() as world:
            assert world.leads() == ()
            world.call(MARIA)
            world.run(minutes=1)
            assert len(world.leads()) == 1


def test_nothing_of_the_agencies_of_one_world_is_remembered_in_the_next(database: None) -> None:
    """Ids are given again: for a quarter of a minute a business wore the name of an agency that was gone."""
    from answerback.store import models
    from answerback.store.queries import agencies

    seen = []
    for name in ("Northline", "Southline"):
        with World():
            agency = models.Agency.objects.create(name=name, brand=name)
            found = agencies.by_id(agency.id)
            seen.append((agency.id, found and found.name))
    assert seen == [(1, "Northline"), (1, "Southline")]


def test_two_worlds_at_once_are_refused_and_the_clock_is_given_back(world: World) -> None:
    with pytest.raises(RuntimeError, match="close it first"):
        World()
    world.close()
    assert abs(clock.now() - world.now) > timedelta(minutes=1)


def test_world_refuses_a_database_that_is_not_a_scratch_one(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("answerback.testing.databases._name", lambda: "answerback")
    with pytest.raises(NotScratch, match="'answerback'"):
        ready()


def test_booking_through_the_link_books_the_time(world: World) -> None:
    world.call(MARIA)
    world.run(minutes=1)
    for words in ("my drain is clogged", "it can wait", "Austin"):
        world.text(MARIA, words)
        world.run(seconds=20)
    appointment = world.book(MARIA, which=1)
    world.run(seconds=20)
    assert appointment.status == "booked"
    assert world.lead(MARIA).status == "booked"
    assert world.conversation(MARIA).phase == "booked"


def test_staff_are_known_by_name(world: World) -> None:
    with pytest.raises(LookupError, match="Dana, Luis"):
        world.staff("Nobody")
    with pytest.raises(LookupError, match="no conversation"):
        world.staff("Dana").take_over(MARIA)


@pytest.mark.parametrize("when", ["before", "within", "after"])
@pytest.mark.parametrize("step", STEPS[:5])
def test_crash_anywhere_on_the_way_still_texts_once(world: World, when: str, step: str) -> None:
    world.crash(**{when: step})
    world.call(MARIA)
    world.run(minutes=10)
    assert world.crashes.count == (0 if (when, step) == ("within", "hand-over") else 1)  # which commits nothing
    assert len(world.texts_to(MARIA)) == 1
    assert world.lead(MARIA).status == "contacted"
    assert world.broken_promises() == ()


def test_slow_provider_holds_up_nobody_else(world: World) -> None:
    world.provider.slow(10)
    world.call(MARIA)
    world.run(seconds=40)
    assert [message.status for message in world.messages(MARIA)] == ["sending"]
    world.run(seconds=10)
    assert [message.status for message in world.messages(MARIA)] == ["delivered"]


def test_redelivered_webhooks_change_nothing(world: World) -> None:
    world.call(MARIA)
    world.run(seconds=25)
    assert set(world.redeliver(4, last=3)) == {204}
    world.run(minutes=2)
    assert len(world.texts_to(MARIA)) == 1


def test_broken_promises_are_found(world: World) -> None:
    from django.db import connection

    world.call(MARIA)
    world.run(minutes=1)
    assert world.broken_promises() == ()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM decision_receipt")
        cursor.execute("UPDATE lead SET created_at = created_at + interval '1 hour'")
    broken = world.broken_promises()
    assert [each[:2] for each in broken] == ["1:", "5:"], broken


def test_simulated_week_stops_only_where_something_is_due(world: World) -> None:
    """What makes a week take about a second: no minute is looked at in which nothing is to be done."""
    stops: list[datetime] = []
    world.call(MARIA)
    world.run(days=7, until=lambda: bool(stops.append(world.now)))  # type: ignore[func-returns-value]
    assert [len(world.texts_to(MARIA)), world.conversation(MARIA).phase] == [3, "resting"]
    assert len(stops) <= MOST_STOPS, stops


def test_world_runs_outside_the_repository(tmp_path: object) -> None:
    program = (
        "from answerback.testing import World\n"
        "with World(pack='salon', now='2026-03-10 10:00') as world:\n"
        "    world.call('+15125550131')\n"
        "    world.run(minutes=1)\n"
        "    print(world.texts_to('+15125550131')[0].body)\n"
    )
    clean = {"PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=str(tmp_path), env=clean, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Juniper Salon" in done.stdout
