"""What can be done with the appointments in the calendar: moved, given up, and what became of each.

A technician sees their own days first. How the page is drawn: `diary_page`.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from answerback.console import diary_asked, diary_page, moments, said, taken, written
from answerback.console.diary_page import Entry
from answerback.console.guard import Visit, seated, seated_for
from answerback.console.refused import Refused
from answerback.console.written import Unreadable
from answerback.store import ids, models
from answerback.store.queries import access
from answerback.workflow import calendar_desk
from answerback.workflow.actors import NotAllowed
from answerback.workflow.calendar_desk import Before, NotPossible, Taken
from answerback.workflow.handling import Undo
from answerback.workflow.refusals import Refusal


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """A day (`?day=2026-03-12`) or the week from it (`&span=week`), of one `person` where one is chosen."""
    return diary_page.page(visit, diary_asked.of_address(visit))


@require_POST
@seated_for("book")
def move(visit: Visit, id: int) -> HttpResponse:
    """Move an appointment; what was there before can be had back with one tap."""
    row = access.appointment_for(visit.user, id)
    posted = visit.request.POST
    member = models.Member.objects.filter(business=row.business_id, id=ids.read(posted.get("member")) or 0).first()
    start = taken.moment(posted.get("start", ""), visit.seat.zone)
    if start is None or member is None:
        says = gettext("Write a day and a time, and say who goes.")
        return _refused(visit, row, "move", NotPossible(says, "start" if start is None else "member"))
    if (stands := diary_page.entry(row, visit)).seen != posted.get("seen", stands.seen):
        return _refused(visit, row, "move", NotPossible(_moved_meanwhile(stands), "start"))
    try:
        before = calendar_desk.move(row.id, member.id, start)
    except Taken as problem:
        near = taken.near(row, member.id, start, visit.seat.zone)
        return _refused(visit, row, "move", _with_whom(problem, visit.seat.zone), near)
    except NotPossible as problem:
        return _refused(visit, row, "move", problem)
    messages.success(visit.request, gettext("Moved. The customer is told in a minute."))
    moved = diary_page.entry(access.appointment_for(visit.user, id), visit)
    undo = {"undo": id, "start": before.starts_at.isoformat(), "member": before.member, "seen": moved.seen}
    return diary_asked.back(visit, start, member.id, {} if posted.get("undoing") else undo)


@require_POST
@seated_for("book")
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
        return _refused(visit, row, "end", problem)
    return diary_asked.back(visit, row.during.lower, row.member_id)


def _refused(
    visit: Visit, row: models.Appointment, form: str, problem: Refusal, near: Sequence[datetime] = ()
) -> HttpResponse:
    """The form again where something in it is wrong, with what was typed; else the day, and what is wrong."""
    if not problem.field or row.status != "booked":  # what is over has no form
        messages.error(visit.request, str(problem))
        return diary_asked.back(visit, row.during.lower, row.member_id)
    there = visit.at(row.business_id)
    asked = diary_asked.around(there, row.during.lower.astimezone(there.seat.zone).date())
    return diary_page.page(there, asked, refused=Refused.of(problem, visit.request.POST, form, row.id), near=near)


def _with_whom(problem: Taken, zone: ZoneInfo) -> NotPossible:
    """Who has that time, with whom and until when, where that can be said."""
    return NotPossible(taken.another_time(problem.by, zone), "start") if problem.by else problem


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
