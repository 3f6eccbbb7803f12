"""The calendar: the appointments of a day or a week, of everybody or of one person, and what can be done with each."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from answerback.console import words
from answerback.console.guard import Visit, seated
from answerback.store import models
from answerback.store.queries import access
from answerback.workflow import calendar_desk
from answerback.workflow.calendar_desk import NotPossible

SHOWN = ("booked", "done", "no_show")
NAMES = {"booked": "", "done": "Took place", "no_show": "Nobody was there"}
WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One appointment as the calendar shows it; `written` is its start as a form holds it, on the business's clock."""

    id: int
    conversation: int
    start: datetime
    written: str
    clock: str
    who: str
    tel: str
    address: str
    service: str
    member: int
    member_name: str
    status: str
    begun: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShown:
    """One day of the calendar."""

    day: date
    name: str
    today: bool
    entries: tuple[Entry, ...]


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """A day (`?day=2026-03-12`) or the week from it (`&span=week`), of one `person` where one is chosen."""
    asked = visit.request.GET
    first = _day(asked.get("day", "")) or visit.now.astimezone(visit.seat.zone).date()
    week = asked.get("span") == "week"
    people = list(models.Member.objects.filter(business=visit.seat.business).order_by("name", "id"))
    person = next((each for each in people if str(each.id) == asked.get("person")), None)
    days = _days(visit, first, WEEK if week else 1, person)
    return visit.page("console/diary.html", _shown(visit, first, days, people, person, week=week))


@require_POST
@seated
def move(visit: Visit, id: int) -> HttpResponse:
    """Move an appointment; what was there before can be had back with one tap."""
    row = access.appointment_for(visit.user, id)
    posted = visit.request.POST
    member = models.Member.objects.filter(business=row.business_id, id=_number(posted.get("member", ""))).first()
    start = _moment(posted.get("start", ""), visit)
    if start is None or member is None:
        messages.error(visit.request, "Write a day and a time, and say who goes.")
        return _back(visit, row.during.lower)
    try:
        before = calendar_desk.move(row.id, member.id, start)
    except NotPossible as problem:
        messages.error(visit.request, str(problem))
        return _back(visit, row.during.lower)
    messages.success(visit.request, "Moved. The customer is told in a minute.")
    undo = {"undo": row.id, "start": before.starts_at.isoformat(), "member": before.member}
    return _back(visit, start, {} if posted.get("undoing") else undo)


@require_POST
@seated
def end(visit: Visit, id: int) -> HttpResponse:
    """Give an appointment up, or say what became of it."""
    row = access.appointment_for(visit.user, id)
    outcome, cents = visit.request.POST.get("outcome", ""), _cents(visit.request.POST.get("amount", ""))
    try:
        if outcome == "cancelled":
            calendar_desk.give_up(row.id)
            messages.success(visit.request, "Given up. The customer is told, and the time is open again.")
        elif outcome in {"done", "no_show"}:
            calendar_desk.end(row.id, kept=outcome == "done", cents=cents)
            messages.success(visit.request, "Written down.")
        else:
            messages.error(visit.request, "Say what became of it: choose one of the buttons.")
    except NotPossible as problem:
        messages.error(visit.request, str(problem))
    return _back(visit, row.during.lower)


def _shown(
    visit: Visit, first: date, days: list[DayShown], people: list[Any], person: Any, *, week: bool
) -> dict[str, Any]:
    step, asked = timedelta(days=WEEK if week else 1), visit.request.GET

    def address(day: date, *, whole: bool = week) -> str:
        chosen = {"person": person.id} if person else {}
        return f"?{urlencode({'day': day.isoformat(), 'span': 'week' if whole else 'day', **chosen})}"

    undo = asked.get("undo", "")
    return {
        "diary": True,
        "days": days,
        "people": people,
        "person": person,
        "week": week,
        "first": first,
        "earlier": address(first - step),
        "later": address(first + step),
        "as_day": address(first, whole=False),
        "as_week": address(first, whole=True),
        "undo": {"id": int(undo), "start": asked.get("start"), "member": asked.get("member")}
        if undo.isdecimal()
        else None,
    }


def _days(visit: Visit, first: date, count: int, person: Any) -> list[DayShown]:
    zone = visit.seat.zone
    begin, until = (datetime.combine(first + timedelta(days=step), time(), zone) for step in (0, count))
    rows = models.Appointment.objects.filter(
        business=visit.seat.business, status__in=SHOWN, during__startswith__gte=begin, during__startswith__lt=until
    ).select_related("member", "contact")
    if person is not None:
        rows = rows.filter(member=person)
    entries = sorted((_entry(row, visit) for row in rows), key=lambda each: (each.start, each.member_name))
    today = visit.now.astimezone(zone).date()
    days = [first + timedelta(days=step) for step in range(count)]
    return [
        DayShown(
            day=day,
            name=f"{day:%A, %B} {day.day}",
            today=day == today,
            entries=tuple(each for each in entries if each.start.date() == day),
        )
        for day in days
    ]


def _entry(row: models.Appointment, visit: Visit) -> Entry:
    start, end = (moment.astimezone(visit.seat.zone) for moment in (row.during.lower, row.during.upper))
    number = row.contact.number
    return Entry(
        id=row.id,
        conversation=row.conversation_id,
        start=start,
        written=f"{start:%Y-%m-%dT%H:%M}",
        clock=f"{start.hour % 12 or 12}:{start:%M} {start:%p} to {end.hour % 12 or 12}:{end:%M} {end:%p}",
        who=row.name or row.contact.name or words.number(number),
        tel=number if number.startswith("+") else "",
        address=row.address,
        service=words.tidy(row.service),
        member=row.member_id,
        member_name=row.member.name,
        status=NAMES[row.status],
        begun=row.status == "booked" and start <= visit.now,
    )


def _back(visit: Visit, at: datetime, more: dict[str, Any] | None = None) -> HttpResponse:
    asked = {"day": at.astimezone(visit.seat.zone).date().isoformat(), **(more or {})}
    return redirect(f"{reverse('console:diary')}?{urlencode(asked)}")


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _moment(written: str, visit: Visit) -> datetime | None:
    """A moment as a form holds it: on the business's clock where it names no zone."""
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=visit.seat.zone)


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else 0


def _cents(written: str) -> int | None:
    try:
        return round(float(written.replace("$", "").replace(",", "")) * 100) if written.strip() else None
    except (ValueError, OverflowError):
        return None
