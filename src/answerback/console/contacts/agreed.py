"""Writes down that somebody agreed in writing to be texted."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerback.console.contacts.people import page
from answerback.console.guard import Visit, seated_for
from answerback.console.refused import Refused
from answerback.store.queries import access
from answerback.workflow import reach, written_consent
from answerback.workflow.actors import NotAllowed
from answerback.workflow.written_consent import Written


@require_POST
@seated_for("settings")
def keep(visit: Visit, id: int) -> HttpResponse:
    """Keep that they agreed in writing."""
    row = access.contact_for(visit.user, id)
    visit = visit.at(row.business_id)
    given = visit.request.POST
    written = Written(
        name=given.get("name", ""),
        on=_day(given.get("on", "")),
        way=given.get("way", ""),
        words=given.get("words", "").replace("\r\n", "\n")[:4000],
        kept=given.get("kept", "")[:120],
    )
    try:
        written_consent.record(id, visit.actor, written)
    except NotAllowed as problem:
        return page(visit, row, Refused.of(problem, given, "consent"))
    messages.success(visit.request, _("Saved. It is never edited; a stop ends it."))
    return redirect("console:contact", id)


def _day(said: str) -> date | None:
    try:
        return reach.day(said)
    except ValueError:
        return None
