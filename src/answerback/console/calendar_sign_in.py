"""Signing in to a calendar at its provider (OAuth 2.0 with PKCE), bound to the session of the person who began it.

The page that sends people away holds a plain link: our policy lets no form lead to another site. The page they come
back to only shows a button, for coming back is a GET and changes nothing; the button's POST trades the code.
"""

from secrets import compare_digest

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from answerback.console.calendars import mine
from answerback.console.guard import Visit, seated
from answerback.ports import registry
from answerback.ports.calendar import SignInAsked, SignsIn
from answerback.ports.errors import PortError
from answerback.workflow import calendars

ASKED = "calendar_sign_in"
"""The session's key for the one sign-in that is on its way."""


def return_address(request: HttpRequest) -> str:
    """Where providers send people back to; it has to be registered with them letter by letter."""
    from django.conf import settings  # noqa: PLC0415

    root = settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    return f"{root}{reverse('console:calendar_signed_in')}"


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def begin(visit: Visit, id: int) -> HttpResponse:
    """GET: what will happen. POST: remember in the session that it was asked for, and show the way."""
    row = mine(visit, id)
    kind = registry.calendar(row.provider)
    if not isinstance(kind, SignsIn):
        return redirect("console:calendars")
    shown = {"calendar": row.id, "name": row.member.name, "title": kind.title, "page": "calendars"}
    if visit.request.method != "POST":
        return visit.page("console/calendar_sign_in.html", shown)
    address, asked = calendars.ask_to_sign_in(row.id, return_address(visit.request))
    visit.request.session[ASKED] = {
        "calendar": row.id,
        "returns_to": asked.returns_to,
        "state": asked.state,
        "verifier": asked.verifier,
    }
    return visit.page("console/calendar_sign_in.html", shown | {"address": address})


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def back(visit: Visit) -> HttpResponse:
    """The person is back. GET: one button. POST: trade the code, once."""
    given = visit.request.POST if visit.request.method == "POST" else visit.request.GET
    kept = visit.request.session.get(ASKED)
    if not kept or not compare_digest(str(given.get("state", "")).encode(), str(kept["state"]).encode()):
        messages.error(visit.request, _("This sign-in was not begun here, or is over. Begin it again."))
        return redirect("console:calendars")
    row = mine(visit, kept["calendar"])
    kind = registry.calendar(row.provider)
    if given.get("error") or not given.get("code"):
        del visit.request.session[ASKED]
        messages.error(
            visit.request,
            _("%(kind)s was not connected: %(problem)s.")
            % {"kind": kind.title, "problem": str(given.get("error", "no code"))[:60]},
        )
        return redirect("console:calendars")
    if visit.request.method != "POST":
        shown = {"name": row.member.name, "title": kind.title, "page": "calendars"}
        return visit.page("console/calendar_sign_in.html", shown | {"code": given["code"], "state": given["state"]})
    del visit.request.session[ASKED]
    asked = SignInAsked(returns_to=kept["returns_to"], state=kept["state"], verifier=kept["verifier"])
    try:
        calendars.signed_in(row.id, asked, str(given["code"]))
    except PortError as problem:
        messages.error(visit.request, problem.detail)
    else:
        messages.success(
            visit.request,
            _("%(name)s: %(kind)s is connected and being read.") % {"name": row.member.name, "kind": kind.title},
        )
    return redirect("console:calendars")
