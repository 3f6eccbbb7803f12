"""What stands in members' built-in calendars besides appointments, in the console: put in, changed, taken out.

Whoever has a seat may write into everybody's calendar, as they may move everybody's appointments.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from answerback.console import moments, said, written
from answerback.console.guard import Visit, seated
from answerback.console.written import Unreadable
from answerback.store import ids
from answerback.store.queries import access
from answerback.store.queries.own_entries import OwnEntry
from answerback.workflow import built_in, own_entries
from answerback.workflow.handling import Undo
from answerback.workflow.own_entries import NotPossible, Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One entry as the calendar shows it, on the business's clock; `seen` is the version a change is made to."""

    id: int
    member: int
    member_name: str
    start: datetime
    end: datetime
    clock: str
    title: str
    free: bool
    seen: str
    repeats: bool

    @property
    def start_written(self) -> str:
        """Its start as a form holds it."""
        return f"{self.start:%Y-%m-%dT%H:%M}"

    @property
    def end_written(self) -> str:
        """Its end as a form holds it."""
        return f"{self.end:%Y-%m-%dT%H:%M}"


@require_POST
@seated
def put(visit: Visit) -> HttpResponse:
    """Put something into a member's calendar."""
    posted = visit.request.POST
    member = access.member_for(visit.user, ids.read(posted.get("member")) or 0)
    visit.at(member.business_id)
    try:
        thing = _thing(visit, posted)
        key = own_entries.put(member, thing, ids.whole(posted.get("weeks", "1"), 0, 999_999_999) or 0)
    except (NotPossible, Unreadable) as problem:
        messages.error(visit.request, str(problem))
        return _form_again(posted)
    said.done(visit.request, _kept(thing), Undo(act="no_own", business=member.business_id, id=member.id, words=key))
    return _back(visit, thing.start)


@require_POST
@seated
def change(visit: Visit, id: int) -> HttpResponse:
    """Change an entry, or take it out."""
    row = access.own_entry_for(visit.user, id)
    visit.at(row.business_id)
    posted = visit.request.POST
    standing = own_entries.one(row.member_id, row.key)
    at = row.during.lower
    try:
        if standing is None:
            raise NotPossible(gettext("It is gone already. Look at the calendar again."))
        if "take_out" in posted:
            taken = own_entries.take_out(standing, and_later=posted["take_out"] == "later")
            words = ngettext(
                "Taken out. That time is open again.", "%(count)s taken out. Those times are open again.", len(taken)
            )
            said.done(visit.request, words % {"count": len(taken)}, _as_it_was(row.business_id, taken))
        else:
            thing = _thing(visit, posted)
            version = own_entries.change(standing, thing, posted.get("seen", ""))
            said.done(visit.request, _kept(thing), _as_it_was(row.business_id, [standing], version))
            at = thing.start
    except (NotPossible, Unreadable) as problem:
        messages.error(visit.request, str(problem))
    return _back(visit, at)


def shown(visit: Visit, members: list[Any], begin: datetime, until: datetime) -> list[Shown]:
    """What these members have in their calendars between the two moments."""
    names = {each.id: each.name for each in members}
    return [_shown(row, names[row.member], visit) for row in own_entries.between(list(names), begin, until)]


def _shown(row: OwnEntry, name: str, visit: Visit) -> Shown:
    start, end = (at.astimezone(visit.seat.zone) for at in (row.start, row.end))
    return Shown(
        id=row.id,
        member=row.member,
        member_name=name,
        start=start,
        end=end,
        clock=moments.span_of_day(start, end),
        title=row.title,
        free=row.free,
        seen=built_in.version(row),
        repeats=row.repeats,
    )


def _thing(visit: Visit, posted: Any) -> Thing:
    start = written.local_moment(posted.get("start", ""), visit.seat.zone)
    end = written.local_moment(posted.get("end", ""), visit.seat.zone)
    if start is None:
        raise NotPossible(gettext("Write a day and a time."))
    if end is None:
        end = start + timedelta(hours=1)
    title = " ".join(posted.get("title", "").split())[:200]
    return Thing(title=title, start=start, end=end, free="free" in posted)


def _as_it_was(business: int, entries: list[OwnEntry], version: str = "") -> Undo:
    """What puts these entries back; `version` is what stands in the place of one that was changed."""
    words = msgspec.json.encode((version, entries)).decode()
    return Undo(act="own", business=business, id=entries[0].member, words=words)


def _kept(thing: Thing) -> str:
    if thing.free:
        return gettext("Kept. Customers can still be booked at that time.")
    return gettext("Kept. Nobody is offered that time.")


def _form_again(posted: Any) -> HttpResponse:
    """Back to the form with everything that was written into it."""
    written_there = {
        name: posted.get(name, "")[:200] for name in ("title", "start", "end", "weeks", "member") if name in posted
    }
    day = written_there.get("start", "")[:10]
    asked = {"day": day, "new": "1", **written_there, **({"free": "1"} if "free" in posted else {})}
    return redirect(f"{reverse('console:diary')}?{urlencode(asked)}#new-entry")


def _back(visit: Visit, at: datetime) -> HttpResponse:
    day = at.astimezone(visit.seat.zone).date().isoformat()
    return redirect(f"{reverse('console:diary')}?{urlencode({'day': day})}")
