"""Booking from the conversation: openings offered beside it, one held while the customer thinks, then confirmed."""

from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console import said, words
from answerback.console.guard import Visit, seated_for
from answerback.console.moments import Moment, exact, moment, time_of_day
from answerback.engine.currency import amount
from answerback.store import models
from answerback.store.queries import access
from answerback.workflow import desk_bookings, reach
from answerback.workflow.calendar_desk import NotPossible
from answerback.workflow.desk_bookings import Offered, Wanted

DAYS_AT_ONCE = 4


@require_safe
@seated_for("book")
def show(visit: Visit, id: int) -> HttpResponse:
    """What can be booked; `service` and `from` choose."""
    return _panel(visit, access.conversation_for(visit.user, id))


@require_POST
@seated_for("book")
def hold(visit: Visit, id: int) -> HttpResponse:
    """Keep this time while the customer thinks."""
    row = access.conversation_for(visit.user, id)
    problem = ""
    try:
        undo = desk_bookings.hold(row.id, _wanted(visit))
        said.done(visit.request, _("The time is held."), undo)
    except NotPossible as refused:
        problem = str(refused)
    visit.trace.is_idle = bool(problem)
    return _panel(visit, row, problem)


@require_POST
@seated_for("book")
def let_go(visit: Visit, id: int) -> HttpResponse:
    """Give the held time free."""
    row = access.conversation_for(visit.user, id)
    problem = ""
    try:
        if (undo := desk_bookings.let_go(row.id)) is not None:
            said.done(visit.request, _("The time is free again."), undo)
    except NotPossible as refused:
        problem = str(refused)
    visit.trace.is_idle = bool(problem)
    return _panel(visit, row, problem)


@require_POST
@seated_for("book")
def book(visit: Visit, id: int) -> HttpResponse:
    """Book the time."""
    row = access.conversation_for(visit.user, id)
    try:
        wanted = _wanted(visit)
        found = desk_bookings.offered(row.id, wanted.service)
        if found.needs_address and not (wanted.address or found.address):
            raise NotPossible(_("Write the address: somebody has to find the way there."))
        undo = desk_bookings.book(row.id, wanted)
        when = exact(wanted.start.astimezone(found.zone))
        said.done(visit.request, _("Booked for %(when)s.") % {"when": when}, undo)
    except NotPossible as problem:
        messages.error(visit.request, str(problem))
    return redirect(reverse("console:conversation", args=[id]))


def _wanted(visit: Visit) -> Wanted:
    asked = visit.request.POST
    try:
        start = reach.moment(asked.get("start", ""))
    except ValueError:
        start = None
    if start is None or start.tzinfo is None:
        raise NotPossible(_("Choose a time first."))
    return Wanted(
        start=start,
        service=asked.get("service", ""),
        name=asked.get("name", "").strip()[:120],
        address=asked.get("address", "").strip()[:200],
    )


def _panel(visit: Visit, row: models.Conversation, problem: str = "") -> HttpResponse:
    there = visit.at(row.business_id)
    asked = there.request.GET if there.request.method == "GET" else there.request.POST
    context: dict[str, Any] = {"conversation": row, "problem": problem}
    try:
        found = desk_bookings.offered(row.id, asked.get("service", ""))
        context |= _shown(found, asked.get("from", ""), there)
    except NotPossible as refused:
        context |= {"problem": str(refused), "closed": True}
    return render(there.request, "console/talk_book.html", context)


def _shown(found: Offered, begin: str, visit: Visit) -> dict[str, Any]:
    first = _day(begin)
    local = [start.astimezone(found.zone) for start in found.starts]
    days = [(day, list(starts)) for day, starts in groupby(local, key=datetime.date) if first is None or day >= first]
    standing = found.standing
    return {
        "openings": found,
        "services": [(id, words.named(names, id)) for id, names in found.services],
        "deposit": amount(found.deposit, visit.seat.currency) if found.deposit else "",
        "days": [
            (day, [(each.isoformat(), time_of_day(each), exact(each)) for each in starts])
            for day, starts in days[:DAYS_AT_ONCE]
        ],
        "later": days[DAYS_AT_ONCE][0].isoformat() if len(days) > DAYS_AT_ONCE else "",
        "earlier": first is not None,
        "booked": _moment(standing.starts_at, found.zone, visit) if standing and standing.status == "booked" else None,
        "held": _moment(standing.starts_at, found.zone, visit) if standing and standing.status == "held" else None,
    }


def _moment(at: datetime, zone: ZoneInfo, visit: Visit) -> Moment:
    return moment(at, visit.now, zone)


def _day(written: str) -> date | None:
    try:
        return reach.day(written)
    except ValueError:
        return None
