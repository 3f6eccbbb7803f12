"""Today: what needs somebody now, each with the one act that settles it; the money line; the appointments."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from answerback.console import inbox as conversations
from answerback.console import lists, numbers, words
from answerback.console.guard import Visit, seated
from answerback.console.moments import Moment, date, moment, time_of_day
from answerback.ports import registry
from answerback.store import models
from answerback.store.queries import inbox, leads

MOST_TODOS = 20
MOST_UNREAD = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A line that is not well: what was found and what to do about it."""

    line: str
    says: str
    fix: str
    level: str
    since: Moment | None
    target: str = "console:health"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """An appointment of today."""

    conversation: int | None
    at: str
    who: str
    with_whom: str
    over: bool


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """The page the day begins with."""
    return visit.page("console/today.html", _context(visit))


@require_safe
@seated
def live(visit: Visit) -> HttpResponse:
    """What needs somebody, again; 204 while the version the page has (`v`) is still right."""
    return visit.news("console/today_lists.html", _context)


def _context(visit: Visit) -> dict[str, Any]:
    business = visit.seat.business
    version = inbox.version(business, visit.now)
    todos = inbox.todos(business)
    asked_for = {todo.conversation for todo in todos}
    due = [todo for todo in todos if todo.urgent or todo.due_at <= visit.now]
    needing = inbox.conversations(business, visit.seat.member, "needs", visit.now)
    unread = [row for row in needing if row.id not in asked_for and not row.pages]
    spans = [numbers.span(key, visit) for key in ("yesterday", "week")]
    return {
        "woken": lists.woken(inbox.pages(business), visit),
        "due": lists.shown(due[:MOST_TODOS], visit),
        "later": len(todos) - len(due[:MOST_TODOS]),
        "unread": conversations.lines(unread[:MOST_UNREAD], visit),
        "more_unread": max(len(unread) - MOST_UNREAD, 0),
        "late": leads.late(business, visit.now),
        "warnings": _warnings(visit),
        "money": [(days, numbers.of(days, visit)) for days in spans],
        "stops": _stops(visit),
        "version": version,
        "day": date(visit.now.astimezone(visit.seat.zone)),
    }


def _warnings(visit: Visit) -> list[Trouble]:
    rows = models.LineFinding.objects.filter(business=visit.seat.business).exclude(level="green")
    lines = [
        Trouble(
            line=words.number(row.line.number),
            says=row.says,
            fix=row.fix,
            level=row.level,
            since=moment(row.since, visit.now, visit.seat.zone),
        )
        for row in rows.select_related("line").order_by("-level", "since", "id")[:5]
    ]
    return [*lines, *_uninstalled(visit)]


def _uninstalled(visit: Visit) -> list[Trouble]:
    """The CRM and the calendars that nothing reaches until their adapter is installed again."""
    if not visit.may("settings"):
        return []
    crms = models.OutsideCrm.objects.filter(business=visit.seat.business).values_list("provider", flat=True)
    calendars = models.OutsideCalendar.objects.filter(business=visit.seat.business).values_list("provider", flat=True)
    found = [("crm", each) for each in crms if registry.crm_if_installed(each) is None]
    found += [("calendars", each) for each in calendars.distinct() if registry.calendar_if_installed(each) is None]
    return [
        Trouble(line=name, says=registry.gone(name), fix="", level="amber", since=None, target=f"console:{page}")
        for page, name in found
    ]


def _stops(visit: Visit) -> list[Stop]:
    today = visit.now.astimezone(visit.seat.zone).date()
    day = (
        datetime.combine(today, time(), visit.seat.zone),
        datetime.combine(today + timedelta(days=1), time(), visit.seat.zone),
    )
    rows = models.Appointment.objects.filter(
        business=visit.seat.business,
        status="booked",
        hold_until__isnull=True,
        during__overlap=day,
        blocked__overlap=day,
    ).select_related("member", "contact")
    return [
        Stop(
            conversation=row.conversation_id,
            at=time_of_day(row.during.lower.astimezone(visit.seat.zone)),
            who=row.contact.name or words.number(row.contact.number),
            with_whom=row.member.name,
            over=row.during.upper <= visit.now,
        )
        for row in rows.order_by("during")[:12]
    ]
