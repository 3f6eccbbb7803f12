"""Feeds of members' appointments: made and revoked by people, read by calendar programs without a sign-in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console.accounts.letters import root
from answerback.console.calendars import context, of
from answerback.console.guard import Visit, seated_for
from answerback.workflow import feeds


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The appointments behind a secret address, as iCalendar; 404 for every other."""
    found = feeds.read(token)
    if found is None:
        return HttpResponse("There is no such calendar.\n", status=404, content_type="text/plain; charset=utf-8")
    mark = f'"{found.mark}"'
    if request.headers.get("If-None-Match") == mark:
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(found.text, content_type="text/calendar; charset=utf-8")
        answer.headers["Content-Disposition"] = 'inline; filename="appointments.ics"'
    answer.headers["ETag"] = mark
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@require_POST
@seated_for("book")
def make(visit: Visit, member: int) -> HttpResponse:
    """A new address for a member's appointments; it is shown this once."""
    row = of(visit, member)
    token = feeds.make(row.id)
    address = f"{root(visit.request)}{reverse('console:feed', args=[token])}"
    shown = context(visit) | {"made": {"address": address, "name": row.name}}
    return visit.page("console/calendars.html", shown)


@require_POST
@seated_for("book")
def revoke(visit: Visit, member: int) -> HttpResponse:
    """End the address of a member's appointments."""
    row = of(visit, member)
    if feeds.revoke(row.id):
        messages.success(visit.request, _("%(name)s's address no longer works.") % {"name": row.name})
    return redirect("console:calendars")
