"""Openings: never overlapping, never outside the hours, never in the past, the same as a slow and obvious search."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from answerback.engine.diary import Diary, Opening, Person, Taken, Thing, Visit
from answerback.engine.hours import is_open
from answerback.engine.obstacles import obstacles
from answerback.engine.openings import openings
from answerback.engine.rules import Hours, Span

ZONE = ZoneInfo("America/Chicago")
MINUTE = timedelta(minutes=1)
QUARTER = 15 * MINUTE
HOURLY = Visit(step=timedelta(hours=1), horizon=timedelta(days=2))


def _hours(*spans: tuple[int, int, int], zone: ZoneInfo = ZONE, closed: frozenset[date] = frozenset()) -> Hours:
    return Hours(
        zone=zone,
        spans=tuple(Span(weekday=day, start=time(start), end=time(end)) for day, start, end in spans),
        closed=closed,
    )


def _at(clock: str) -> datetime:
    return datetime.fromisoformat(clock).replace(tzinfo=ZONE).astimezone(UTC)


def _taken(start: str, end: str, **more: str) -> Taken:
    return Taken(start=_at(start), end=_at(end), **more)  # type: ignore[arg-type]


def _dan(*taken: Taken, hours: Hours | None = None, services: frozenset[str] | None = None) -> Person:
    return Person(id=1, name="Dan", hours=hours, services=services, taken=taken)


def _eva(*taken: Taken, hours: Hours | None = None, services: frozenset[str] | None = None) -> Person:
    return Person(id=2, name="Eva", hours=hours, services=services, taken=taken)


def _starts(found: tuple[Opening, ...]) -> list[str]:
    return [f"{opening.start.astimezone(ZONE):%a %H:%M}" for opening in found]


def _who(found: tuple[Opening, ...]) -> dict[str, tuple[int, ...]]:
    return dict(zip(_starts(found), (opening.people for opening in found), strict=True))


def test_openings_keep_hours_lunch_and_lead_time() -> None:
    diary = Diary(hours=_hours((1, 8, 12), (1, 13, 16), (2, 8, 10)), people=(_dan(),))
    assert _starts(openings(diary, HOURLY, _at("2026-03-10 08:30"))) == [
        "Tue 11:00",
        "Tue 13:00",
        "Tue 14:00",
        "Tue 15:00",
        "Wed 08:00",
        "Wed 09:00",
    ]


def test_openings_leave_out_what_is_taken() -> None:
    dan = _dan(
        _taken("2026-03-10 12:00", "2026-03-10 13:00", by="outside"), _taken("2026-03-10 09:30", "2026-03-10 10:30")
    )
    diary = Diary(hours=_hours((1, 8, 14)), people=(dan,))
    found = openings(diary, HOURLY, _at("2026-03-09 20:00"))
    assert _starts(found) == ["Tue 08:00", "Tue 11:00", "Tue 13:00"]
    # Half-hourly starts fit exactly between the two.
    half = replace(HOURLY, step=timedelta(minutes=30))
    assert _starts(openings(diary, half, _at("2026-03-09 20:00"))) == [
        "Tue 08:00",
        "Tue 08:30",
        "Tue 10:30",
        "Tue 11:00",
        "Tue 13:00",
    ]


def test_buffers_keep_their_distance_but_may_reach_outside_the_hours() -> None:
    dan = _dan(_taken("2026-03-10 10:00", "2026-03-10 11:00"))
    visit = replace(
        HOURLY, step=timedelta(minutes=15), before=timedelta(minutes=15), after=timedelta(minutes=30), minutes=30
    )
    found = openings(Diary(hours=_hours((1, 9, 12)), people=(dan,)), visit, _at("2026-03-09 20:00"))
    assert _starts(found) == ["Tue 09:00", "Tue 11:15", "Tue 11:30"]


def test_openings_know_who_is_free_the_least_busy_first() -> None:
    diary = Diary(
        hours=_hours((1, 8, 11)),
        people=(_dan(_taken("2026-03-10 08:00", "2026-03-10 09:00")), _eva(hours=_hours((1, 8, 10), (3, 8, 10)))),
    )
    assert _who(openings(diary, HOURLY, _at("2026-03-09 20:00"))) == {
        "Tue 08:00": (2,),
        "Tue 09:00": (2, 1),
        "Tue 10:00": (1,),
    }


def test_only_who_has_the_skill_is_booked() -> None:
    diary = Diary(hours=_hours((1, 8, 9)), people=(_dan(services=frozenset({"drain"})), _eva()))
    now = _at("2026-03-09 20:00")
    assert _who(openings(diary, replace(HOURLY, service="drain"), now)) == {"Tue 08:00": (1, 2)}
    assert _who(openings(diary, replace(HOURLY, service="gas"), now)) == {"Tue 08:00": (2,)}


def test_travel_between_areas_takes_time_and_within_one_none() -> None:
    dan = _dan(_taken("2026-03-10 10:00", "2026-03-10 11:00", area="Austin"))
    diary = Diary(hours=_hours((1, 8, 14)), people=(dan,), travel=timedelta(minutes=45))
    now = _at("2026-03-09 20:00")
    visit = replace(HOURLY, step=timedelta(minutes=30))
    there = ["Tue 08:00", "Tue 08:30", "Tue 09:00", "Tue 11:00", "Tue 11:30", "Tue 12:00", "Tue 12:30", "Tue 13:00"]
    assert _starts(openings(diary, replace(visit, area="Austin"), now)) == there
    assert _starts(openings(diary, visit, now)) == there
    assert _starts(openings(diary, replace(visit, area="Round Rock"), now)) == [
        "Tue 08:00",
        "Tue 12:00",
        "Tue 12:30",
        "Tue 13:00",
    ]


def test_a_measured_way_holds_instead_of_the_usual_one() -> None:
    dan = _dan(_taken("2026-03-10 10:00", "2026-03-10 11:00", area="austin"))
    ways = {frozenset({"austin", "kyle"}): timedelta(minutes=15), frozenset({"austin", "waco"}): timedelta(hours=2)}
    diary = Diary(hours=_hours((1, 8, 14)), people=(dan,), travel=timedelta(minutes=45), ways=ways)
    now = _at("2026-03-09 20:00")
    visit = replace(HOURLY, step=timedelta(minutes=15))

    def after(area: str) -> str:
        return next(start for start in _starts(openings(diary, replace(visit, area=area), now)) if start > "Tue 10:00")

    assert (after("austin"), after("kyle"), after("buda"), after("waco")) == (
        "Tue 11:00",
        "Tue 11:15",
        "Tue 11:45",
        "Tue 13:00",
    )
    found = obstacles(diary, replace(visit, area="waco"), now, _at("2026-03-10 12:00"))
    until = "Dan has an appointment from Tuesday, March 10, 10:00 AM to 11:00 AM in Austin"
    assert [(each.rule, each.words) for each in found] == [("travel", f"{until}, and the way to Waco takes 2 hours.")]


def test_a_chair_has_to_be_free_too() -> None:
    chairs = (
        Thing(id=7, name="Chair 1", kind="chair", taken=(_taken("2026-03-10 08:00", "2026-03-10 10:00"),)),
        Thing(id=8, name="Chair 2", kind="chair", taken=(_taken("2026-03-10 09:00", "2026-03-10 11:00"),)),
        Thing(id=9, name="Room", kind="room"),
    )
    diary = Diary(hours=_hours((1, 8, 12)), people=(_dan(), _eva()), things=chairs)
    found = openings(diary, replace(HOURLY, needs="chair"), _at("2026-03-09 20:00"))
    assert [(opening.start.astimezone(ZONE).hour, opening.things) for opening in found] == [
        (8, (8,)),
        (10, (7,)),
        (11, (7, 8)),
    ]
    assert openings(diary, replace(HOURLY, needs="truck"), _at("2026-03-09 20:00")) == ()


def test_openings_on_the_day_an_hour_is_missing() -> None:
    # 8 March 2026: 2:00 to 3:00 never happens in Chicago.
    diary = Diary(hours=_hours((6, 0, 5)), people=(_dan(),))
    found = openings(diary, HOURLY, _at("2026-03-07 12:00"))
    assert _starts(found) == ["Sun 00:00", "Sun 01:00", "Sun 03:00", "Sun 04:00"]


def test_openings_on_the_day_an_hour_happens_twice() -> None:
    # 1 November 2026: 1:00 to 2:00 happens twice in Chicago.
    diary = Diary(hours=_hours((6, 0, 3)), people=(_dan(),))
    found = openings(diary, HOURLY, _at("2026-10-31 12:00"))
    assert _starts(found) == ["Sun 00:00", "Sun 01:00", "Sun 01:00", "Sun 02:00"]


def test_openings_reach_as_far_as_the_horizon() -> None:
    diary = Diary(hours=_hours((1, 8, 9)), people=(_dan(),))
    found = openings(diary, replace(HOURLY, horizon=timedelta(days=120)), _at("2026-03-09 20:00"))
    assert (len(found), found[-1].start) == (18, _at("2026-07-07 08:00"))


def test_what_never_closes_offers_the_same_times_whenever_it_is_asked() -> None:
    always = Diary(hours=_hours(*((day, 0, 0) for day in range(7))), people=(_dan(),))
    visit = replace(HOURLY, step=timedelta(minutes=50), horizon=timedelta(days=3))
    thursday = [
        {each.start for each in openings(always, visit, _at(now)) if each.start >= _at("2026-03-12 00:00")}
        for now in ("2026-03-10 08:30", "2026-03-11 08:30")
    ]
    assert thursday[0] == {each for each in thursday[1] if each <= _at("2026-03-13 08:30")}
    assert f"{min(thursday[1]).astimezone(ZONE):%a %H:%M}" == "Thu 00:00"


def test_nobody_and_never_open() -> None:
    assert openings(Diary(hours=_hours(), people=(_dan(),)), HOURLY, _at("2026-03-10 08:30")) == ()
    assert openings(Diary(hours=_hours((1, 8, 12)), people=()), HOURLY, _at("2026-03-10 08:30")) == ()


ZONES = st.sampled_from([ZONE, ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("UTC")])
QUARTERS = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
SPANS = st.lists(st.builds(Span, weekday=st.integers(0, 6), start=QUARTERS, end=QUARTERS), max_size=6).map(tuple)
# Around both changes of the clock in both hemispheres, and on quiet days.
NOWS = st.builds(
    lambda day, minutes: datetime.combine(day, time(), UTC) + timedelta(minutes=minutes),
    st.sampled_from([date(2026, 3, 7), date(2026, 3, 28), date(2026, 4, 4), date(2026, 10, 3), date(2026, 10, 31)]),
    st.integers(0, 2 * 24 * 60),
)
AREAS = st.sampled_from([None, "north", "south"])
BUSY = st.lists(st.tuples(st.integers(-300, 3000), st.integers(0, 400), AREAS), max_size=5)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Diary, Visit, datetime]:
    """A place with up to three people of different hours, skills and appointments, up to two chairs, and a visit."""
    now, zone = draw(NOWS), draw(ZONES)

    def taken() -> tuple[Taken, ...]:
        return tuple(
            Taken(start=now + MINUTE * start, end=now + MINUTE * (start + length), area=area)
            for start, length, area in draw(BUSY)
        )

    def hours() -> Hours:
        closed = draw(
            st.frozensets(st.sampled_from([now.date() + timedelta(days=day) for day in range(3)]), max_size=1)
        )
        return Hours(zone=zone, spans=draw(SPANS), closed=closed)

    people = tuple(
        Person(
            id=number,
            name=f"P{number}",
            hours=hours() if draw(st.booleans()) else None,
            services=frozenset({"cut"}) if draw(st.booleans()) else None,
            taken=taken(),
        )
        for number in range(draw(st.integers(0, 3)))
    )
    things = tuple(
        Thing(id=number, name=f"C{number}", kind="chair", taken=taken()) for number in range(draw(st.integers(0, 2)))
    )
    visit = Visit(
        service=draw(st.sampled_from(["cut", "colour"])),
        minutes=draw(st.sampled_from([15, 45, 60, 90, 180])),
        before=MINUTE * draw(st.sampled_from([0, 10])),
        after=MINUTE * draw(st.sampled_from([0, 15, 30])),
        step=MINUTE * draw(st.sampled_from([15, 30, 60, 75])),
        lead_time=MINUTE * draw(st.integers(0, 300)),
        horizon=timedelta(days=draw(st.sampled_from([1, 2]))),
        needs=draw(st.sampled_from(["", "chair"])),
        area=draw(AREAS),
    )
    diary = Diary(
        hours=hours(),
        people=people,
        things=things,
        travel=MINUTE * draw(st.sampled_from([0, 40])),
        ways={frozenset({"north", "south"}): MINUTE * 10} if draw(st.booleans()) else {},
    )
    return diary, visit, now


# Work that began the day before yesterday and has not stopped since: where its grid begins is beyond any look back.
NIGHT_AND_DAY = (
    Diary(
        hours=Hours(
            zone=ZoneInfo("Europe/Berlin"),
            spans=(
                Span(weekday=3, start=time(19, 30), end=time(15, 45)),
                Span(weekday=4, start=time(6), end=time(20, 45)),
                Span(weekday=4, start=time(16, 15), end=time(16, 15)),
            ),
        ),
        people=(Person(id=0, name="P0"),),
    ),
    Visit(minutes=180, step=75 * MINUTE, horizon=timedelta(days=1)),
    datetime(2026, 3, 28, 6, 7, tzinfo=UTC),
)


@settings(max_examples=50)
@example(NIGHT_AND_DAY)
@given(worlds())
def test_openings_equal_a_slow_search(world: tuple[Diary, Visit, datetime]) -> None:
    diary, visit, now = world
    found = {opening.start: (set(opening.people), set(opening.things)) for opening in openings(diary, visit, now)}
    assert found == _slow(diary, visit, now)


@settings(max_examples=50)
@given(worlds())
def test_openings_never_overlap_leave_the_hours_or_lie_in_the_past(world: tuple[Diary, Visit, datetime]) -> None:
    diary, visit, now = world
    people = {person.id: person for person in diary.people}
    for opening in openings(diary, visit, now):
        start, end = opening.start, opening.start + visit.length
        assert now + visit.lead_time <= start <= now + visit.horizon
        assert all(is_open(diary.hours, start + MINUTE * each) for each in range(visit.minutes))
        for taken in (taken for id in opening.people for taken in people[id].taken if taken.start < taken.end):
            assert end + visit.after <= taken.start or taken.end <= start - visit.before


@settings(max_examples=50)
@given(worlds(), st.integers(-2, 150))
def test_a_time_is_offered_or_there_is_a_reason_why_not(world: tuple[Diary, Visit, datetime], quarter: int) -> None:
    diary, visit, now = world
    found = {opening.start for opening in openings(diary, visit, now)}
    whole = now.replace(minute=0, second=0, microsecond=0)
    for start in (whole + 15 * MINUTE * quarter, *sorted(found)[:3]):
        assert (start in found) == (obstacles(diary, visit, now, start) == ()), start


def _slow(diary: Diary, visit: Visit, now: datetime) -> dict[datetime, tuple[set[int], set[int]]]:
    """Look at every quarter for everybody (hours and steps are whole ones): do they work long enough, are they free?"""
    found: dict[datetime, tuple[set[int], set[int]]] = {}
    for person in diary.people:
        if not person.does(visit.service):
            continue
        for start in _slow_starts(diary, person, visit, now):
            things = {
                thing.id
                for thing in diary.things
                if thing.kind == visit.needs and not any(_clash(each, visit, start) for each in thing.taken)
            }
            if things or not visit.needs:
                found.setdefault(start, (set(), things))[0].add(person.id)
    return found


def _slow_starts(diary: Diary, person: Person, visit: Visit, now: datetime) -> list[datetime]:
    def works(moment: datetime) -> bool:
        return is_open(diary.hours, moment) and (person.hours is None or is_open(person.hours, moment))

    found = []
    moment = datetime.combine(
        now.astimezone(diary.hours.zone).date() - timedelta(days=1), time(), diary.hours.zone
    ).astimezone(UTC)
    begin: datetime | None = None
    while moment <= now + visit.horizon:
        midnight = moment.astimezone(diary.hours.zone).date() != (moment - QUARTER).astimezone(diary.hours.zone).date()
        if not works(moment):
            begin = None
        elif begin is None or midnight:
            begin = moment
        on_grid = begin is not None and (moment - begin) % visit.step == timedelta(0)
        if (
            on_grid
            and moment >= now + visit.lead_time
            and all(works(moment + QUARTER * each) for each in range(visit.minutes // 15))
            and not any(_clash(each, visit, moment, diary) for each in person.taken)
        ):
            found.append(moment)
        moment += QUARTER
    return found


def _clash(taken: Taken, visit: Visit, start: datetime, diary: Diary | None = None) -> bool:
    way = timedelta(0)
    if diary is not None and taken.area != visit.area and None not in {taken.area, visit.area}:
        way = diary.ways.get(frozenset({taken.area or "", visit.area or ""}), diary.travel)
    first, last = start - visit.before - way, start + visit.length + visit.after + way
    return taken.start < taken.end and first < taken.end and taken.start < last
