"""Signing in to a member's calendar at its provider."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from answerback.console.calendars import mine
from answerback.console.connecting import SignIn
from answerback.console.guard import Visit, seated_for
from answerback.ports import registry
from answerback.ports.errors import PortError
from answerback.ports.sign_in import SignsIn
from answerback.workflow import calendars

SIGN_IN = SignIn(key="calendar_sign_in", back="console:calendar_signed_in")


@require_http_methods(["GET", "HEAD", "POST"])
@seated_for("book")
def begin(visit: Visit, id: int) -> HttpResponse:
    """GET: what will happen. POST: remember in the session that it was asked for, and show the way."""
    row = mine(visit, id)
    kind = registry.calendar(row.provider)
    if not isinstance(kind, SignsIn):
        return redirect("console:calendars")
    shown = {"calendar": row.id, "name": row.member.name, "title": kind.title, "page": "calendars"}
    if visit.request.method != "POST":
        return visit.page("console/calendar_sign_in.html", shown)
    address, asked = calendars.ask_to_sign_in(row.id, SIGN_IN.return_address(visit.request))
    SIGN_IN.remember(visit.request, row.id, asked)
    return visit.page("console/calendar_sign_in.html", shown | {"address": address})


@require_http_methods(["GET", "HEAD", "POST"])
@seated_for("book")
def back(visit: Visit) -> HttpResponse:
    """The person is back. GET: one button. POST: trade the code, once."""
    person = SIGN_IN.returned(visit.request)
    if person is None:
        return redirect("console:calendars")
    row = mine(visit, person.id)
    kind = registry.calendar(row.provider)
    if person.code and visit.request.method != "POST":
        shown = {"name": row.member.name, "title": kind.title, "page": "calendars"}
        return visit.page("console/calendar_sign_in.html", shown | {"code": person.code, "state": person.asked.state})
    SIGN_IN.end(visit.request)
    if not person.code:
        said = _("%(kind)s was not connected: %(problem)s.") % {"kind": kind.title, "problem": person.refusal}
        messages.error(visit.request, said)
        return redirect("console:calendars")
    try:
        calendars.signed_in(row.id, person.asked, person.code)
    except PortError as problem:
        messages.error(visit.request, problem.detail)
    else:
        said = _("%(name)s: %(kind)s is connected and being read.") % {"name": row.member.name, "kind": kind.title}
        messages.success(visit.request, said)
    return redirect("console:calendars")
