"""Why a time is not offered: the one rule that stands in the way, in words the owner can read."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from answerback.engine.diary import Diary, Person, Taken, Thing, Visit
from answerback.engine.obstacle_words import Speech, told
from answerback.engine.obstacles import obstacles
from answerback.engine.rules import Hours, Span

ZONE = ZoneInfo("America/Chicago")
NOW = datetime(2026, 3, 9, 14, tzinfo=ZONE)  # Monday
VISIT = Visit(
    service="drain", after=timedelta(minutes=30), horizon=timedelta(days=7), area="Round Rock", needs="", minutes=60
)


def _on(*days: int, start: int = 8, end: int = 17) -> tuple[Span, ...]:
    return tuple(Span(weekday=day, start=time(start), end=time(end)) for day in days)


HOURS = Hours(
    zone=ZONE, spans=_on(0, 1, 2, 3, 4), closed=frozenset({date(2026, 3, 11)}), holidays=frozenset({date(2026, 3, 12)})
)


def _tuesday(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 10, hour, minute, tzinfo=ZONE)


def _taken(start: int, end: int, **more: str) -> Taken:
    return Taken(start=_tuesday(start), end=_tuesday(end), **more)  # type: ignore[arg-type]


DAN = Person(
    id=1,
    name="Dan",
    hours=Hours(zone=ZONE, spans=_on(1, start=9, end=16)),
    taken=(_taken(11, 12, area="Austin"), _taken(13, 14, by="time_off"), _taken(14, 15, by="hold")),
)
DIARY = Diary(hours=HOURS, people=(DAN,), travel=timedelta(minutes=45))


@pytest.mark.parametrize(
    ("start", "rule", "words"),
    [
        (NOW - timedelta(hours=1), "past", "Monday, March 9, 1:00 PM is over."),
        (
            NOW + timedelta(hours=1),
            "notice",
            "It is too soon: 2 hours of notice are needed, so not before Monday, March 9, 4:00 PM.",
        ),
        (
            NOW + timedelta(days=8),
            "horizon",
            "It is too far away: times are offered 7 days ahead, until Monday, March 16, 2:00 PM.",
        ),
        (datetime(2026, 3, 11, 10, tzinfo=ZONE), "closed", "Wednesday, March 11 is marked as closed."),
        (datetime(2026, 3, 12, 10, tzinfo=ZONE), "holiday", "Thursday, March 12 is a holiday."),
        (_tuesday(19), "closed", "The business is closed at Tuesday, March 10, 7:00 PM."),
        (_tuesday(16, 30), "too_long", "The business closes at 5:00 PM, before the 60 minutes are over."),
        (_tuesday(8), "hours", "Dan does not work at Tuesday, March 10, 8:00 AM."),
        (_tuesday(15, 30), "too_long", "Dan stops at 4:00 PM, before the 60 minutes are over."),
        (_tuesday(9, 10), "grid", "Appointments with Dan begin every 30 minutes from 9:00 AM."),
        (_tuesday(11), "appointment", "Dan has an appointment from Tuesday, March 10, 11:00 AM to 12:00 PM."),
        (_tuesday(13, 30), "time_off", "Dan has time off from Tuesday, March 10, 1:00 PM to 2:00 PM."),
        (
            _tuesday(14, 30),
            "hold",
            "Dan is kept for a customer who is choosing right now from Tuesday, March 10, 2:00 PM to 3:00 PM.",
        ),
        (
            _tuesday(9, 30),
            "travel",
            (
                "Dan has an appointment from Tuesday, March 10, 11:00 AM to 12:00 PM in Austin, "
                "and the way to Round Rock takes 45 minutes."
            ),
        ),
    ],
)
def test_rule_in_the_way(start: datetime, rule: str, words: str) -> None:
    found = obstacles(DIARY, VISIT, NOW, start.astimezone(UTC))
    assert [(each.rule, each.words) for each in found] == [(rule, words)]


def test_buffer_is_told_from_the_appointment_itself() -> None:
    at_home = replace(VISIT, area="Austin")
    assert obstacles(DIARY, at_home, NOW, _tuesday(9, 30)) == ()
    found = obstacles(DIARY, at_home, NOW, _tuesday(10))
    assert [(each.rule, each.words) for each in found] == [
        (
            "buffer",
            (
                "Dan has an appointment from Tuesday, March 10, 11:00 AM to 12:00 PM, "
                "and 0 minutes before and 30 minutes after this service are kept free."
            ),
        )
    ]


def test_everybody_has_a_reason_of_their_own() -> None:
    eva = Person(id=2, name="Eva", services=frozenset({"gas"}))
    found = obstacles(replace(DIARY, people=(DAN, eva)), VISIT, NOW, _tuesday(11))
    assert [(each.rule, each.person) for each in found] == [("appointment", 1), ("skill", 2)]


def test_nobody_to_book_and_nobody_who_can() -> None:
    assert [each.rule for each in obstacles(replace(DIARY, people=()), VISIT, NOW, _tuesday(11))] == ["nobody"]
    eva = Person(id=2, name="Eva", services=frozenset({"gas"}))
    assert [each.rule for each in obstacles(replace(DIARY, people=(eva,)), VISIT, NOW, _tuesday(11))] == ["skill"]


def test_chairs_are_all_taken_or_there_are_none() -> None:
    needs, start = replace(VISIT, needs="chair", area=None), _tuesday(9)
    none = obstacles(DIARY, needs, NOW, start)
    assert [each.words for each in none] == ["This service needs a chair, and there is none."]
    chair = Thing(id=1, name="Chair 1", kind="chair", taken=(_taken(9, 10),))
    taken = obstacles(replace(DIARY, things=(chair,)), needs, NOW, start)
    assert [each.words for each in taken] == ["Every chair is taken then: Chair 1."]
    assert obstacles(replace(DIARY, things=(chair, replace(chair, id=2, taken=()))), needs, NOW, start) == ()


class Other(Speech):
    """A language of its own."""

    def gettext(self, words: str) -> str:
        return words.replace("does not work at", "NO TRABAJA")

    def ngettext(self, one: str, more: str, number: int) -> str:  # noqa: ARG002
        return "%(count)s horas"

    def day(self, local: datetime) -> str:
        return f"{local.day}/{local.month}"


def test_another_language_says_the_sentence_its_days_and_its_numbers() -> None:
    (works,) = obstacles(DIARY, VISIT, NOW, _tuesday(8))
    assert told(works.said, Other()) == "Dan NO TRABAJA 10/3, 8:00 AM."
    (soon,) = obstacles(DIARY, VISIT, NOW, NOW + timedelta(hours=1))
    assert told(soon.said, Other()) == ("It is too soon: 2 horas of notice are needed, so not before 9/3, 4:00 PM.")
