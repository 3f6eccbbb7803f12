"""What stands in members' built-in calendars besides appointments, in the console: put in, changed, taken out.

Whoever has a seat may write into everybody's calendar, as they may move everybody's appointments.
"""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from answerback.console import diary_asked, diary_page, said, taken, written
from answerback.console.guard import Visit, seated_for
from answerback.console.refused import Refused
from answerback.console.written import Unreadable
from answerback.store import ids, models
from answerback.store.queries import access
from answerback.store.queries.own_entries import OwnEntry
from answerback.workflow import calendar_desk, own_entries
from answerback.workflow.handling import Undo
from answerback.workflow.own_entries import NotPossible, Thing


@require_POST
@seated_for("book")
def put(visit: Visit) -> HttpResponse:
    """Put something into a member's calendar."""
    posted = visit.request.POST
    member = access.member_for(visit.user, ids.read(posted.get("member")) or 0)
    there = visit.at(member.business_id)
    try:
        thing = _thing(visit, posted)
        key = own_entries.put(member, thing, ids.whole(posted.get("weeks", "1"), 0, 999_999_999) or 0)
    except (NotPossible, Unreadable) as problem:
        return _refused(
            there,
            "new",
            problem,
            diary_asked.read_day(posted.get("start", "")[:10]) or visit.now.astimezone(there.seat.zone).date(),
        )
    made = models.OwnEntry.objects.filter(member=member.id, key__startswith=key).order_by("id")
    there.trace.changed += [("own entry", row.id) for row in made[:1]]
    said.done(visit.request, _kept(thing), Undo(act="no_own", business=member.business_id, id=member.id, words=key))
    _say_what_stands_there(visit, member.id, thing, there.seat.zone)
    return diary_asked.back(visit, thing.start, member.id)


@require_POST
@seated_for("book")
def change(visit: Visit, id: int) -> HttpResponse:
    """Change an entry, or take it out."""
    row = access.own_entry_for(visit.user, id)
    there = visit.at(row.business_id)
    posted = visit.request.POST
    standing = own_entries.one(row.member_id, row.key)
    at = row.during.lower
    try:
        if standing is None:
            raise NotPossible(gettext("It is gone already. Look at the calendar again."))
        if "take_out" in posted:
            gone = own_entries.take_out(standing, and_later=posted["take_out"] == "later")
            words = ngettext(
                "Taken out. That time is open again.", "%(count)s taken out. Those times are open again.", len(gone)
            )
            said.done(visit.request, words % {"count": len(gone)}, _as_it_was(row.business_id, gone))
        else:
            thing = _thing(visit, posted)
            version = own_entries.change(standing, thing, posted.get("seen", ""))
            said.done(visit.request, _kept(thing), _as_it_was(row.business_id, [standing], version))
            _say_what_stands_there(visit, row.member_id, thing, there.seat.zone)
            at = thing.start
    except (NotPossible, Unreadable) as problem:
        if standing is not None:
            return _refused(there, "own", problem, at.astimezone(there.seat.zone).date(), row.id)
        messages.error(visit.request, str(problem))
    return diary_asked.back(visit, at, row.member_id)


def _thing(visit: Visit, posted: Any) -> Thing:
    start = written.local_moment(posted.get("start", ""), visit.seat.zone, "start")
    end = written.local_moment(posted.get("end", ""), visit.seat.zone, "end")
    if start is None:
        raise NotPossible(gettext("Write a day and a time."), "start")
    if end is None:
        end = start + timedelta(hours=1)
    title = " ".join(posted.get("title", "").split())[:200]
    return Thing(title=title, start=start, end=end, free="free" in posted)


def _as_it_was(business: int, entries: list[OwnEntry], version: str = "") -> Undo:
    """What puts these entries back; `version` is what stands in the place of one that was changed."""
    words = msgspec.json.encode((version, entries)).decode()
    return Undo(act="own", business=business, id=entries[0].member, words=words)


def _say_what_stands_there(visit: Visit, member: int, thing: Thing, zone: ZoneInfo) -> None:
    """An appointment in that time stays: whoever put something there hears of it."""
    if not thing.free and (by := calendar_desk.in_the_way(member, thing.start, thing.end)) is not None:
        messages.warning(visit.request, taken.it_stays(by, zone))


def _kept(thing: Thing) -> str:
    if thing.free:
        return gettext("Saved. Customers can still be booked at that time.")
    return gettext("Saved. Nobody is offered that time.")


def _refused(visit: Visit, form: str, problem: NotPossible | Unreadable, day: date, entry: int = 0) -> HttpResponse:
    """The form again, with everything that was written into it."""
    return diary_page.page(
        visit, diary_asked.around(visit, day), refused=Refused.of(problem, visit.request.POST, form, entry)
    )
