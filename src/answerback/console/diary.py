"""The calendar: the appointments of a day or a week, of everybody or of one person, and what can be done with each.

A table of half hours to see and to drag in, and the same in words beneath it, where everything works with a thumb, a
keyboard and without JavaScript. A technician sees their own days first.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from answerback.console import lists, moments, own_entries, said, words, written
from answerback.console.guard import Visit, seated
from answerback.console.own_entries import Shown
from answerback.console.time_grid import Column, Row, Stretch, grid
from answerback.console.written import Unreadable
from answerback.store import ids, models
from answerback.store.queries import access, diary
from answerback.store.queries.busy import TIME_OFF
from answerback.workflow import calendar_desk, reach, transaction
from answerback.workflow import own_entries as built_in
from answerback.workflow.actors import NotAllowed
from answerback.workflow.calendar_desk import Before, NotPossible
from answerback.workflow.handling import Undo

SHOWN = ("booked", "done", "no_show")
NAMES = {"booked": "", "done": gettext_lazy("Took place"), "no_show": gettext_lazy("Nobody was there")}
WEEK = 7

_SHOWN_OF = (
    "conversation",
    "during",
    "name",
    "address",
    "service",
    "status",
    "member__name",
    "contact__name",
    "contact__number",
)
"""What `_entry` reads of an appointment: a day has forty of them, each with two dozen other fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One appointment as the calendar shows it; `written` is its start as a form holds it, on the business's clock."""

    id: int
    conversation: int
    start: datetime
    end: datetime
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

    @property
    def seen(self) -> str:
        """Where it stood for whoever moves it from this page."""
        return f"{self.written} {self.member}"

    @property
    def movable(self) -> bool:
        """Can it still be moved?"""
        return not self.status and not self.begun


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Time a person has something else: time off, or something in a calendar. At a `free` one they can be booked."""

    start: datetime
    end: datetime
    member: int
    words: str
    free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShown:
    """One day of the calendar."""

    day: date
    name: str
    today: bool
    entries: tuple[Entry, ...]
    own: tuple[Shown, ...]


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """A day (`?day=2026-03-12`) or the week from it (`&span=week`), of one `person` where one is chosen."""
    asked = visit.request.GET
    first = _day(asked.get("day", "")) or visit.now.astimezone(visit.seat.zone).date()
    week = asked.get("span") == "week"
    people = list(models.Member.objects.filter(business=visit.seat.business, left_at=None).order_by("name", "id"))
    person = next((each for each in people if str(each.id) == _whose(visit)), None)
    own = own_entries.shown(visit, [person] if person else people, *_bounds(visit, first, WEEK if week else 1))
    days = _days(visit, first, WEEK if week else 1, person, own)
    shown = _shown(visit, first, days, people, person, week=week)
    away = _away(visit, first, WEEK if week else 1, person, own)
    columns = _columns(days, [person] if person else people, away, week=week)
    return visit.page("console/diary.html", shown | {"columns": columns, "rows": _rows(columns, days, away, week=week)})


@require_POST
@seated
def move(visit: Visit, id: int) -> HttpResponse:
    """Move an appointment; what was there before can be had back with one tap."""
    row = access.appointment_for(visit.user, id)
    posted = visit.request.POST
    member = models.Member.objects.filter(business=row.business_id, id=ids.read(posted.get("member")) or 0).first()
    start = _moment(posted.get("start", ""), visit)
    if start is None or member is None:
        messages.error(visit.request, gettext("Write a day and a time, and say who goes."))
        return _back(visit, row.during.lower)
    if (stands := _entry(row, visit)).seen != posted.get("seen", stands.seen):
        messages.error(visit.request, _moved_meanwhile(stands))
        return _back(visit, stands.start)
    try:
        before = calendar_desk.move(row.id, member.id, start)
    except NotPossible as problem:
        messages.error(visit.request, str(problem))
        return _back(visit, row.during.lower)
    messages.success(visit.request, gettext("Moved. The customer is told in a minute."))
    moved = _entry(access.appointment_for(visit.user, id), visit)
    undo = {"undo": id, "start": before.starts_at.isoformat(), "member": before.member, "seen": moved.seen}
    return _back(visit, start, {} if posted.get("undoing") else undo)


@require_POST
@seated
def end(visit: Visit, id: int) -> HttpResponse:
    """Give an appointment up, or say what became of it."""
    row = access.appointment_for(visit.user, id)
    outcome = visit.request.POST.get("outcome", "")
    try:
        cents = written.cents(visit.request.POST.get("amount", ""), visit.seat.currency)
        if outcome == "cancelled":
            calendar_desk.give_up(row.id)
            messages.success(visit.request, gettext("Given up. The customer is told, and the time is open again."))
        elif outcome in {"done", "no_show"}:
            job = visit.request.POST.get("job", "").strip()[:60]
            before = calendar_desk.end(row.id, kept=outcome == "done", cents=cents, by=visit.actor, job=job)
            said.done(visit.request, gettext("Written down."), _reopening(row.id, before))
        else:
            messages.error(visit.request, gettext("Say what became of it: choose one of the buttons."))
    except (NotAllowed, NotPossible, Unreadable) as problem:
        messages.error(visit.request, str(problem))
    return _back(visit, row.during.lower)


def _reopening(appointment: int, before: Before) -> Undo:
    entries = (before.entry,) if before.entry else ()
    return Undo(
        act="reopen",
        business=before.business,
        id=appointment,
        words=before.lead or "",
        cents=before.cents,
        ids=entries,
    )


def _moved_meanwhile(stands: Entry) -> str:
    said = gettext(
        "Somebody else has moved this appointment meanwhile: it is on %(day)s, %(time)s, with %(name)s. Nothing was "
        "changed. Look at it again."
    )
    at = {"day": moments.date(stands.start.date()), "time": moments.time_of_day(stands.start)}
    return said % {**at, "name": stands.member_name}


def _whose(visit: Visit) -> str:
    """Whose days are asked for; a technician who asked for nobody's means their own."""
    own = str(visit.seat.member) if visit.seat.role == "technician" else ""
    return str(visit.request.GET.get("person", own))


def _columns(days: list[DayShown], people: list[Any], away: list[Away], *, week: bool) -> list[Column]:
    """A column for each day of a week; of a single day one for each person who works or has something that day.

    Who has left may still stand in an appointment that nobody else has taken yet.
    """
    if week:
        return [Column(key=f"{day.day}", words=moments.weekday_and_day(day.day), day=day.day) for day in days]
    busy = {entry.member for entry in days[0].entries} | {each.member for each in away}
    bookable = transaction.run(lambda cursor: {row.id for row in diary.people(cursor, [people[0].business_id])})
    there = [(each.id, each.name) for each in people if each.id in busy or each.id in bookable or len(people) == 1]
    known = {each.id for each in people}
    left = {entry.member: entry.member_name for entry in days[0].entries if entry.member not in known}
    return [Column(key=str(id), words=name, day=days[0].day, member=id) for id, name in [*there, *left.items()]]


def _rows(columns: list[Column], days: list[DayShown], away: list[Away], *, week: bool) -> tuple[Row, ...]:
    entries: list[Entry | Away] = [*(entry for day in days for entry in day.entries), *away]
    stretches = [
        Stretch(column=f"{each.start.date()}" if week else str(each.member), start=each.start, end=each.end, entry=each)
        for each in entries
    ]
    return grid(columns, stretches) if columns else ()


def _shown(
    visit: Visit, first: date, days: list[DayShown], people: list[Any], person: Any, *, week: bool
) -> dict[str, Any]:
    step, asked = timedelta(days=WEEK if week else 1), visit.request.GET

    def address(day: date, *, whole: bool = week) -> str:
        chosen = {"person": person.id} if person else {}
        return f"?{urlencode({'day': day.isoformat(), 'span': 'week' if whole else 'day', **chosen})}"

    undo = ids.read(asked.get("undo"))
    return {
        "diary": True,
        "own": person is not None and person.id == visit.seat.member,
        "days": days,
        "people": people,
        "person": person,
        "week": week,
        "first": first,
        "today": visit.now.astimezone(visit.seat.zone).date(),
        "earlier": address(first - step),
        "later": address(first + step),
        "at_today": address(visit.now.astimezone(visit.seat.zone).date()),
        "range": _range(first, first + step - timedelta(days=1)),
        "anything": any(day.entries or day.own for day in days),
        "new": asked if "new" in asked else None,
        "as_day": address(first, whole=False),
        "as_week": address(first, whole=True),
        "undo": {"id": undo, **{each: asked.get(each, "") for each in ("start", "member", "seen")}} if undo else None,
    }


def _range(first: date, last: date) -> str:
    """The days shown, in words: `Thursday, March 12`, or `Mar 12 - 18, 2026`."""
    if first == last:
        return moments.date(first)
    return moments.span_of_days(first, last)


def _bounds(visit: Visit, first: date, count: int) -> tuple[datetime, datetime]:
    """From the first midnight to the last, on the business's clock."""
    begin, until = (datetime.combine(first + timedelta(days=step), time(), visit.seat.zone) for step in (0, count))
    return begin, until


def _days(visit: Visit, first: date, count: int, person: Any, own: list[Shown]) -> list[DayShown]:
    zone = visit.seat.zone
    begin, until = _bounds(visit, first, count)
    rows = models.Appointment.objects.filter(
        business=visit.seat.business, status__in=SHOWN, during__startswith__gte=begin, during__startswith__lt=until
    ).filter(blocked__overlap=(begin, until))  # the time around it, which has the index
    rows = rows.select_related("member", "contact").only(*_SHOWN_OF)
    if person is not None:
        rows = rows.filter(member=person)
    entries = sorted((_entry(row, visit) for row in rows), key=lambda each: (each.start, each.member_name))
    today = visit.now.astimezone(zone).date()
    days = [first + timedelta(days=step) for step in range(count)]
    return [
        DayShown(
            day=day,
            name=moments.date(day),
            today=day == today,
            entries=tuple(each for each in entries if each.start.date() == day),
            own=tuple(each for each in own if max(each.start, begin).date() == day),
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
        end=end,
        written=f"{start:%Y-%m-%dT%H:%M}",
        clock=moments.span_of_day(start, end),
        who=row.name or row.contact.name or words.number(number),
        tel=number if number.startswith("+") else "",
        address=row.address,
        service=lists.service_name(row.service, visit),
        member=row.member_id,
        member_name=row.member.name,
        status=str(NAMES[row.status]),
        begun=row.status == "booked" and start <= visit.now,
    )


def _away(visit: Visit, first: date, count: int, person: Any, own: list[Shown]) -> list[Away]:
    """What else people have, cut to the days shown; of calendars elsewhere we know no words."""
    zone = visit.seat.zone
    begin, until = _bounds(visit, first, count)
    rows = models.Busy.objects.filter(
        business=visit.seat.business, member__isnull=False, during__overlap=(begin, until)
    ).exclude(source__in=built_in.sources(visit.seat.business))
    if person is not None:
        rows = rows.filter(member=person)
    found = [
        Away(start=start, end=end, member=each.member, words=each.title, free=each.free)
        for each in own
        for start, end in _by_day(max(each.start, begin.astimezone(zone)), min(each.end, until.astimezone(zone)))
    ]
    for row in rows:
        lower, upper = max(row.during.lower, begin).astimezone(zone), min(row.during.upper, until).astimezone(zone)
        for start, end in _by_day(lower, upper):
            off = row.source == TIME_OFF
            found.append(
                Away(start=start, end=end, member=row.member_id, words=gettext("Time off") if off else gettext("Busy"))
            )
    return found


def _by_day(start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """A stretch cut at midnight."""
    parts = []
    while start < end:
        midnight = datetime.combine(start.date() + timedelta(days=1), time(), start.tzinfo)
        parts.append((start, min(end, midnight)))
        start = midnight
    return parts


def _back(visit: Visit, at: datetime, more: dict[str, Any] | None = None) -> HttpResponse:
    asked = {"day": at.astimezone(visit.seat.zone).date().isoformat(), **(more or {})}
    return redirect(f"{reverse('console:diary')}?{urlencode(asked)}")


def _day(said: str) -> date | None:
    try:
        return reach.day(said)
    except ValueError:
        return None


def _moment(said: str, visit: Visit) -> datetime | None:
    """A moment as a form holds it: on the business's clock where it names no zone."""
    try:
        found = reach.moment(said)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=visit.seat.zone)
