"""Which few of many openings are offered."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from answerback.engine.offering import pick
from answerback.engine.times import Suits, Times

NOW = datetime(2026, 3, 10, 16, tzinfo=UTC)
ZONE = ZoneInfo("America/Chicago")
IN_FOUR_DAYS = [NOW + timedelta(days=4, hours=hour) for hour in range(3)]
TOMORROW = [NOW + timedelta(days=1, hours=hour) for hour in range(2)]


def _wish(**said: object) -> Times:
    return Times(kind="windows", now=NOW, zone=ZONE.key, **said)  # type: ignore[arg-type]


def test_the_soonest_is_what_they_wish_for_whenever_it_is() -> None:
    assert pick(IN_FOUR_DAYS, _wish(asap=True), ZONE, 2) == (tuple(IN_FOUR_DAYS[:2]), True)
    assert pick([*TOMORROW, *IN_FOUR_DAYS], _wish(asap=True), ZONE, 2) == (tuple(TOMORROW), True)


def test_the_soonest_of_a_day_that_has_none_is_not_what_they_wished_for() -> None:
    day = (NOW + timedelta(days=2)).date()
    offered = pick(IN_FOUR_DAYS, _wish(asap=True, wanted=(Suits(first=day, last=day),)), ZONE, 2)
    assert offered == (tuple(IN_FOUR_DAYS[:2]), False)


def test_the_soonest_by_itself_is_today_or_tomorrow_and_with_a_refusal_the_days_that_come_next() -> None:
    day = NOW.date()
    alone, refused = _wish(asap=True), _wish(asap=True, never=(Suits(first=day, last=day),))
    assert [each for each in (NOW, *TOMORROW, *IN_FOUR_DAYS) if alone.allows(each)] == [NOW, *TOMORROW]
    assert [each for each in (NOW, *TOMORROW, *IN_FOUR_DAYS) if refused.allows(each)] == [*TOMORROW, *IN_FOUR_DAYS]
    assert (alone.windows[0].start, alone.windows[-1].end) == (NOW, datetime(2026, 3, 12, 5, tzinfo=UTC))


def test_the_soonest_beside_a_refusal_is_one_of_five_days_of_which_it_leaves_something() -> None:
    """NOW is a tuesday."""
    days = [NOW + timedelta(days=step) for step in range(10)]
    not_today = _wish(asap=True, never=(Suits(first=NOW.date(), last=NOW.date()),))
    assert [each.day for each in days if not_today.allows(each)] == [11, 12, 13, 14, 15]
    no_weekend = _wish(asap=True, never=(Suits(weekdays=(5, 6)),))
    assert [each.day for each in days if no_weekend.allows(each)] == [10, 11, 12, 13, 16]
    assert [each.day for each in days if no_weekend.suits(each)] == [10, 11, 12, 13, 16, 17, 18, 19]


def test_the_soonest_beside_a_refusal_is_offered_whenever_it_is() -> None:
    never = (Suits(first=NOW.date(), last=NOW.date()),)
    in_two_weeks = [NOW + timedelta(days=14, hours=hour) for hour in range(3)]
    assert pick([NOW, *in_two_weeks], _wish(asap=True, never=never), ZONE, 2) == (tuple(in_two_weeks[:2]), True)
