"""Openings: never overlapping, never outside the hours, never in the past, the same as a slow and obvious search."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from answerback.engine.hours import is_open
from answerback.engine.openings import openings
from answerback.engine.rules import Hours, Span

ZONE = ZoneInfo("America/Chicago")
MINUTE = timedelta(minutes=1)


def _hours(*spans: tuple[int, int, int], zone: ZoneInfo = ZONE, closed: frozenset[date] = frozenset()) -> Hours:
    return Hours(
        zone=zone,
        spans=tuple(Span(weekday=day, start=time(start), end=time(end)) for day, start, end in spans),
        closed=closed,
    )


def _local(found: tuple[datetime, ...], zone: ZoneInfo = ZONE) -> list[str]:
    return [f"{start.astimezone(zone):%a %H:%M}" for start in found]


def _offer(hours: Hours, now: str, *, minutes: int = 60, busy: tuple[tuple[str, str], ...] = ()) -> list[str]:
    found = openings(
        hours=hours,
        minutes=minutes,
        busy=[(_at(start), _at(end)) for start, end in busy],
        now=_at(now),
        lead_time=timedelta(hours=2),
        horizon=timedelta(days=2),
        step=timedelta(hours=1),
    )
    return _local(found)


def _at(clock: str) -> datetime:
    return datetime.fromisoformat(clock).replace(tzinfo=ZONE).astimezone(UTC)


def test_openings_keep_hours_lunch_and_lead_time() -> None:
    split = _hours((1, 8, 12), (1, 13, 16), (2, 8, 10))
    assert _offer(split, "2026-03-10 08:30") == [
        "Tue 11:00",
        "Tue 13:00",
        "Tue 14:00",
        "Tue 15:00",
        "Wed 08:00",
        "Wed 09:00",
    ]


def test_openings_leave_out_what_is_busy() -> None:
    day = _hours((1, 8, 14))
    busy = (("2026-03-10 09:30", "2026-03-10 10:30"), ("2026-03-10 12:00", "2026-03-10 13:00"))
    assert _offer(day, "2026-03-09 20:00", busy=busy) == ["Tue 08:00", "Tue 11:00", "Tue 13:00"]


def test_openings_on_the_day_an_hour_is_missing() -> None:
    # 8 March 2026: 2:00 to 3:00 never happens in Chicago.
    assert _offer(_hours((6, 0, 5)), "2026-03-07 12:00") == ["Sun 00:00", "Sun 01:00", "Sun 03:00", "Sun 04:00"]


def test_openings_on_the_day_an_hour_happens_twice() -> None:
    # 1 November 2026: 1:00 to 2:00 happens twice in Chicago.
    assert _offer(_hours((6, 0, 3)), "2026-10-31 12:00") == ["Sun 00:00", "Sun 01:00", "Sun 01:00", "Sun 02:00"]


def test_openings_of_a_business_that_never_opens() -> None:
    assert _offer(_hours(), "2026-03-10 08:30") == []


ZONES = st.sampled_from([ZONE, ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("UTC")])
QUARTERS = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
SPANS = st.lists(st.builds(Span, weekday=st.integers(0, 6), start=QUARTERS, end=QUARTERS), max_size=6).map(tuple)
# Around both changes of the clock in both hemispheres, and on quiet days.
NOWS = st.builds(
    lambda day, minutes: datetime.combine(day, time(), UTC) + timedelta(minutes=minutes),
    st.sampled_from([date(2026, 3, 7), date(2026, 3, 28), date(2026, 4, 4), date(2026, 10, 3), date(2026, 10, 31)]),
    st.integers(0, 2 * 24 * 60),
)


@settings(max_examples=60, deadline=None)
@given(
    zone=ZONES,
    spans=SPANS,
    now=NOWS,
    busy=st.lists(st.tuples(st.integers(-300, 4000), st.integers(0, 400)), max_size=6),
    minutes=st.sampled_from([15, 45, 60, 90, 180]),
    lead=st.integers(0, 300),
    step=st.sampled_from([15, 30, 60, 75]),
)
def test_openings_equal_a_slow_search(
    *,
    zone: ZoneInfo,
    spans: tuple[Span, ...],
    now: datetime,
    busy: list[tuple[int, int]],
    minutes: int,
    lead: int,
    step: int,
) -> None:
    hours = Hours(zone=zone, spans=spans)
    taken = [(now + MINUTE * start, now + MINUTE * (start + length)) for start, length in busy]
    found = openings(
        hours=hours,
        minutes=minutes,
        busy=taken,
        now=now,
        lead_time=MINUTE * lead,
        horizon=timedelta(days=2),
        step=MINUTE * step,
    )
    assert found == _slow(hours, minutes, taken=taken, now=now, lead=MINUTE * lead, step=MINUTE * step)


def _slow(
    hours: Hours,
    minutes: int,
    *,
    taken: list[tuple[datetime, datetime]],
    now: datetime,
    lead: timedelta,
    step: timedelta,
) -> tuple[datetime, ...]:
    """Look at every minute: how long has it been open, is every minute of the appointment open and free?"""
    found = []
    # A business that is open around the clock has its first minute where the look back ends, a day before today's.
    first = datetime.combine((now + lead).astimezone(hours.zone).date() - timedelta(days=1), time(), hours.zone)
    begin: datetime | None = None
    moment = first.astimezone(UTC)
    while moment <= now + timedelta(days=2):
        if not is_open(hours, moment):
            begin = None
        elif begin is None:
            begin = moment
        if begin is not None and (moment - begin) % step == timedelta(0) and moment >= now + lead:
            end = moment + MINUTE * minutes
            through = all(is_open(hours, moment + MINUTE * each) for each in range(minutes))
            if through and not any(moment < busy_end and start < end for start, busy_end in taken if start < busy_end):
                found.append(moment)
        moment += MINUTE
    return tuple(found)
