"""Decides who is woken next about a page, and when to look again: rung by rung, to the last resort, round and round.

A page is open until a person takes or closes it; there is no rung after which it falls silent, so every answer of
`climb` names the next moment. Never here: who is on duty (`rota`), or how somebody is woken.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from answerback.engine.rota import Responder, Rota, Scope, last_resort, on_duty
from answerback.engine.rules import Rules

WakeState = Literal["queued", "asked", "failed", "passed", "took", "over"]
"""What became of waking one person: being told, told, could not be told, said no, took it, no longer needed."""

UNDELIVERABLE_AGAIN = timedelta(minutes=1)
"""A round in which nobody could be told is followed by the next one this soon: the provider may be back by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long each rung has, when the last resort is woken at the latest, and how often all of it is repeated."""

    window: timedelta = timedelta(minutes=2)
    last_resort: timedelta = timedelta(minutes=6)
    repeat: timedelta = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Who is on duty now, rung by rung, who is the last resort, and how fast it goes."""

    rungs: tuple[tuple[Responder, ...], ...] = ()
    last: tuple[Responder, ...] = ()
    pace: Pace = field(default_factory=Pace)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One person woken in the round that runs."""

    member: int
    state: WakeState


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """How far a page has come: its round (from 1, 0 before the first), when that began, the rung and since when.

    `asked` are those of this round, `here` those of this rung.
    """

    round: int = 0
    round_at: datetime | None = None
    rung: int = 0
    rung_at: datetime | None = None
    asked: tuple[Asked, ...] = ()
    here: tuple[int, ...] = ()
    is_last: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """What to do now: wake these people (none while somebody still has time), and look again at `next_at`."""

    wake: tuple[Responder, ...] = ()
    round: int
    round_at: datetime
    rung: int
    rung_at: datetime
    is_last: bool
    next_at: datetime


EVEN_UNCONFIRMED = frozenset({"life_safety", "drill"})
"""Pages that go to phones nobody has confirmed as well: a danger (47 USC 227(b)(1)(A) leaves emergencies free), and the
drill, which asks for the confirmation.
"""


def standing(
    plan: Rota, at: datetime, scope: Scope, rules: Rules, reason: str, *, holder: Responder | None = None
) -> Ladder:
    """Who is woken about a case of this scope that waits at this moment, rung by rung; who has it already first.

    Only phones that are confirmed, unless there is none among all of them: a page is never lost for want of a yes.
    """
    rungs = on_duty(plan, at, scope)
    if rules.playbook.people.urgent != "on_call":
        first = tuple(each for each in plan.people if each.role == rules.playbook.people.urgent)
        rungs = (first, *rungs) if first else rungs
    rungs = ((holder,), *rungs) if holder is not None else rungs
    last = last_resort(plan)
    if reason not in EVEN_UNCONFIRMED and any(_answers(each) for rung in (*rungs, last) for each in rung):
        rungs = tuple(tuple(each for each in rung if _answers(each)) for rung in rungs)
        last = tuple(each for each in last if _answers(each))
    window = rules.settings.page_window_danger if reason == "life_safety" else rules.settings.page_window
    pace = Pace(window=window, last_resort=rules.settings.page_last_resort, repeat=rules.settings.page_repeat)
    return Ladder(rungs=rungs, last=last, pace=pace)


def nobody_told(paging: Paging, step: "Climb") -> bool:
    """Was everybody tried in this round, and nobody reached?"""
    return step.is_last and not step.wake and {each.state for each in paging.asked} <= {"failed"}


def climb(paging: Paging, ladder: Ladder, now: datetime) -> Climb:
    """The next step of a page that nobody has taken."""
    if paging.round_at is None or paging.rung_at is None:
        return _up(Paging(round=1, round_at=now), ladder, now)
    states = {each.member: each.state for each in paging.asked}
    deaf = all(states.get(member) in {"failed", "passed"} for member in paging.here)
    if deaf and not paging.is_last:
        return _up(paging, ladder, now)
    until = paging.rung_at + _patience(paging, ladder.pace, lost=set(states.values()) <= {"failed"})
    if now < until:
        return _wait(paging, paging.round_at, paging.rung_at, until)
    return _up(Paging(round=paging.round + 1, round_at=now) if paging.is_last else paging, ladder, now)


def _answers(person: Responder) -> bool:
    return bool(person.phone) and person.confirmed


def _patience(paging: Paging, pace: Pace, *, lost: bool) -> timedelta:
    if not paging.is_last:
        return pace.window
    return UNDELIVERABLE_AGAIN if lost else pace.repeat


def _up(paging: Paging, ladder: Ladder, now: datetime) -> Climb:
    """The next rung with somebody new who has a phone; the last resort where there is none, or no time for one."""
    asked = frozenset(each.member for each in paging.asked)
    round_at = paging.round_at or now
    above = list(enumerate(ladder.rungs, start=1))[paging.rung :]
    late = now + ladder.pace.window > round_at + ladder.pace.last_resort
    for number, people in above if not late else []:
        if new := _new(people, asked):
            return _stand(paging, number, new, next_at=now + ladder.pace.window, now=now)
    everybody = _new([*(person for _, people in above for person in people), *ladder.last], asked)
    wait = ladder.pace.repeat if everybody or asked else UNDELIVERABLE_AGAIN
    top = _stand(paging, len(ladder.rungs) + 1, everybody, next_at=now + wait, now=now)
    return replace(top, is_last=True)


def _new(people: Sequence[Responder], asked: frozenset[int]) -> tuple[Responder, ...]:
    """Those with a phone who were not woken in this round already, each once."""
    found = {person.id: person for person in people if person.phone and person.id not in asked}
    return tuple(found.values())


def _stand(paging: Paging, rung: int, wake: tuple[Responder, ...], *, next_at: datetime, now: datetime) -> Climb:
    return Climb(
        wake=wake,
        round=paging.round,
        round_at=paging.round_at or now,
        rung=rung,
        rung_at=now,
        is_last=False,
        next_at=next_at,
    )


def _wait(paging: Paging, round_at: datetime, rung_at: datetime, until: datetime) -> Climb:
    return Climb(
        round=paging.round,
        round_at=round_at,
        rung=paging.rung,
        rung_at=rung_at,
        is_last=paging.is_last,
        next_at=until,
    )
