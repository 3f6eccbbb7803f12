"""Proves who would be woken in every minute of the days to come, and names the minutes in which it is nobody or one.

Never here: whether a phone works; the fire drill finds that out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from answerback.engine.rota import Responder, Rota, Scope, changes, last_resort, on_duty

DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A stretch in which a page would reach nobody (or only `only`). `fallback` are those of the last resort who would
    be woken all the same; `unconfirmed` those whose phone is known, and who have not answered from it yet.
    """

    scope: Scope
    starts_at: datetime
    ends_at: datetime
    only: Responder | None = None
    fallback: tuple[Responder, ...] = ()
    unconfirmed: tuple[Responder, ...] = ()

    @property
    def minutes(self) -> int:
        """How long it is."""
        return int((self.ends_at - self.starts_at) / timedelta(minutes=1))

    @property
    def fix(self) -> str:
        """What to do about it."""
        if self.unconfirmed:
            names = " and ".join(each.name for each in self.unconfirmed)
            return (
                f"Not confirmed: the phone of {names}. Let them answer the text with the code, or start a fire drill."
            )
        if self.only is not None:
            return f"Put a second person behind {self.only.name}: a second rung, or somebody of the last resort."
        if self.fallback:
            names = " and ".join(each.name for each in self.fallback)
            return f"Nobody is on call; {names} would be woken instead. Add a shift or an override for this time."
        return "Nobody is on call and nobody of the last resort has a phone. Add a shift, and a phone for the owner."


def gaps(rota: Rota, scopes: Iterable[Scope], start: datetime, days: int = DAYS) -> tuple[Gap, ...]:
    """Every stretch of the days to come in which fewer than two people would be woken, in order, merged."""
    found = [gap for scope in scopes for gap in _gaps(rota, scope, start, start + timedelta(days=days))]
    return tuple(sorted(found, key=lambda gap: (gap.starts_at, gap.scope.location or 0, gap.scope.service)))


def scopes(rota: Rota, locations: Iterable[int], services: Iterable[str]) -> tuple[Scope, ...]:
    """The scopes that differ: every location, and every service a rota of its own was written for."""
    own = {shift.scope.service for shift in rota.shifts} | {each.scope.service for each in rota.overrides}
    places: list[int | None] = list(locations) or [None]
    return tuple(
        Scope(location=place, service=service) for place in places for service in ("", *sorted(own & set(services)))
    )


def _gaps(rota: Rota, scope: Scope, start: datetime, end: datetime) -> list[Gap]:
    found: list[Gap] = []
    moments = changes(rota, start, end, scope)
    for begins, ends in pairwise(moments):
        gap = _gap(rota, scope, begins, ends)
        if gap is None:
            continue
        last = found[-1] if found else None
        if last is not None and last.ends_at == begins and _who(last) == _who(gap):
            found[-1] = replace(last, ends_at=ends)
        else:
            found.append(gap)
    return found


def _who(gap: Gap) -> tuple[object, ...]:
    return gap.only, gap.fallback, gap.unconfirmed


def _gap(rota: Rota, scope: Scope, begins: datetime, ends: datetime) -> Gap | None:
    on = [person for rung in on_duty(rota, begins, scope) for person in rung if person.phone]
    last = last_resort(rota)
    everybody = {person.id: person for person in (*on, *last)}.values()
    sure = [person for person in everybody if person.confirmed]
    gap = Gap(
        scope=scope,
        starts_at=begins,
        ends_at=ends,
        unconfirmed=tuple(person for person in everybody if not person.confirmed),
    )
    if not any(person.confirmed for person in on):
        return replace(gap, fallback=tuple(person for person in last if person.confirmed))
    return replace(gap, only=sure[0]) if len(sure) == 1 else None
