"""Whose eyes somebody borrowed, since when, and the end of it: after an hour, by leaving, or by giving them back."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from answerback.store.queries import access
from answerback.workflow import audit, clock, queue
from answerback.workflow.audit import Noted
from answerback.workflow.where_from import place_of

SEES_AS = "sees_as"
"""The session's key for the member as whom the console is seen."""

SINCE = "sees_as_since"
"""The session's key for when that began, in seconds."""

AT_MOST = timedelta(hours=1)
"""So long the console is seen as somebody else."""


def begin(request: HttpRequest, member: int) -> None:
    """See the console as this member from now on."""
    request.session[SEES_AS], request.session[SINCE] = member, clock.now().timestamp()


def is_over(request: HttpRequest) -> bool:
    """Have eyes been borrowed for longer than may be?"""
    if request.session.get(SEES_AS) is None:
        return False
    return bool(clock.now().timestamp() - request.session.get(SINCE, 0) >= AT_MOST.total_seconds())


def forget(request: HttpRequest) -> int | None:
    """Back to one's own eyes; whose they were, None where nobody's."""
    request.session.pop(SINCE, None)
    wanted: int | None = request.session.pop(SEES_AS, None)
    return wanted


def end(request: HttpRequest) -> None:
    """The same, written down like the end that somebody asks for."""
    since = datetime.fromtimestamp(request.session.get(SINCE, 0), tz=clock.now().tzinfo)
    wanted, user = forget(request), request.user.pk
    if wanted is None or user is None:
        return
    for seat in access.seats(user):
        if (other := access.seat_of(seat.business, wanted)) is not None:
            audit.note_end_of_seeing(_ended(seat, other.name, place_of(request)), since)


def end_later(seat: access.Seat, whose: str) -> None:
    """Write the end down when the hour is over, also where nobody comes back by then."""
    told = {"business": seat.business, "member": seat.member, "name": seat.name, "whose": whose}
    # A minute later than a page that is open ends it by itself: it is written down once.
    queue.defer_end_of_seeing(told | {"since": clock.now().timestamp()}, AT_MOST + timedelta(minutes=1))


def _ended(seat: access.Seat, whose: str, place: str) -> Noted:
    return Noted(
        business=seat.business,
        member=seat.member,
        name=seat.name,
        act="see_as",
        what="console:see_as_myself",
        seen_as=whose,
        place=place,
    )
