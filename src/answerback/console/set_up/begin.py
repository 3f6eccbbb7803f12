"""The first step of the set-up, before there is a business: its name, its phone, its clock and its trade."""

from typing import Any
from zoneinfo import available_timezones

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from answerback.console import said
from answerback.console.brand import BUSINESS
from answerback.console.guard import owes_the_step, to_the_second_step
from answerback.console.refused import Refused
from answerback.console.settings.places import ZONES
from answerback.ports.numbers import typed
from answerback.store import models
from answerback.store.playbook_file import packs
from answerback.workflow import set_up
from answerback.workflow.refusals import Refusal

TRADES = {
    "plumbing": (gettext_lazy("Plumbing"), "wrench"),
    "hvac": (gettext_lazy("Heating and cooling"), "thermometer"),
    "dental_clinic": (gettext_lazy("Dental clinic"), "smile"),
    "med_spa": (gettext_lazy("Med spa"), "sparkles"),
    "salon": (gettext_lazy("Salon"), "scissors"),
    "law_firm": (gettext_lazy("Law firm"), "scale"),
}

USUAL = {"name": "", "phone": "", "zone": "America/Chicago", "pack": ""}
TOLD = "set_up_told"
"""The session's key for what was typed into a form that could not be taken, and the problem with it."""


class Wrong(Refusal):
    """What was filled in cannot be kept; the message says why, `field` where it was filled in, if in one field."""


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Begin; only whoever came by a link for that, and agency admins."""
    if owes_the_step(request):
        return to_the_second_step(request)
    user = models.User.objects.get(id=request.user.pk or 0)
    if not set_up.may_begin(user):
        return _on_with(request, user)
    if request.method != "POST":
        return _page(request)
    told = {name: request.POST.get(name, "").strip()[:120] for name in USUAL}
    phone = typed(told["phone"])
    try:
        _look_at(told, phone)
    except Wrong as problem:
        # Shown by a page of its own address: reloading or going back never sends the form again.
        request.session[TOLD] = told | {"problem": str(problem), "field": problem.field}
        return redirect("console:set_up_new")
    request.session.pop(TOLD, None)
    business = set_up.begin(user, name=told["name"], phone_number=phone or "", zone=told["zone"], pack=told["pack"])
    request.session[BUSINESS] = business.id
    return said.go(request, "console:set_up")


def _on_with(request: HttpRequest, user: models.User) -> HttpResponse:
    """Who comes back to the first step has begun already: on to their business."""
    begun = models.Member.objects.filter(
        user=user, role="owner", left_at__isnull=True, business__set_up__isnull=False
    ).order_by("-id")
    member = begun.first()
    if member is None:
        return _over(request, user)
    request.session[BUSINESS] = member.business_id
    return said.go(request, "console:set_up_step", step="business")


def _over(request: HttpRequest, user: models.User) -> HttpResponse:
    """They may begin none: where it is changed now, and how another business begins."""
    here = models.Member.objects.select_related("business").filter(user=user, left_at__isnull=True).order_by("id")
    names = [each.business.name for each in here]
    if not names:
        raise Http404
    return render(request, "console/set_up/over.html", {"names": names}, status=403)


def _look_at(told: dict[str, str], phone: str | None) -> None:
    if not told["name"]:
        raise Wrong(_("Write the name customers know the business by."), "name")
    if phone is None:
        raise Wrong(_("Write the phone like (512) 555-0100."), "phone")
    if told["zone"] not in available_timezones():
        says = _("%(zone)s is no time zone. Write one such as America/Chicago.") % {"zone": told["zone"]}
        raise Wrong(says, "zone")
    if told["pack"] not in packs():
        raise Wrong(_("Choose the trade nearest to yours."), "pack")


def trades() -> list[tuple[str, Any, str]]:
    """The trades there is a playbook for: its name, what it is called, its icon."""
    return [(name, *TRADES.get(name, (name, "store"))) for name in packs()]


def _page(request: HttpRequest) -> HttpResponse:
    """The form, with what was typed before and why it could not be taken."""
    kept = request.session.get(TOLD, {})
    refused = Refused(problem=kept["problem"], field=kept["field"]) if kept.get("problem") else None
    shown = {"told": USUAL | kept, "refused": refused, "zones": ZONES, "trades": trades()}
    return render(request, "console/set_up/new.html", shown)
