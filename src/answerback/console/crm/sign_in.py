"""Signing in to a CRM at its provider."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from answerback.console.connecting import SignIn
from answerback.console.crm.screen import mine
from answerback.console.guard import Visit, seated_for
from answerback.ports import registry
from answerback.ports.errors import PortError
from answerback.ports.sign_in import SignsIn
from answerback.workflow import connecting, crms

SIGN_IN = SignIn(key="crm_sign_in", back="console:crm_signed_in")


@require_http_methods(["GET", "HEAD", "POST"])
@seated_for("settings")
def begin(visit: Visit) -> HttpResponse:
    """GET: what will happen. POST: remember in the session that it was asked for, and show the way."""
    row = mine(visit)
    kind = registry.crm(row.provider)
    if not isinstance(kind, SignsIn):
        return redirect("console:crm")
    if not connecting.app(row.business_id, row.provider):
        return redirect("console:crm_app")
    shown = {"title": kind.title}
    if visit.request.method != "POST":
        return visit.page("console/crm/sign_in.html", shown)
    address, asked = crms.ask_to_sign_in(row.id, SIGN_IN.return_address(visit.request))
    SIGN_IN.remember(visit.request, row.id, asked)
    return visit.page("console/crm/sign_in.html", shown | {"address": address})


@require_http_methods(["GET", "HEAD", "POST"])
@seated_for("settings")
def back(visit: Visit) -> HttpResponse:
    """The person is back. GET: one button. POST: trade the code, once."""
    row = mine(visit)
    person = SIGN_IN.returned(visit.request, of=row.id)
    if person is None:
        return redirect("console:crm")
    title = registry.crm(row.provider).title
    if person.code and visit.request.method != "POST":
        return visit.page(
            "console/crm/sign_in.html", {"title": title, "code": person.code, "state": person.asked.state}
        )
    SIGN_IN.end(visit.request)
    if not person.code:
        said = _("%(crm)s was not connected: %(problem)s.") % {"crm": title, "problem": person.refusal}
        messages.error(visit.request, said)
        return redirect("console:crm")
    try:
        crms.signed_in(row.id, person.asked, person.code)
    except PortError as problem:
        messages.error(visit.request, problem.detail)
    else:
        messages.success(visit.request, _("%(crm)s is connected.") % {"crm": title})
    return redirect("console:crm")
