"""How long finding every opening takes, and how that grows: `python -m answerback.testing.bench.openings`.

20 people over 60 days with 5,000 appointments, and halves and doubles of each, so that a cost that grows faster than
its input is seen. Pure: no database. The least of several runs is shown, on the clock and of the processor's time: on a
machine that others use too, only the second says how the work grows.
"""

import json
import sys
import time as stopwatch
from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from answerback.engine.diary import Diary, Person, Taken, Visit
from answerback.engine.openings import openings
from answerback.engine.rules import Hours, Span

ZONE = ZoneInfo("America/Chicago")
NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
RUNS = 15

SIZES = (
    (20, 60, 5_000),
    (20, 60, 2_500),
    (20, 60, 10_000),
    (20, 60, 20_000),
    (10, 60, 2_500),
    (40, 60, 10_000),
    (20, 30, 2_500),
    (20, 120, 10_000),
)
"""People, days, appointments. The first is the one we promise under 50 ms."""


def main() -> None:
    """Print a table, or JSON with `--json`."""
    found = [measure(*size) for size in SIZES]
    if "--json" in sys.argv:
        sys.stdout.write(json.dumps(found, indent=1) + "\n")
        return
    sys.stdout.write("people  days  appointments  openings      ms  CPU ms  CPU µs an appointment or opening\n")
    for each in found:
        work = each["appointments"] + each["pairs"]
        sys.stdout.write(
            f"{each['people']:6.0f} {each['days']:5.0f} {each['appointments']:13.0f} {each['openings']:9.0f} "
            f"{each['ms']:7.1f} {each['cpu_ms']:7.1f}  {each['cpu_ms'] * 1000 / work:.2f}\n"
        )


def measure(people: int, days: int, appointments: int) -> dict[str, float]:
    """The least time in ms of several runs; `openings` are distinct times, `pairs` counts each person who is free."""
    diary, visit = world(people, days, appointments), Visit(service="cut", horizon=timedelta(days=days), area="north")
    took, worked, found = [], [], openings(diary, visit, NOW)
    for _ in range(RUNS):
        began, busy = stopwatch.perf_counter(), stopwatch.process_time()
        found = openings(diary, visit, NOW)
        worked.append((stopwatch.process_time() - busy) * 1000)
        took.append((stopwatch.perf_counter() - began) * 1000)
    pairs = sum(len(each.people) for each in found)
    return {
        "people": people,
        "days": days,
        "appointments": appointments,
        "openings": len(found),
        "pairs": pairs,
        "ms": min(took),
        "cpu_ms": min(worked),
    }


def world(people: int, days: int, appointments: int) -> Diary:
    """A place open six days a week with lunch, its people with hours of their own, and appointments spread evenly."""
    chance = Random(7)
    hours = _hours(8, 20)
    staff = []
    for number in range(people):
        own = appointments // people + (number < appointments % people)
        taken = tuple(_appointment(chance, days) for _ in range(own))
        staff.append(Person(id=number, name=f"P{number}", hours=_hours(8 + number % 3, 17 + number % 3), taken=taken))
    return Diary(hours=hours, people=tuple(staff), travel=timedelta(minutes=20))


def _hours(start: int, end: int) -> Hours:
    halves = ((time(start), time(12)), (time(13), time(end)))
    return Hours(
        zone=ZONE,
        spans=tuple(Span(weekday=day, start=begin, end=until) for day in range(6) for begin, until in halves),
    )


def _appointment(chance: Random, days: int) -> Taken:
    start = NOW + timedelta(days=chance.randrange(days), minutes=15 * chance.randrange(48))
    return Taken(start=start, end=start + timedelta(minutes=45), area=chance.choice(["north", "south"]))


if __name__ == "__main__":
    main()
