"""Booking from the conversation: openings offered beside it, one held while the customer thinks, then confirmed."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console import conversation, said, words
from answerback.console.guard import Visit, seated_for
from answerback.console.moments import Moment, exact, moment, time_of_day, weekday_and_time
from answerback.console.refused import Refused
from answerback.engine.currency import amount
from answerback.store import ids, models
from answerback.store.queries import access
from answerback.workflow import desk_bookings, reach
from answerback.workflow.calendar_desk import NotPossible
from answerback.workflow.desk_bookings import Offered, Wanted

DAYS_AT_ONCE = 4
MOST_SHOWN = 500
GONE = "x"
LATEST = 100_000_000
"""Minutes since 1970: the year 2160, which no calendar reaches."""


@require_safe
@seated_for("book")
def show(visit: Visit, id: int) -> HttpResponse:
    """What can be booked; `service` and `from` choose, `soonest` is the few times beside the box. On a page that has it
    already (`shown`) what is no longer free is struck where it stands; 204 while all of it still is.
    """
    row = access.conversation_for(visit.user, id)
    if visit.request.GET.get("soonest"):
        return render(visit.request, "console/talk_soonest.html", _soonest(visit, row))
    if not (had := visit.request.GET.get("shown")):
        return _panel(visit, row)
    context = _booking(visit, row, None)
    if context.get("shown") == had:
        return HttpResponse(status=204)
    answer = render(visit.request, "console/talk_book.html", context)
    if not context.get("days"):  # somebody else booked or held a time for them meanwhile, or the conversation is over
        answer["HX-Retarget"] = answer["HX-Reselect"] = "#book"
    return answer


@require_POST
@seated_for("book")
def hold(visit: Visit, id: int) -> HttpResponse:
    """Keep this time while the customer thinks."""
    row = access.conversation_for(visit.user, id)
    refused = None
    try:
        undo = desk_bookings.hold(row.id, _wanted(visit))
        said.done(visit.request, _("The time is held."), undo)
    except NotPossible as problem:
        refused = Refused.of(problem, visit.request.POST)
    return _after(visit, row, refused)


@require_POST
@seated_for("book")
def let_go(visit: Visit, id: int) -> HttpResponse:
    """Give the held time free."""
    row = access.conversation_for(visit.user, id)
    refused = None
    try:
        if (undo := desk_bookings.let_go(row.id)) is not None:
            said.done(visit.request, _("The time is free again."), undo)
        else:
            visit.trace.is_idle = True
    except NotPossible as problem:
        refused = Refused.of(problem, visit.request.POST)
    return _after(visit, row, refused)


@require_POST
@seated_for("book")
def book(visit: Visit, id: int) -> HttpResponse:
    """Book the time. What was refused stays typed, beside other times where that one is gone."""
    row = access.conversation_for(visit.user, id)
    try:
        wanted = _wanted(visit)
        found = desk_bookings.offered(row.id, wanted.service)
        if found.needs_address and not (wanted.address or found.address):
            raise NotPossible(_("Write the address: somebody has to find the way there."), "address")
        if _stands(found, wanted):  # pressed twice
            visit.trace.is_idle = True
            return said.on(visit.request, said.talk(visit.request, id))
        undo = desk_bookings.book(row.id, wanted)
    except NotPossible as problem:
        return _after(visit, row, Refused.of(problem, visit.request.POST))
    when = exact(wanted.start.astimezone(found.zone))
    said.done(visit.request, _("Booked for %(when)s.") % {"when": when}, undo)
    return said.on(visit.request, said.talk(visit.request, id))


def _stands(found: Offered, wanted: Wanted) -> bool:
    """Is this very time booked for them already?"""
    standing = found.standing
    return standing is not None and (standing.status, standing.starts_at) == ("booked", wanted.start)


def _after(visit: Visit, row: models.Conversation, refused: Refused | None) -> HttpResponse:
    """The panel again where the page's script asked for it, else the conversation with it."""
    visit.trace.is_idle = visit.trace.is_idle or refused is not None
    if visit.request.headers.get("HX-Request"):
        return _panel(visit, row, refused)
    panel = render_to_string("console/talk_book.html", _booking(visit, row, refused) | {"in_page": True}, visit.request)
    return conversation.page(visit, row, status=409 if refused else 200, more={"booking": panel})


def _wanted(visit: Visit) -> Wanted:
    asked = visit.request.POST
    try:
        start = reach.moment(asked.get("start", ""))
    except ValueError:
        start = None
    if start is None or start.tzinfo is None:
        raise NotPossible(_("Choose a time first."), "start")
    return Wanted(
        start=start,
        service=asked.get("service", ""),
        name=asked.get("name", "").strip()[:120],
        address=asked.get("address", "").strip()[:200],
    )


def _panel(visit: Visit, row: models.Conversation, refused: Refused | None = None) -> HttpResponse:
    return render(
        visit.request, "console/talk_book.html", _booking(visit, row, refused), status=409 if refused else 200
    )


def _soonest(visit: Visit, row: models.Conversation) -> dict[str, Any]:
    """The next times: of the first day two, so that one of another day stands beside them; none where it is over."""
    context: dict[str, Any] = {"conversation": row}
    try:
        found = desk_bookings.offered(row.id)
    except NotPossible:
        return context
    days = [starts for _day, starts in _by_day(found.starts, found.zone)]
    starts = [*(days[0][:2] if days else ()), *(each[0] for each in days[1:2])]
    shown = [(each.isoformat(), weekday_and_time(each, visit.now), exact(each)) for each in starts]
    return context | {"openings": found, "soonest": shown}


def _booking(visit: Visit, row: models.Conversation, refused: Refused | None) -> dict[str, Any]:
    """What the panel shows; of who books, `kept` is what was typed."""
    there, request = visit.at(row.business_id), visit.request
    asked = request.GET if request.method == "GET" else request.POST
    kept = {each: request.POST.get(each, "").strip() for each in ("name", "address")}
    context: dict[str, Any] = {"conversation": row, "refused": refused, "kept": kept}
    try:
        found = desk_bookings.offered(row.id, asked.get("service", ""))
    except NotPossible as problem:
        return context | {"refused": refused or Refused.of(problem, request.POST), "closed": True}
    return context | _shown(found, asked, there)


def _shown(found: Offered, asked: QueryDict, visit: Visit) -> dict[str, Any]:
    days, later = _days(found, asked)
    free, standing = set(found.starts), found.standing
    shown = [(start, start not in free) for _of, starts in days for start in starts]
    return {
        "openings": found,
        "services": [(id, words.named(names, id)) for id, names in found.services],
        "deposit": amount(found.deposit, visit.seat.currency) if found.deposit else "",
        "days": [
            (day, [(each.isoformat(), time_of_day(each), exact(each), each not in free) for each in starts])
            for day, starts in days
        ],
        "shown": ".".join(f"{start.timestamp() // 60:.0f}{GONE if is_gone else ''}" for start, is_gone in shown),
        "any_gone": any(is_gone for _start, is_gone in shown),
        "later": later.isoformat() if later else "",
        "earlier": _day(asked.get("from", "")) is not None,
        "booked": _moment(standing.starts_at, found.zone, visit) if standing and standing.status == "booked" else None,
        "held": _moment(standing.starts_at, found.zone, visit) if standing and standing.status == "held" else None,
        "held_in_short": weekday_and_time(standing.starts_at.astimezone(found.zone), visit.now) if standing else "",
    }


def _days(found: Offered, asked: QueryDict) -> tuple[list[tuple[date, list[datetime]]], date | None]:
    """The days that are shown with their times, and the one after them. What a page has already (`shown`) stays."""
    had = [] if found.standing else _had(asked.get("shown", ""))
    first = _day(asked.get("from", ""))
    every = _by_day(found.starts, found.zone)
    if had:
        days = _by_day(had, found.zone)
        after = [day for day, _starts in every if day > days[-1][0]]
    else:
        wanted = [each for each in every if first is None or each[0] >= first]
        days, after = wanted[:DAYS_AT_ONCE], [day for day, _starts in wanted[DAYS_AT_ONCE:]]
    return days, after[0] if after else None


def _by_day(starts: Iterable[datetime], zone: ZoneInfo) -> list[tuple[date, list[datetime]]]:
    return [(day, list(on)) for day, on in groupby((each.astimezone(zone) for each in starts), key=datetime.date)]


def _had(written: str) -> list[datetime]:
    """The times a page has, as it was told them: minutes since 1970, with `GONE` behind what was free no longer."""
    minutes = [ids.read(each.removesuffix(GONE)) for each in written.split(".")[:MOST_SHOWN]]
    return sorted(datetime.fromtimestamp(each * 60, UTC) for each in minutes if each is not None and each < LATEST)


def _moment(at: datetime, zone: ZoneInfo, visit: Visit) -> Moment:
    return moment(at, visit.now, zone)


def _day(written: str) -> date | None:
    try:
        return reach.day(written)
    except ValueError:
        return None
