"""Reads the rota of a business as the engine knows it.

Never here: keeping it in memory (`rotas`, `directory`), or changing a shift (`on_call`).
"""

from datetime import date
from zoneinfo import ZoneInfo

from answerback.engine.rota import Override, Responder, Rota, Scope, Shift
from answerback.store import models


def rota_of(row: models.Business, holidays: frozenset[date]) -> Rota:
    """The rota of a business as it stands now."""
    members = list(models.Member.objects.filter(business=row, left_at=None).order_by("id"))
    places = models.Location.objects.filter(business=row).exclude(zone="")
    return Rota(
        zone=ZoneInfo(row.zone),
        people=tuple(_responder(member) for member in members),
        shifts=tuple(_shift(shift) for shift in models.Shift.objects.filter(business=row).order_by("id")),
        overrides=tuple(_override(each) for each in models.ShiftOverride.objects.filter(business=row).order_by("id")),
        holidays=holidays | frozenset(date.fromisoformat(day) for day in row.closed_days),
        zones={place.id: ZoneInfo(place.zone) for place in places},
        always=tuple(member.id for member in members if member.on_call),
    )


def _responder(row: models.Member) -> Responder:
    return Responder(
        id=row.id,
        name=row.name,
        role=row.role,
        phone="" if row.stopped_at else row.phone,
        rings=row.rings,
        confirmed=row.confirmed == row.phone,
    )


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
