"""The page of appointment types: what each service needs, which openings that gives, and why a time is not among them.

Owners and managers change it; the others look.
"""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from answerback.console import acts, said
from answerback.console.bookable import why
from answerback.console.guard import Visit, seated, seated_for
from answerback.console.refused import Refused
from answerback.console.shown import Form, Value
from answerback.engine.currency import bare
from answerback.store import ids, models
from answerback.store.queries.access import NotYours
from answerback.workflow import appointment_types
from answerback.workflow.appointment_types import Terms
from answerback.workflow.refusals import Refusal

LOOK_AHEAD = 80
A_MINUTE = timedelta(minutes=1)
LIMITS = {
    "minutes": (5, 720),
    "before": (0, 240),
    "after": (0, 240),
    "step": (5, 240),
    "lead_minutes": (0, 43_200),
    "horizon_days": (1, 120),
}
NAMES = {
    "minutes": gettext_lazy("Minutes it takes"),
    "before": gettext_lazy("Minutes kept free before"),
    "after": gettext_lazy("Minutes kept free after"),
    "step": gettext_lazy("Minutes between starts"),
    "lead_minutes": gettext_lazy("Minutes of notice"),
    "horizon_days": gettext_lazy("Days ahead"),
}


class BadForm(Refusal):
    """What was typed cannot be used; the message says what to write, `field` where."""


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """The types, one of them open (`?service=`), its openings, and with `&at=` why a time is not offered."""
    return _page(visit)


@require_POST
@seated_for("settings")
def save(visit: Visit) -> HttpResponse:
    """Change what an appointment for one service needs."""
    service = visit.request.POST.get("service", "")
    if service and service not in why.services_of(visit):
        raise NotYours
    given: QueryDict = visit.request.POST
    try:
        given = _form(visit, service).told(given)
        undo = appointment_types.save(visit.seat.business, service, _terms(given))
    except Refusal as problem:
        return _page(visit, Refused.of(problem, given))
    said.done(visit.request, _("Saved. The openings below are what customers are offered now."), undo)
    return redirect(f"{visit.request.path.removesuffix('/save')}?service={service}")


def _page(visit: Visit, refused: Refused | None = None) -> HttpResponse:
    asked = why.asked(visit)
    service = asked["service"]
    form = _form(visit, service)
    values = refused.given if refused else form.values
    usual = _left_empty(visit, service, ids.whole(str(form.values["minutes"]), *LIMITS["minutes"]))
    context: dict[str, Any] = {
        "form": form,
        "told": values,
        "fields": [(name, words, values.get(name, ""), usual.get(name, "")) for name, words in NAMES.items()],
        "members": list(_members(visit, service).items()),
        "chosen": refused.given.getlist("members") if refused else form.values["members"],
        "kinds": sorted({*models.Resource.objects.filter(business=visit.seat.business).values_list("kind", flat=True)}),
        "may_change": visit.may("settings"),
        **why.openings(visit, _preview(visit, service), reverse("console:appointment_types")),
        "tab": "types",
        "section": "types",
    }
    return visit.page("console/appointment_types.html", context | asked, refused=refused)


def _form(visit: Visit, service: str) -> Form:
    """What an appointment needs as the form shows it; a service without terms of its own shows none."""
    kind = models.AppointmentType.objects.filter(business=visit.seat.business, service=service).first()
    members = _members(visit, service)
    values: dict[str, Value] = {name: _shown(getattr(kind, name, None)) for name in NAMES}
    values |= {
        "active": ["yes"] if kind is None or kind.active else [],
        "needs": kind.needs if kind else "",
        "deposit": _shown(kind.deposit // 100 if kind and kind.deposit else None),
        "members": [str(each) for each in kind.members if str(each) in members] if kind else [],
    }
    names = NAMES | {
        "active": _("Customers may book it by themselves"),
        "needs": _("Needs a"),
        "deposit": _("Deposit"),
        "members": _("Who does it (nobody ticked: everybody who can be booked)"),
    }
    return Form(values, names, {"members": members})


def _left_empty(visit: Visit, service: str, minutes: int | None) -> dict[str, str]:
    """What holds where a field is empty; of all others each service has its own length and starts."""
    if visit.seat.playbook is None:
        return {}
    usual = appointment_types.left_empty(visit.seat.business, service, minutes)
    found = {
        "before": usual.before // A_MINUTE,
        "after": usual.after // A_MINUTE,
        "lead_minutes": usual.lead_time // A_MINUTE,
        "horizon_days": usual.horizon.days,
    }
    if service:
        found |= {"minutes": usual.minutes, "step": usual.step // A_MINUTE}
    return {name: str(number) for name, number in found.items()}


def _members(visit: Visit, service: str) -> dict[str, str]:
    """Whom it can be given to."""
    kinds = models.AppointmentType.objects.filter(business=visit.seat.business, service=service)
    named = [id for kind in kinds for id in kind.members]
    return {str(each.id): each.name for each in acts.workers(visit, named)}


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)


def _terms(given: QueryDict) -> Terms:
    posted = {name: str(given.get(name, "")) for name in (*LIMITS, "deposit", "needs", "active")}
    numbers = {name: _number(posted[name], name) for name in LIMITS}
    said = bare(posted["deposit"])
    deposit = ids.whole(said, 0, 999_999)
    if said and deposit is None:
        raise BadForm("The deposit is a whole amount, or empty for none.", "deposit")
    return Terms(
        minutes=numbers["minutes"],
        before=numbers["before"] or 0,
        after=numbers["after"] or 0,
        step=numbers["step"],
        lead_minutes=numbers["lead_minutes"],
        horizon_days=numbers["horizon_days"],
        members=tuple(ids.several([str(each) for each in given.getlist("members")])),
        needs=" ".join(posted["needs"].split()).casefold(),
        deposit=None if deposit is None else deposit * 100,
        active=posted["active"] == "yes",
    )


def _number(written: str, name: str) -> int | None:
    if not written.strip():
        return None
    least, most = LIMITS[name]
    if (number := ids.whole(written, least, most)) is None:
        raise BadForm(f"{NAMES[name]}: write a number from {least} to {most}, or leave it empty.", name)
    return number


def _preview(visit: Visit, service: str) -> tuple[datetime, ...]:
    return (
        appointment_types.preview(visit.seat.business, service, LOOK_AHEAD) if visit.seat.playbook is not None else ()
    )
