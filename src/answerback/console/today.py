"""Today: what needs somebody now, each with the one act that settles it; the money line; the appointments."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import DateTimeField, Value
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from answerback.console import inbox as conversations
from answerback.console import lists, numbers, words
from answerback.console.guard import Visit, seated
from answerback.console.moments import Moment, date, due, moment, time_of_day
from answerback.ports import registry
from answerback.store import models
from answerback.store.queries import inbox, leads, news

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
    tel: str
    address: str
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


@require_safe
@seated
def counted(visit: Visit) -> HttpResponse:
    """The numbers beside the sections, for a page that shows no other news; 204 while they are still right."""
    return visit.news("console/counted.html", _version)


def _version(visit: Visit) -> dict[str, Any]:
    return {"version": news.version(visit.seat.business, visit.seat.member, visit.now)}


def _context(visit: Visit) -> dict[str, Any]:
    business = visit.seat.business
    version = news.version(business, visit.seat.member, visit.now)
    todos = inbox.todos(business)
    pages = inbox.pages(business)
    woken_for = {page.conversation for page in pages}
    others = lists.beside(todos, pages)
    awake = [
        todo
        for todo in others
        if todo.snoozed_until is None or todo.snoozed_until <= visit.now or todo.conversation in woken_for
    ]
    pressing = woken_for | {todo.conversation for todo in awake if todo.urgent}
    due = [todo for todo in awake if todo.urgent or todo.due_at <= visit.now or _waits(todo, pressing)]
    unread, waiting = inbox.unread(business, visit.now, rows=MOST_UNREAD)
    spans = [numbers.span(key, visit) for key in ("yesterday", "week")]
    money = numbers.of(spans, visit)
    stops = _stops(visit)
    return {
        **lists.woken_first(pages, visit),
        "due": lists.shown(due[:MOST_TODOS], visit),
        "all_todos": len(todos) + len(pages),
        "later": len(others) - len(due[:MOST_TODOS]),
        "unread": conversations.lines(unread, visit),
        "more_unread": waiting - len(unread),
        **_late(visit),
        "warnings": _warnings(visit),
        "money": money,
        "money_rows": numbers.beside(money),
        "stops": stops,
        "stops_first": visit.seat.role == "technician"
        and any(not stop.over for stop in stops)
        and not (pages or any(todo.urgent for todo in due)),
        "version": version,
        "day": date(visit.now.astimezone(visit.seat.zone)),
    }


def _waits(todo: inbox.Todo, pressing: set[int]) -> bool:
    """Does it need whoever looks already, though it is due when the business opens? A text that did not arrive, or a
    customer's that a person has to answer: once the more pressing of the same conversation is settled."""
    if todo.conversation in pressing:
        return False
    return todo.kind == "failed_text" or bool(todo.said and todo.kind not in words.CALLED)


def _late(visit: Visit) -> dict[str, Any]:
    """How many leads are past their next step, beside to-dos, and since when the oldest; counted to `MOST_LATE`."""
    count, since = leads.late(visit.seat.business, visit.now)
    is_more = count > leads.MOST_LATE
    oldest = due(since, visit.now, visit.seat.zone) if since and not is_more else None
    return {"late": count, "late_words": f"{leads.MOST_LATE}+" if is_more else str(count), "late_since": oldest}


def _warnings(visit: Visit) -> list[Trouble]:
    """What is wrong with a line, and what of the CRM and the calendars is not installed any more; in one question."""
    of_ours = {"business": visit.seat.business}
    lines = models.LineFinding.objects.filter(**of_ours).exclude(level="green").order_by()
    crms, calendars = models.OutsideCrm.objects.filter(**of_ours), models.OutsideCalendar.objects.filter(**of_ours)
    never = Value(None, DateTimeField())
    rows = lines.values_list(Value("health"), "line__number", "says", "fix", "level", "since").union(
        crms.values_list(Value("crm"), "provider", Value(""), Value(""), Value("amber"), never),
        calendars.values_list(Value("calendars"), "provider", Value(""), Value(""), Value("amber"), never),
    )
    found = sorted(rows, key=lambda row: (row[4] != "red", row[5] is None, row[5] or visit.now, row[1]))
    shown = [row for row in found if row[0] == "health"][:5]
    gone = [row for row in found if _is_gone(row[0], row[1])] if visit.may("settings") else []
    return [_trouble(visit, *row) for row in shown + gone]


def _is_gone(page: str, provider: str) -> bool:
    find = {"crm": registry.crm_if_installed, "calendars": registry.calendar_if_installed}.get(page)
    return find is not None and find(provider) is None


def _trouble(visit: Visit, page: str, name: str, says: str, fix: str, level: str, since: datetime | None) -> Trouble:  # noqa: PLR0917  the columns
    return Trouble(
        line=words.number(name) if page == "health" else name,
        says=says or registry.gone(name),
        fix=fix,
        level=level,
        since=moment(since, visit.now, visit.seat.zone) if since else None,
        target=f"console:{page}",
    )


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
            who=words.who(row.contact.name, row.contact.number),
            with_whom=row.member.name,
            tel=words.tel(row.contact.number),
            address=row.address,
            over=row.during.upper <= visit.now,
        )
        for row in rows.order_by("during")[:12]
    ]
