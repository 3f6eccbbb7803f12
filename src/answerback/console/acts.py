"""What people do with a conversation at the desk without speaking to the customer. Each act can be taken back."""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerback.console import pressed, said
from answerback.console.guard import Visit, seated
from answerback.console.moments import exact, moment
from answerback.console.written import Unreadable, local_moment
from answerback.store import ids, models
from answerback.store.models.tenancy import WORKS_HERE
from answerback.store.queries import access
from answerback.workflow import handling, looking, once, plans
from answerback.workflow.actors import NotAllowed

MORNING = time(8, 0)


@require_POST
@seated
def assign(visit: Visit, id: int) -> HttpResponse:
    """It is this person's."""
    row = access.conversation_for(visit.user, id)
    wanted = ids.read(visit.request.POST.get("member"))
    try:
        undo = handling.assign(row.id, visit.at(row.business_id).actor, wanted)
        done = _("Assigned.") if wanted else _("Nobody's any more.")
        said.done_or_so_already(visit, done, undo, _whose(wanted))
    except NotAllowed as problem:
        said.refused(visit.request, problem)
    return _back(visit, id)


@require_POST
@seated
def snooze(visit: Visit, id: int) -> HttpResponse:
    """Out of the way until later; it comes back at once when the customer calls or texts."""
    row = access.conversation_for(visit.user, id)
    there = visit.at(row.business_id)
    try:
        until = _until(there, visit.request.POST.get("until", ""), visit.request.POST.get("at", ""))
        undo = handling.snooze(row.id, there.actor, until)
        words = (
            _("Back %(when)s.") % {"when": moment(until, visit.now, there.seat.zone).words} if until else _("Awake.")
        )
        already = _("It is put aside until then already.") if until else _("It is not put aside.")
        said.done_or_so_already(visit, words, undo, already)
    except (NotAllowed, Unreadable) as problem:
        messages.error(visit.request, str(problem))
    return _back(visit, id)


@require_POST
@seated
def done(visit: Visit, id: int) -> HttpResponse:
    """Nothing is left to do here."""
    row = access.conversation_for(visit.user, id)
    try:
        undo = handling.done(row.id, visit.at(row.business_id).actor)
        said.done_or_so_already(visit, _("Done."), undo, _("It is done already."))
    except NotAllowed as problem:
        said.refused(visit.request, problem)
    return _back(visit, id)


@require_POST
@seated
def open_again(visit: Visit, id: int) -> HttpResponse:
    """It is not done after all."""
    row = access.conversation_for(visit.user, id)
    undo = handling.open_again(row.id, visit.at(row.business_id).actor)
    said.done_or_so_already(visit, _("Open again."), undo, _("It is open already."))
    return _back(visit, id)


@require_POST
@seated
def note(visit: Visit, id: int) -> HttpResponse:
    """Write something down for one's own people; what was refused stays in the box."""
    row = access.conversation_for(visit.user, id)
    body, writing = visit.request.POST.get("body", ""), visit.request.POST.get("writing", "")
    actor = visit.at(row.business_id).actor
    try:
        undo = pressed.once_a_page(visit, body, lambda: handling.write_note(row.id, actor, body, writing))
    except NotAllowed as problem:
        said.refused(visit.request, problem)
    except once.BeingDone:
        return _back(visit, id)  # the first press says so
    else:
        said.done(visit.request, _("Noted. Only your people see it."), undo)
    return _back(visit, id)


@require_POST
@seated
def remove_note(visit: Visit, id: int) -> HttpResponse:
    """Take a note out of the timeline."""
    row = access.note_for(visit.user, id)
    try:
        said.done(visit.request, _("Note removed."), handling.remove_note(row.id, visit.at(row.business_id).actor))
    except NotAllowed as problem:
        said.refused(visit.request, problem)
    return _back(visit, row.conversation_id)


@require_POST
@seated
def hold_back(visit: Visit, id: int) -> HttpResponse:
    """A text that waits is not sent."""
    row = access.message_for(visit.user, id)
    try:
        undo = handling.hold_back(row.id, visit.at(row.business_id).actor)
        said.done(visit.request, _("Held back. It is not sent."), undo)
    except NotAllowed as problem:
        said.refused(visit.request, problem)
    return _back(visit, row.conversation_id)


@require_POST
@seated
def hold_back_plan(visit: Visit, id: int) -> HttpResponse:
    """A nudge, a reminder or a video that is planned is not sent."""
    row = access.timer_for(visit.user, id)
    try:
        undo = plans.hold_back(row.id, visit.at(row.business_id).actor)
        said.done_or_so_already(visit, _("Held back. It is not sent."), undo, _("It is held back already."))
    except NotAllowed as problem:
        said.refused(visit.request, problem)
    return said.back(visit, said.talk(visit.request, row.conversation_id or 0))


@require_POST
@seated
def here(visit: Visit, id: int) -> HttpResponse:
    """I have this open, with this in the box (`body`, where it is sent along; `before`: what this tab told last;
    `writing`: which text or note it is going to be). Answers with who else has.
    """
    row = access.conversation_for(visit.user, id)
    told = [visit.request.POST.get(name) for name in ("body", "before")]
    draft, before = (None if each is None else each.replace("\r\n", "\n") for each in told)
    writing = visit.request.POST.get("writing", "")
    typed = None if draft is None else looking.Typed(draft=draft, before=before, writing=writing)
    others = looking.look(row.id, visit.at(row.business_id).seat.member, typed)
    return render(visit.request, "console/talk_here.html", {"conversation": row, "others": others})


def choices(visit: Visit) -> list[dict[str, Any]]:
    """For how long something can be put aside, in words and exact."""
    local = visit.now.astimezone(visit.seat.zone)
    tomorrow = datetime.combine(local.date() + timedelta(days=1), MORNING, visit.seat.zone)
    monday = datetime.combine(local.date() + timedelta(days=7 - local.weekday()), MORNING, visit.seat.zone)
    offered = [
        {"key": "1h", "name": _("An hour"), "exact": exact(local + timedelta(hours=1))},
        {"key": "3h", "name": _("Three hours"), "exact": exact(local + timedelta(hours=3))},
        {"key": "tomorrow", "name": _("Tomorrow morning"), "exact": exact(tomorrow)},
    ]
    if monday != tomorrow:
        offered.append({"key": "monday", "name": _("Monday morning"), "exact": exact(monday)})
    return offered


def _whose(member: int | None) -> str:
    row = models.Member.objects.filter(id=member).first() if member else None
    return _("It is %(name)s's already.") % {"name": row.name} if row else _("It is nobody's already.")


def _until(visit: Visit, key: str, written: str) -> datetime | None:
    local = visit.now.astimezone(visit.seat.zone)
    match key:
        case "1h":
            return visit.now + timedelta(hours=1)
        case "3h":
            return visit.now + timedelta(hours=3)
        case "tomorrow":
            return datetime.combine(local.date() + timedelta(days=1), MORNING, visit.seat.zone)
        case "monday":
            return datetime.combine(local.date() + timedelta(days=7 - local.weekday()), MORNING, visit.seat.zone)
        case "now":
            return None
        case _:
            found = local_moment(written, visit.seat.zone)
            if found is None:
                raise Unreadable(_("Say until when. Nothing was changed."), "until")
            return found


def _back(visit: Visit, conversation: int) -> HttpResponse:
    return said.back(visit, said.talk(visit.request, conversation))


def people(visit: Visit) -> list[models.Member]:
    """Who works here, for a list to choose from; nobody who has left."""
    there = models.Member.objects.filter(business=visit.seat.business, left_at=None).order_by("name", "id")
    return list(there.only("name"))


def workers(visit: Visit, named: Collection[int] = ()) -> list[models.Member]:
    """Those of them whom customers may meet (`WORKS_HERE`), and who is `named` for it already."""
    theirs = {each.id for each in models.Member.objects.filter(WORKS_HERE, business=visit.seat.business)}
    return [each for each in people(visit) if each.id in theirs or each.id in named]
