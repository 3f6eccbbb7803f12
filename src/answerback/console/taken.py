"""Whether a time in the calendar is taken, said while somebody still chooses it: with whom, and what is free near it.

What is refused on sending (`diary`, `own_entries`) is refused all the same: this only looks.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from answerback.console import moments, words
from answerback.console.guard import Visit, seated
from answerback.store import ids, models
from answerback.store.queries import access
from answerback.store.queries.calendar import InTheWay
from answerback.workflow import calendar_desk, desk_bookings, reach

NEAR = 4
"""Of so many free times somebody chooses at a glance."""


@require_safe
@seated
def by_appointment(visit: Visit, id: int) -> HttpResponse:
    """What is in the way of an appointment that would be moved to `start` and `member`; nothing where it can be."""
    row = access.appointment_for(visit.user, id)
    there = visit.at(row.business_id)
    asked = visit.request.GET
    member = models.Member.objects.filter(business=row.business_id, id=ids.read(asked.get("member")) or 0).first()
    start = moment(asked.get("start", ""), there.seat.zone)
    if member is None or start is None:
        return _say(visit)
    end = start + (row.during.upper - row.during.lower)
    by = calendar_desk.in_the_way(member.id, start, end, other=row.id)
    if by is None:
        return _say(visit)
    return _say(there, another_time(by, there.seat.zone), near(row, member.id, start, there.seat.zone), start)


@require_safe
@seated
def by_entry(visit: Visit) -> HttpResponse:
    """Which appointment stands where something else would be put, of `member` from `start` to `end`."""
    asked = visit.request.GET
    start = moment(asked.get("start", ""), visit.seat.zone)
    if start is None or "free" in asked or (id := ids.read(asked.get("member"))) is None:
        return _say(visit)
    member = access.member_for(visit.user, id)
    zone = visit.at(member.business_id).seat.zone
    end = moment(asked.get("end", ""), zone) or start + timedelta(hours=1)
    by = calendar_desk.in_the_way(member.id, start, end) if start < end else None
    return _say(visit, it_stays(by, zone) if by else "")


def another_time(by: InTheWay, zone: ZoneInfo) -> str:
    """Who has the time an appointment would be moved to, and what to do instead."""
    choose = gettext("Choose another time, or another person.")
    return f"{with_whom(by, zone)} {choose}"


def it_stays(by: InTheWay, zone: ZoneInfo) -> str:
    """Which appointment stands where something else is put."""
    stays = gettext("That appointment stays: move it if need be.")
    if by.kept_until is not None:
        stays = gettext("They can still take it: give it free in their conversation if need be.")
    return f"{with_whom(by, zone)} {stays}"


def with_whom(taken: InTheWay, zone: ZoneInfo) -> str:
    """Who has a time that somebody would like, with whom and from when to when."""
    start, end = (moments.time_of_day(at.astimezone(zone)) for at in (taken.start, taken.end))
    who = taken.who or words.number(taken.number)
    told = {"name": taken.member, "who": who, "start": start, "end": end, "thing": taken.thing}
    if taken.kept_until is not None:
        return _while_they_choose(taken) % {**told, "until": moments.time_of_day(taken.kept_until.astimezone(zone))}
    if taken.thing:
        return gettext("%(name)s needs %(thing)s for %(who)s then, from %(start)s to %(end)s.") % told
    return gettext("%(name)s is with %(who)s then, from %(start)s to %(end)s.") % told


def free_near(times: Sequence[datetime], day: date | None) -> list[tuple[str, str]]:
    """These times as a form holds them, each with its words; of the `day` that is looked at the time alone."""
    return [(f"{at:%Y-%m-%dT%H:%M}", _in_words(at, day)) for at in times]


def _while_they_choose(taken: InTheWay) -> str:
    if taken.thing:
        return gettext(
            "%(thing)s is kept for %(who)s until %(until)s, while they choose: %(name)s, from %(start)s to %(end)s."
        )
    return gettext("%(name)s's time from %(start)s to %(end)s is kept for %(who)s until %(until)s, while they choose.")


def _in_words(at: datetime, day: date | None) -> str:
    """The time alone on the day that is looked at."""
    clock = moments.time_of_day(at)
    return clock if at.date() == day else f"{moments.date(at.date())}, {clock}"


def near(row: models.Appointment, member: int, start: datetime, zone: ZoneInfo) -> list[datetime]:
    """The times at which this member is free that are nearest to the one that is not, on the business's clock."""
    free = desk_bookings.openings(row.business_id, service=row.service, conversation=row.conversation_id)
    theirs = [each.start for each in free if member in each.members]
    return [at.astimezone(zone) for at in sorted(theirs, key=lambda at: abs(at - start))[:NEAR]]


def moment(said: str, zone: ZoneInfo) -> datetime | None:
    """A moment as a form holds it: on this clock where it names no zone. None where it cannot be read."""
    try:
        found = reach.moment(said)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _say(visit: Visit, says: str = "", free: Sequence[datetime] = (), start: datetime | None = None) -> HttpResponse:
    day = start.astimezone(visit.seat.zone).date() if start else None
    return render(visit.request, "console/diary_taken.html", {"says": says, "near": free_near(free, day)})
