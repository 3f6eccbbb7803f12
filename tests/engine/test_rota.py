"""Who is on duty at any minute: shifts, overrides, holidays, places, services, and both changes of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from answerback.engine.coverage import Gap, gaps, scopes
from answerback.engine.rota import HOLIDAY, Override, Responder, Rota, Scope, Shift, last_resort, on_duty

CHICAGO, PHOENIX = ZoneInfo("America/Chicago"), ZoneInfo("America/Phoenix")
ANN = Responder(id=1, name="Ann", role="technician", phone="+15125550192")
BEN = Responder(id=2, name="Ben", role="technician", phone="+15125550193")
DANA = Responder(id=3, name="Dana", role="owner", phone="+15125550190")
LUIS = Responder(id=4, name="Luis", role="desk")
ALL = Scope()


def local(said: str, zone: ZoneInfo = CHICAGO) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=zone).astimezone(UTC)


def every_day(member: Responder, start: int, end: int, **more: object) -> tuple[Shift, ...]:
    return tuple(
        Shift(member=member.id, weekday=day, start=time(start), end=time(end), **more)  # type: ignore[arg-type]
        for day in range(7)
    )


def rota(*shifts: Shift, people: tuple[Responder, ...] = (ANN, BEN, DANA, LUIS), **more: object) -> Rota:
    return Rota(zone=CHICAGO, people=people, shifts=shifts, **more)  # type: ignore[arg-type]


NIGHT_AND_DAY = (*every_day(ANN, 18, 6), *every_day(BEN, 6, 18))


def names(plan: Rota, said: str, scope: Scope = ALL) -> list[list[str]]:
    return [[each.name for each in rung] for rung in on_duty(plan, local(said), scope)]


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("2026-03-10 05:59", "Ann"),
        ("2026-03-10 06:00", "Ben"),
        ("2026-03-10 17:59", "Ben"),
        ("2026-03-10 18:00", "Ann"),
        ("2026-03-11 00:00", "Ann"),
    ],
)
def test_the_shift_changes_at_its_minute(said: str, who: str) -> None:
    assert names(rota(*NIGHT_AND_DAY), said) == [[who]]


def test_rungs_stand_in_their_order() -> None:
    plan = rota(*every_day(ANN, 18, 6), *every_day(BEN, 18, 6, rung=3), *every_day(DANA, 20, 6, rung=2))
    assert names(plan, "2026-03-10 19:00") == [["Ann"], ["Ben"]]
    assert names(plan, "2026-03-10 21:00") == [["Ann"], ["Dana"], ["Ben"]]


def test_an_override_counts_before_the_week_and_nobody_is_an_answer() -> None:
    away = Override(member=BEN.id, starts_at=local("2026-03-10 20:00"), ends_at=local("2026-03-10 22:00"))
    none = Override(member=None, starts_at=local("2026-03-11 20:00"), ends_at=local("2026-03-11 22:00"))
    plan = rota(*NIGHT_AND_DAY, overrides=(away, none))
    assert names(plan, "2026-03-10 21:59") == [["Ben"]]
    assert names(plan, "2026-03-10 22:00") == [["Ann"]]
    assert names(plan, "2026-03-11 21:00") == []


def test_a_holiday_has_shifts_of_its_own_where_there_are_any() -> None:
    christmas = frozenset({date(2026, 12, 25)})
    assert names(rota(*NIGHT_AND_DAY, holidays=christmas), "2026-12-25 12:00") == [["Ben"]]
    dana = Shift(member=DANA.id, weekday=HOLIDAY, start=time(0), end=time(0))
    plan = rota(*NIGHT_AND_DAY, dana, holidays=christmas)
    assert names(plan, "2026-12-25 12:00") == [["Dana"]]
    assert names(plan, "2026-12-26 12:00") == [["Ben"]]
    assert names(plan, "2026-12-25 05:00") == [["Ann", "Dana"]]


def test_a_place_and_a_service_have_rotas_of_their_own() -> None:
    gas = every_day(DANA, 0, 0, scope=Scope(service="gas"))
    downtown = every_day(LUIS, 0, 0, scope=Scope(location=7))
    plan = rota(*every_day(ANN, 0, 0), *gas, *downtown)
    assert names(plan, "2026-03-10 12:00") == [["Ann"]]
    assert names(plan, "2026-03-10 12:00", Scope(service="gas")) == [["Dana"]]
    assert names(plan, "2026-03-10 12:00", Scope(location=7)) == [["Luis"]]
    assert names(plan, "2026-03-10 12:00", Scope(location=7, service="gas")) == [["Dana"]]
    assert names(plan, "2026-03-10 12:00", Scope(location=8)) == [["Ann"]]


def test_shifts_stand_in_the_clock_of_their_place() -> None:
    plan = rota(
        *every_day(ANN, 8, 20),
        *every_day(BEN, 8, 20, scope=Scope(location=7)),
        zones={7: PHOENIX},
    )
    summer = datetime(2026, 7, 1, 14, 30, tzinfo=UTC)  # 9:30 in Chicago, 7:30 in Phoenix
    assert [[each.name for each in rung] for rung in on_duty(plan, summer, ALL)] == [["Ann"]]
    assert [[each.name for each in rung] for rung in on_duty(plan, summer, Scope(location=7))] == [["Ann"]]
    later = summer + timedelta(hours=1)
    assert [[each.name for each in rung] for rung in on_duty(plan, later, Scope(location=7))] == [["Ben"]]


@pytest.mark.parametrize("sunday", ["2026-03-08", "2026-11-01"])
def test_no_minute_is_lost_at_a_change_of_the_clock(sunday: str) -> None:
    half = (
        Shift(member=ANN.id, weekday=5, start=time(18), end=time(2, 30)),
        Shift(member=BEN.id, weekday=6, start=time(2, 30), end=time(18)),
    )
    plan = rota(*half)
    moment = local(f"{sunday} 00:00")
    while moment < local(f"{sunday} 12:00"):
        assert on_duty(plan, moment, ALL) != (), moment
        moment += timedelta(minutes=10)


def test_without_a_rota_whoever_is_marked_is_always_on_call() -> None:
    assert names(rota(always=(ANN.id,)), "2026-03-10 03:00") == [["Ann"]]
    assert [each.name for each in last_resort(rota())] == ["Dana"]


def test_the_proof_finds_every_minute_without_anybody() -> None:
    plan = rota(*every_day(ANN, 18, 6), *every_day(BEN, 6, 17), people=(ANN, BEN, LUIS))
    found = gaps(plan, [ALL], local("2026-03-10 00:00"), days=2)
    assert [(gap.only.name if gap.only else "", gap.starts_at, gap.minutes) for gap in found] == [
        ("Ann", local("2026-03-10 00:00"), 360),
        ("Ben", local("2026-03-10 06:00"), 660),
        ("", local("2026-03-10 17:00"), 60),
        ("Ann", local("2026-03-10 18:00"), 720),
        ("Ben", local("2026-03-11 06:00"), 660),
        ("", local("2026-03-11 17:00"), 60),
        ("Ann", local("2026-03-11 18:00"), 360),
    ]
    assert (
        found[2].fix
        == "Nobody is on call and nobody of the last resort has a phone. Add a shift, and a phone for the owner."
    )


def test_the_owner_behind_the_rota_makes_two_and_stands_in_a_gap() -> None:
    plan = rota(*every_day(ANN, 18, 6), *every_day(BEN, 6, 17))
    found = gaps(plan, [ALL], local("2026-03-10 00:00"), days=1)
    assert found == (
        Gap(scope=ALL, starts_at=local("2026-03-10 17:00"), ends_at=local("2026-03-10 18:00"), fallback=(DANA,)),
    )
    assert "Dana would be woken instead" in found[0].fix


def test_the_proof_is_made_for_every_place_and_every_rota_of_a_service() -> None:
    plan = rota(*NIGHT_AND_DAY, *every_day(DANA, 8, 20, scope=Scope(service="gas")))
    assert scopes(plan, [7, 8], ["gas", "drain"]) == (
        Scope(location=7),
        Scope(location=7, service="gas"),
        Scope(location=8),
        Scope(location=8, service="gas"),
    )


def test_the_proof_walks_through_the_change_of_the_clock() -> None:
    plan = rota(*every_day(ANN, 18, 6), *every_day(BEN, 6, 17))
    found = gaps(plan, [ALL], local("2026-03-07 12:00"), days=2)
    assert [(gap.starts_at, gap.minutes) for gap in found] == [
        (local("2026-03-07 17:00"), 60),
        (local("2026-03-08 17:00"), 60),
    ]
