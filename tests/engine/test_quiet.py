"""The hours for texts nobody asked for: every zone, every state, both changes of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerback.engine.quiet import SendingHours, StateHours, Whereabouts, Window, closes, may_text, next_time
from answerback.testing.factories import CHICAGO

NEW_YORK, LOS_ANGELES, PERTH = (
    ZoneInfo("America/New_York"),
    ZoneInfo("America/Los_Angeles"),
    ZoneInfo("Australia/Perth"),
)
SYDNEY = ZoneInfo("Australia/Sydney")
MINUTE = timedelta(minutes=1)


def window(start, end):
    return Window(start=time(start), end=time(end))


def every_day(start, end, **more):
    return StateHours(weekdays=window(start, end), saturday=window(start, end), sunday=window(start, end), **more)


TABLE = SendingHours(
    reviewed=date(2026, 11, 23),
    states={
        "KY": every_day(10, 21),
        "AL": StateHours(weekdays=window(8, 20), saturday=window(8, 20), sunday=None, holidays=False),
        "RI": StateHours(weekdays=window(9, 18), saturday=window(10, 17), sunday=None, holidays=False),
    },
    holidays=frozenset({date(2026, 7, 3)}),
)


def there(*zones, states=()):
    return Whereabouts(zones=zones, states=states)


def local(text: str, zone: ZoneInfo = CHICAGO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("at", "allowed"),
    [
        ("2026-03-10 08:59", False),
        ("2026-03-10 09:00", True),
        ("2026-03-10 19:59", True),
        ("2026-03-10 20:00", False),
        ("2026-03-15 11:59", False),
        ("2026-03-15 12:00", True),
    ],
)
def test_hours_begin_inclusive_and_end_exclusive(at, allowed):
    assert may_text(TABLE, there(CHICAGO), local(at)) is allowed


@pytest.mark.parametrize(
    ("state", "at", "allowed"),
    [
        ("KY", "2026-03-10 09:30", False),
        ("KY", "2026-03-10 10:00", True),
        ("KY", "2026-03-10 20:00", False),
        ("AL", "2026-03-15 13:00", False),
        ("AL", "2026-07-03 13:00", False),
        ("AL", "2026-07-02 13:00", True),
        ("RI", "2026-03-14 16:59", True),
        ("RI", "2026-03-14 17:00", False),
        ("ZZ", "2026-07-03 13:00", True),
    ],
)
def test_law_of_the_state_cuts_our_hours(state, at, allowed):
    assert may_text(TABLE, there(CHICAGO, states=(state,)), local(at)) is allowed


def test_strictest_of_two_states_wins():
    both = there(CHICAGO, states=("KY", "RI"))
    assert next_time(TABLE, both, local("2026-03-10 08:00")) == local("2026-03-10 10:00")
    assert next_time(TABLE, both, local("2026-03-13 18:30")) == local("2026-03-14 10:00")
    assert next_time(TABLE, both, local("2026-03-14 17:00")) == local("2026-03-16 10:00")


@pytest.mark.parametrize(
    ("text_class", "at", "allowed"),
    [
        ("reminder", "2026-03-15 08:00", True),
        ("reminder", "2026-03-15 20:00", False),
        ("follow_up", "2026-07-03 12:00", True),
        ("marketing", "2026-07-03 12:00", False),
    ],
)
def test_hours_differ_by_class(text_class, at, allowed):
    assert may_text(TABLE, there(CHICAGO), local(at), text_class) is allowed


def test_reminder_of_a_visit_is_no_solicitation():
    assert may_text(TABLE, there(CHICAGO, states=("AL",)), local("2026-03-15 13:00"), "reminder")


def test_moment_suits_every_zone():
    zones = there(CHICAGO, NEW_YORK, LOS_ANGELES)
    assert next_time(TABLE, zones, local("2026-03-10 08:00")) == local("2026-03-10 11:00")
    assert next_time(TABLE, zones, local("2026-03-10 19:30")) == local("2026-03-11 11:00")
    assert closes(TABLE, zones, local("2026-03-10 12:00")) == local("2026-03-10 19:00")


def test_number_that_may_be_in_two_zones_waits_for_the_later_one():
    """Area code 850: Tallahassee is an hour ahead of Pensacola."""
    where = there(NEW_YORK, CHICAGO)
    assert next_time(TABLE, where, local("2026-03-10 09:20", NEW_YORK)) == local("2026-03-10 10:00", NEW_YORK)


def test_traveller_in_perth_is_not_woken():
    assert next_time(TABLE, there(SYDNEY, PERTH), local("2026-03-10 08:30", PERTH)) == local("2026-03-10 09:00", PERTH)


def test_zones_without_a_common_hour_get_nothing():
    assert next_time(TABLE, there(NEW_YORK, PERTH), local("2026-03-10 12:00")) is None


def test_first_day_of_summer_time():
    assert next_time(TABLE, there(CHICAGO), local("2026-03-07 21:00")) == datetime(2026, 3, 8, 17, 0, tzinfo=UTC)
    assert next_time(TABLE, there(NEW_YORK, CHICAGO), local("2027-03-13 20:30")) == datetime(
        2027, 3, 14, 17, tzinfo=UTC
    )


PLACES = st.builds(
    Whereabouts,
    zones=st.lists(st.sampled_from([CHICAGO, NEW_YORK, LOS_ANGELES]), min_size=1, max_size=3).map(tuple),
    states=st.lists(st.sampled_from(["KY", "AL", "RI", "TX"]), max_size=2).map(tuple),
)
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 2 * 365 * 1440).map(lambda minutes: BEGIN + minutes * MINUTE)
CLASSES = st.sampled_from(("follow_up", "reminder", "marketing"))


@settings(max_examples=60)
@given(where=PLACES, at=MOMENTS, text_class=CLASSES)
def test_next_time_is_the_first_moment_inside_the_hours(where, at, text_class):
    found = next_time(TABLE, where, at, text_class)
    assert found is not None
    assert found >= at
    assert may_text(TABLE, where, found, text_class)
    assert next_time(TABLE, where, found, text_class) == found
    before = range(0, int((found - at) / MINUTE), 11)
    assert not any(may_text(TABLE, where, at + step * MINUTE, text_class) for step in before)
    assert may_text(TABLE, where, closes(TABLE, where, found, text_class) - timedelta(seconds=1), text_class)
    assert not may_text(TABLE, where, closes(TABLE, where, found, text_class), text_class)
