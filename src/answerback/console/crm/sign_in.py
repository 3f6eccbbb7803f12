"""Signing in to a CRM at its provider (OAuth 2.0 with PKCE), bound to the session of the person who began it.

As for calendars: the page that sends people away holds a plain link, and coming back is a GET that changes nothing;
a button's POST trades the code.
"""

from secrets import compare_digest

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from answerback.console.crm.screen import mine
from answerback.console.guard import Visit, seated_for
from answerback.ports import registry
from answerback.ports.calendar import SignInAsked, SignsIn
from answerback.ports.errors import PortError
from answerback.workflow import crms

ASKED = "crm_sign_in"
"""The session's key for the one sign-in that is on its way."""


def return_address(request: HttpRequest) -> str:
    """Where providers send people back to; it has to be registered with them letter by letter."""
    root = settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    return f"{root}{reverse('console:crm_signed_in')}"


@require_http_methods(["GET", "HEAD", "POST"])
@seated_for("settings")
def begin(visit: Visit) -> HttpResponse:
    """GET: what will happen. POST: remember in the session that it was asked for, and show the way."""
    row = mine(visit)
    kind = registry.crm(row.provider)
    if not isinstance(kind, SignsIn):
        return redirect("console:crm")
    if not crms.app(row.business_id, row.provider):
        return redirect("console:crm_app")
    shown = {"title": kind.title}
    if visit.request.method != "POST":
        return visit.page("console/crm/sign_in.html", shown)
    address, asked = crms.ask_to_sign_in(row.id, return_address(visit.request))
    visit.request.session[ASKED] = {
        "crm": row.id,
        "returns_to": asked.returns_to,
        "state": asked.state,
        "verifier": asked.verifier,
    }
    return visit.page("console/crm/sign_in.html", shown | {"address": address})


@require_http_methods(["GET", "HEAD", "POST"])
@seated_for("settings")
def back(visit: Visit) -> HttpResponse:
    """The person is back. GET: one button. POST: trade the code, once."""
    given = visit.request.POST if visit.request.method == "POST" else visit.request.GET
    row = mine(visit)
    kept = visit.request.session.get(ASKED) or {"crm": 0, "state": ""}
    begun_here = kept["crm"] == row.id
    if not begun_here or not compare_digest(str(given.get("state", "")).encode(), str(kept["state"]).encode()):
        messages.error(visit.request, _("This sign-in was not begun here, or is over. Begin it again."))
        return redirect("console:crm")
    title = registry.crm(row.provider).title
    if given.get("error") or not given.get("code"):
        del visit.request.session[ASKED]
        messages.error(visit.request, _("%(crm)s was not connected.") % {"crm": title})
        return redirect("console:crm")
    if visit.request.method != "POST":
        shown = {"title": title, "code": given["code"], "state": given["state"]}
        return visit.page("console/crm/sign_in.html", shown)
    del visit.request.session[ASKED]
    asked = SignInAsked(returns_to=kept["returns_to"], state=kept["state"], verifier=kept["verifier"])
    try:
        crms.signed_in(row.id, asked, str(given["code"]))
    except PortError as problem:
        messages.error(visit.request, problem.detail)
    else:
        messages.success(visit.request, _("%(crm)s is connected.") % {"crm": title})
    return redirect("console:crm")
