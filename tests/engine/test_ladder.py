"""Who is woken next, and when: rung by rung, to the last resort, round and round."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from answerback.engine.ladder import Asked, Climb, Ladder, Paging, WakeState, climb
from answerback.engine.rota import Responder

NOW = datetime(2026, 3, 10, 8, 4, tzinfo=UTC)
ANN, BEN, DANA, LUIS = (
    Responder(id=number, name=name, phone=f"+1512555019{number}")
    for number, name in enumerate(("Ann", "Ben", "Dana", "Luis"), start=1)
)
LADDER = Ladder(rungs=((ANN,), (BEN,)), last=(DANA, LUIS))


def after(step: Climb, paging: Paging = Paging(), states: dict[int, WakeState] | None = None) -> Paging:  # noqa: B008
    """The page as it stands after this step, with what those who were woken have answered since."""
    asked = () if step.round != paging.round else paging.asked
    fresh = tuple(Asked(member=each.id, state="asked") for each in step.wake)
    told = states or {}
    return Paging(
        round=step.round,
        round_at=step.round_at,
        rung=step.rung,
        rung_at=step.rung_at,
        asked=tuple(replace(each, state=told.get(each.member, each.state)) for each in (*asked, *fresh)),
        here=tuple(each.id for each in step.wake) or paging.here,
        is_last=step.is_last,
    )


def names(step: Climb) -> list[str]:
    return [each.name for each in step.wake]


def test_each_rung_has_two_minutes_and_the_round_begins_again() -> None:
    paging, now, woken = Paging(), NOW, []
    for _ in range(6):
        step = climb(paging, LADDER, now)
        woken.append((int((now - NOW).total_seconds()) // 60, names(step)))
        paging, now = after(step, paging), step.next_at
    assert woken == [
        (0, ["Ann"]),
        (2, ["Ben"]),
        (4, ["Dana", "Luis"]),
        (9, ["Ann"]),
        (11, ["Ben"]),
        (13, ["Dana", "Luis"]),
    ]


def test_while_somebody_has_time_nobody_else_is_woken() -> None:
    paging = after(climb(Paging(), LADDER, NOW))
    step = climb(paging, LADDER, NOW + timedelta(seconds=119))
    assert (step.wake, step.next_at) == ((), NOW + timedelta(minutes=2))


@pytest.mark.parametrize("state", ["failed", "passed"])
def test_a_failure_or_a_pass_goes_on_at_once(state: WakeState) -> None:
    paging = after(climb(Paging(), LADDER, NOW), states={ANN.id: state})
    assert names(climb(paging, LADDER, NOW + timedelta(seconds=3))) == ["Ben"]


def test_of_two_on_a_rung_both_must_have_said_no() -> None:
    ladder = Ladder(rungs=((ANN, BEN),), last=(DANA,))
    first = climb(Paging(), ladder, NOW)
    assert names(first) == ["Ann", "Ben"]
    one = after(first, states={ANN.id: "passed"})
    assert names(climb(one, ladder, NOW + timedelta(seconds=3))) == []
    both = after(first, states={ANN.id: "passed", BEN.id: "failed"})
    assert names(climb(both, ladder, NOW + timedelta(seconds=3))) == ["Dana"]


def test_the_last_resort_is_woken_within_six_minutes_of_a_long_ladder() -> None:
    crew = tuple(Responder(id=number, name=f"n{number}", phone="+15125550100") for number in range(10, 18))
    ladder = Ladder(rungs=tuple((each,) for each in crew), last=(DANA,))
    paging, now, woken = Paging(), NOW, []
    for _ in range(4):
        step = climb(paging, ladder, now)
        woken.append((int((now - NOW).total_seconds()) // 60, len(step.wake)))
        paging, now = after(step, paging), step.next_at
    assert woken == [(0, 1), (2, 1), (4, 1), (6, 6)]


def test_a_round_that_reached_nobody_is_tried_again_after_a_minute() -> None:
    ladder = Ladder(rungs=(), last=(DANA,))
    paging = after(climb(Paging(), ladder, NOW), states={DANA.id: "failed"})
    assert climb(paging, ladder, NOW + timedelta(seconds=59)).wake == ()
    again = climb(paging, ladder, NOW + timedelta(seconds=60))
    assert (again.round, names(again)) == (2, ["Dana"])


def test_with_nobody_to_wake_the_page_stays_and_is_looked_at_every_minute() -> None:
    step = climb(Paging(), Ladder(), NOW)
    assert (step.wake, step.next_at) == ((), NOW + timedelta(minutes=1))
    again = climb(after(step), Ladder(last=(DANA,)), step.next_at)
    assert names(again) == ["Dana"]


def test_who_has_no_phone_holds_nobody_up() -> None:
    ladder = Ladder(rungs=((replace(ANN, phone=""),), (BEN,)), last=())
    assert names(climb(Paging(), ladder, NOW)) == ["Ben"]
