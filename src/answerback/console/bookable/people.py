"""When each person can be booked: their hours, where, and time off, with the openings that gives.

Owners and managers set it; everybody sees it, and may write their own time off down.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from answerback.console import moments, said
from answerback.console.accounts.names import ROLE_NAMES
from answerback.console.bookable import why
from answerback.console.guard import Visit, seated
from answerback.console.refused import Refused
from answerback.console.settings import hours as week
from answerback.console.settings.hours import DAYS
from answerback.console.shown import Form
from answerback.store import ids, models
from answerback.store.queries import access
from answerback.store.queries.access import NotYours
from answerback.workflow import bookable, reach, saved
from answerback.workflow.bookable import Days, NotPossible, Spans
from answerback.workflow.handling import Undo
from answerback.workflow.refusals import Refusal

LOOK_AHEAD = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Off:
    """Time off as the page shows it."""

    id: int
    member: int
    words: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member as the list shows them; `hours` are lines such as `Mon to Fri 8:00 AM to 5:00 PM`."""

    id: int
    name: str
    role: str
    bookable: bool
    hours: tuple[str, ...]
    place: str
    off: tuple[Off, ...]


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """Everybody who works here, and whether and when customers can book them."""
    rows = models.Member.objects.filter(business=visit.seat.business, left_at=None).exclude(role="agency")
    can, off = bookable.members(visit.seat.business), _off(visit)
    people = [
        Person(
            id=row.id,
            name=row.name,
            role=str(ROLE_NAMES[row.role]),
            bookable=row.id in can,
            hours=tuple(summary(row.hours)) if row.hours is not None else (),
            place=row.location.name if row.location else "",
            off=tuple(each for each in off if each.member == row.id),
        )
        for row in rows.select_related("location").order_by("name", "id")
    ]
    people.sort(key=lambda each: not each.bookable)
    context = {"people": people, "tab": "people", "section": "types", "may_change": visit.may("settings")}
    return visit.page("console/bookable/people.html", context | why.asked(visit))


@require_safe
@seated
def show_person(visit: Visit, id: int) -> HttpResponse:
    """One person: hours, time off, the openings they have, and why not others."""
    return _person(visit, _member(visit, id))


@require_POST
@seated
def save(visit: Visit, id: int) -> HttpResponse:
    """Keep when this person can be booked, or only look what that would give."""
    member = _member(visit, id)
    given: QueryDict = visit.request.POST
    if not visit.at(member.business_id).may("settings"):
        raise NotYours
    try:
        form = _form(member)
        given = form.told(given)
        days = _days(given, form, follows=member.hours is None)
        if "look" in given:
            visit.trace.is_idle = True
            return _person(visit, member, given=given, days=days)
        undo = saved.saving(member, lambda _: bookable.set_days(member, days))
    except Refusal as problem:
        return _person(visit, member, Refused.of(problem, given, "days"))
    said.done(visit.request, _("Saved. The openings below are what customers are offered now."), undo)
    return redirect("console:bookable_person", id=member.id)


@require_POST
@seated
def take_off(visit: Visit, id: int) -> HttpResponse:
    """Write time off down: whole days, or hours of one."""
    member, given = _member(visit, id), visit.request.POST
    if not _may_write_off(visit, member.id, member.business_id):
        raise NotYours
    try:
        start, end = _stretch(visit, given)
        standing = bookable.take_off(member, start, end, " ".join(given.get("why", "").split())[:60])
    except NotPossible as problem:
        return _person(visit, member, Refused.of(problem, given, "off"))
    undo = Undo(act="no_off", business=member.business_id, id=member.id, words=bookable.off_key(start, end))
    said.done(visit.request, _("Written down. Nobody is offered that time."), undo)
    if standing:
        warning = ngettext(
            "%(count)s appointment stands in that time. Move it: the customer counts on it.",
            "%(count)s appointments stand in that time. Move them: customers count on them.",
            standing,
        )
        messages.warning(visit.request, warning % {"count": standing})
    return redirect("console:bookable_person", id=member.id)


@require_POST
@seated
def come_back(visit: Visit, id: int) -> HttpResponse:
    """Take time off back."""
    row = access.time_off_for(visit.user, id)
    if not _may_write_off(visit, row.member_id, row.business_id):
        raise NotYours
    bookable.come_back(row)
    stretch = f"{row.during.lower.isoformat()}\n{row.during.upper.isoformat()}\n{row.summary}"
    undo = Undo(act="off", business=row.business_id, id=row.member_id, words=stretch)
    said.done(visit.request, _("Taken back. That time can be booked again."), undo)
    return redirect("console:bookable_person", id=row.member_id)


def summary(hours: Spans) -> list[str]:
    """A week in few lines: days with the same hours stand together."""
    by_day = [
        tuple(moments.from_to(_clock(start), _clock(end)) for day, start, end in hours if day == weekday)
        for weekday in range(7)
    ]
    lines, weekday = [], 0
    for spans, days in groupby(by_day):
        count = len(list(days))
        if spans:
            first, last = str(DAYS[weekday])[:3], str(DAYS[weekday + count - 1])[:3]
            lines.append(f"{first if count == 1 else f'{first} - {last}'}: {', '.join(spans)}")
        weekday += count
    return lines


def _person(
    visit: Visit,
    member: models.Member,
    refused: Refused | None = None,
    *,
    given: QueryDict | None = None,
    days: Days | None = None,
) -> HttpResponse:
    """Their page; `given` is what was typed of their days and only looked at, with what these would be."""
    there = visit.at(member.business_id)
    business = models.Business.objects.get(id=member.business_id)
    can = member.id in bookable.members(business.id)
    told = refused.given if refused and refused.about("days") else given
    own = member.hours if member.hours is not None else business.hours
    asked = why.asked(there, member)
    starts = bookable.preview(member, asked["service"], days, LOOK_AHEAD) if there.seat.playbook is not None else ()
    context: dict[str, Any] = {
        "person": member,
        "role": ROLE_NAMES[member.role],
        "form": _form(member),
        "can": can,
        "bookable": can if told is None else "bookable" in told,
        "inherits": member.hours is None if told is None else "inherit" in told,
        "week": week.rows(own, told.dict() if told else None),
        "business_hours": summary(business.hours),
        "locations": list(business.locations.order_by("name")),
        "place": member.location_id if told is None else ids.read(str(told.get("location", ""))),
        "off": [each for each in _off(there) if each.member == member.id],
        "off_told": refused.given if refused and refused.about("off") else {},
        "looked": days is not None,
        **why.openings(there, starts, reverse("console:bookable_person", args=[member.id])),
        "today": visit.now.astimezone(there.seat.zone).date(),
        "may_change": there.may("settings"),
        "may_write_off": _may_write_off(visit, member.id, member.business_id),
        "tab": "people",
        "section": "types",
    }
    return there.page("console/bookable/person.html", context | asked, refused=refused)


def _form(member: models.Member) -> Form:
    """When they can be booked as the form shows it; the shifts of a day are decided together."""
    business = member.business
    values, names = week.in_fields(member.hours if member.hours is not None else business.hours)
    places = {str(each.id): each.name for each in business.locations.all()}
    values |= {
        "bookable": ["yes"] if member.id in bookable.members(business.id) else [],
        "inherit": ["yes"] if member.hours is None else [],
        "location": str(member.location_id or ""),
    }
    names |= {"bookable": _("Who can be booked"), "inherit": _("Hours of their own"), "location": _("Where")}
    return Form(values, names, {"location": places})


def _member(visit: Visit, id: int) -> models.Member:
    row = access.member_for(visit.user, id)
    if row.left_at is not None:
        raise NotYours
    return row


def _may_write_off(visit: Visit, member: int, business: int) -> bool:
    there = visit.at(business)
    return there.may("settings") or there.seat.member == member


def _days(given: QueryDict, form: Form, *, follows: bool) -> Days:
    hours = week.own_or_none(given, form, follows=follows)
    location = ids.read(str(given.get("location", "")))
    return Days(bookable="bookable" in given, hours=hours, location=location)


def _stretch(visit: Visit, given: QueryDict) -> tuple[datetime, datetime]:
    """From the first moment to the last; a day without a clock is taken whole. Raises `NotPossible`."""
    try:
        first = reach.day(given.get("first", ""))
        last = reach.day(given.get("last", "") or given.get("first", ""))
        begin = time.fromisoformat(given.get("begin") or "00:00")
        end = time.fromisoformat(given.get("end") or "00:00")
        after = last if given.get("end") else last + timedelta(days=1)
    except (ValueError, OverflowError):
        raise NotPossible(_("Write the first and the last day."), "first") from None
    zone = visit.seat.zone
    return datetime.combine(first, begin, zone), datetime.combine(after, end, zone)


def _off(visit: Visit) -> list[Off]:
    rows = bookable.off_from(visit.seat.business, visit.now)
    return [Off(id=row.id, member=row.member_id, words=_when(row, visit), why=row.summary) for row in rows]


def _when(row: models.Busy, visit: Visit) -> str:
    start, end = (moment.astimezone(visit.seat.zone) for moment in (row.during.lower, row.during.upper))
    if start.time() == time() and end.time() == time():
        last = end - timedelta(days=1)
        return _day(start) if start.date() == last.date() else f"{_day(start)} - {_day(last)}"
    until = _clock(f"{end:%H:%M}") if start.date() == end.date() else f"{_day(end)}, {_clock(f'{end:%H:%M}')}"
    return f"{_day(start)}, {_clock(f'{start:%H:%M}')} - {until}"


def _day(at: datetime) -> str:
    return moments.short_date(at)


def _clock(written: str) -> str:
    at = time.fromisoformat(written)
    return f"{at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"
