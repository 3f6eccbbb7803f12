"""The page of appointment types: what each service needs, which openings that gives, and why a time is not among them.

Owners and managers change it; the others look.
"""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from answerback.console.guard import Visit, seated
from answerback.engine.currency import bare
from answerback.store import models
from answerback.store.queries.access import NotYours
from answerback.workflow import appointment_types, directory
from answerback.workflow.appointment_types import Terms

SHOWN = 12
LIMITS = {
    "minutes": (5, 720),
    "before": (0, 240),
    "after": (0, 240),
    "step": (5, 240),
    "lead_minutes": (0, 43_200),
    "horizon_days": (1, 120),
}
NAMES = {
    "minutes": "Minutes it takes",
    "before": "Minutes kept free before",
    "after": "Minutes kept free after",
    "step": "Minutes between starts",
    "lead_minutes": "Minutes of notice",
    "horizon_days": "Days ahead",
}


class BadForm(Exception):
    """What was typed cannot be used; the message says what to write."""


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """The types, one of them open (`?service=`), its openings, and with `&at=` why a time is not offered."""
    services = _services(visit)
    service = visit.request.GET.get("service", "")
    service = service if service in services else ""
    kind = models.AppointmentType.objects.filter(business=visit.seat.business, service=service).first()
    at = _moment(visit, visit.request.GET.get("at", ""))
    context: dict[str, Any] = {
        "diary": True,
        "services": services,
        "service": service,
        "kind": kind,
        "fields": [(name, words, getattr(kind, name, "")) for name, words in NAMES.items()],
        "members": models.Member.objects.filter(business=visit.seat.business).order_by("name", "id"),
        "chosen": kind.members if kind else [],
        "needs": kind.needs if kind else "",
        "deposit": kind.deposit // 100 if kind and kind.deposit else "",
        "kinds": sorted({*models.Resource.objects.filter(business=visit.seat.business).values_list("kind", flat=True)}),
        "may_change": visit.may("settings"),
        "openings": [
            f"{each:%A, %B} {each.day}, {each.hour % 12 or 12}:{each:%M} {each:%p}" for each in _preview(visit, service)
        ],
        "at": at,
        "written": f"{at:%Y-%m-%dT%H:%M}" if at else "",
        "obstacles": appointment_types.why_not(visit.seat.business, service, at) if at else (),
    }
    return visit.page("console/appointment_types.html", context)


@require_POST
@seated
def save(visit: Visit) -> HttpResponse:
    """Change what an appointment for one service needs."""
    if not visit.may("settings"):
        raise NotYours
    service = visit.request.POST.get("service", "")
    if service and service not in _services(visit):
        raise NotYours
    try:
        appointment_types.save(visit.seat.business, service, _terms(visit))
        messages.success(visit.request, "Saved. The openings below are what customers are offered now.")
    except BadForm as problem:
        messages.error(visit.request, str(problem))
    return redirect(f"{visit.request.path.removesuffix('/save')}?service={service}")


def _terms(visit: Visit) -> Terms:
    posted = visit.request.POST
    numbers = {name: _number(posted.get(name, ""), name) for name in LIMITS}
    deposit = bare(posted.get("deposit", ""))
    if deposit and not deposit.isdecimal():
        raise BadForm("The deposit is a whole amount, or empty for none.")
    return Terms(
        minutes=numbers["minutes"],
        before=numbers["before"] or 0,
        after=numbers["after"] or 0,
        step=numbers["step"],
        lead_minutes=numbers["lead_minutes"],
        horizon_days=numbers["horizon_days"],
        members=tuple(int(each) for each in posted.getlist("members") if each.isdecimal()),
        needs=posted.get("needs", "").strip(),
        deposit=int(deposit[:6]) * 100 if deposit else None,
        active=posted.get("active") == "yes",
    )


def _number(written: str, name: str) -> int | None:
    if not written.strip():
        return None
    least, most = LIMITS[name]
    if not written.strip().isdecimal() or not least <= int(written[:9]) <= most:
        raise BadForm(f"{NAMES[name]}: write a number from {least} to {most}, or leave it empty.")
    return int(written)


def _services(visit: Visit) -> dict[str, str]:
    if visit.seat.playbook is None:
        return {}
    playbook = directory.known(visit.seat.business, visit.seat.revision, visit.seat.playbook).rules.playbook
    return {each.id: each.name.get("en") or next(iter(each.name.values()), each.id) for each in playbook.services}


def _preview(visit: Visit, service: str) -> tuple[datetime, ...]:
    return appointment_types.preview(visit.seat.business, service, SHOWN) if visit.seat.playbook is not None else ()


def _moment(visit: Visit, written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written).replace(tzinfo=visit.seat.zone)
    except ValueError:
        return None
