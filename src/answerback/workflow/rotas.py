"""The rota of a business as the engine knows it, kept in memory by revision as the rest of the business is.

Never here: who is woken (`pages`), or changing a shift (`on_call`).
"""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from answerback.engine.ladder import Ladder, Pace
from answerback.engine.rota import Override, Responder, Rota, Scope, Shift, last_resort, on_duty
from answerback.engine.rules import Rules
from answerback.store import models
from answerback.workflow import directory


def rota(business: int, revision: int) -> Rota:
    """The rota of a business as it is at this revision."""
    return _rota(business, revision)


def ladder(plan: Rota, at: datetime, scope: Scope, rules: Rules, reason: str) -> Ladder:
    """Who is woken about a case of this scope that waits at this moment, rung by rung."""
    rungs = on_duty(plan, at, scope)
    if rules.playbook.people.urgent != "on_call":
        first = tuple(each for each in plan.people if each.role == rules.playbook.people.urgent)
        rungs = (first, *rungs) if first else rungs
    window = rules.settings.page_window_danger if reason == "life_safety" else rules.settings.page_window
    pace = Pace(window=window, last_resort=rules.settings.page_last_resort, repeat=rules.settings.page_repeat)
    return Ladder(rungs=rungs, last=last_resort(plan), pace=pace)


@lru_cache(maxsize=2048)
def _rota(business: int, revision: int) -> Rota:  # noqa: ARG001  the revision is the cache's key
    row = models.Business.objects.get(id=business)
    members = list(models.Member.objects.filter(business=row).order_by("id"))
    places = models.Location.objects.filter(business=row).exclude(zone="")
    return Rota(
        zone=ZoneInfo(row.zone),
        people=tuple(_responder(member) for member in members),
        shifts=tuple(_shift(shift) for shift in models.Shift.objects.filter(business=row).order_by("id")),
        overrides=tuple(_override(each) for each in models.ShiftOverride.objects.filter(business=row).order_by("id")),
        holidays=_holidays(row),
        zones={place.id: ZoneInfo(place.zone) for place in places},
        always=tuple(member.id for member in members if member.on_call),
    )


def _responder(row: models.Member) -> Responder:
    return Responder(id=row.id, name=row.name, role=row.role, phone=row.phone, rings=row.rings)


def _shift(row: models.Shift) -> Shift:
    return Shift(
        member=row.member_id,
        weekday=row.weekday,
        start=row.start,
        end=row.end,
        rung=row.rung,
        scope=Scope(location=row.location_id, service=row.service),
    )


def _override(row: models.ShiftOverride) -> Override:
    return Override(
        member=row.member_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        rung=row.rung,
        scope=Scope(location=row.location_id, service=row.service),
    )


def _holidays(row: models.Business) -> frozenset[date]:
    return directory.holidays_of(row) | frozenset(date.fromisoformat(day) for day in row.closed_days)


directory.also_forget(_rota.cache_clear)
