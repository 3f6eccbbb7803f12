"""Borrowing eyes: see the console as another member does. Nothing can be done meanwhile but to stop."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from answerback.console.accounts import people
from answerback.console.guard import SEES_AS, Visit, seated, seated_for
from answerback.store.queries import access
from answerback.store.queries.access import NotYours
from answerback.workflow import audit
from answerback.workflow.audit import Noted
from answerback.workflow.where_from import place_of


@require_POST
@seated_for("see_as")
def see_as(visit: Visit, id: int) -> HttpResponse:
    """From here on the console looks as it does to this member of the same business; an agency's admin has others."""
    member = people.theirs(visit, id)
    if member.business_id != visit.seat.business or member.role == "agency":
        raise NotYours
    visit.request.session[SEES_AS] = id
    return redirect("console:today")


def end_by_leaving(request: HttpRequest) -> None:
    """Somebody who signs out sees as nobody else from then on, which is written down like any other end of it."""
    wanted, user = request.session.pop(SEES_AS, None), request.user.pk
    if wanted is None or user is None:
        return
    for seat in access.seats(user):
        if (other := access.seat_of(seat.business, wanted)) is not None:
            ended = Noted(
                business=seat.business,
                member=seat.member,
                name=seat.name,
                act="see_as",
                what="console:see_as_myself",
                seen_as=other.name,
                place=place_of(request),
            )
            audit.note(ended)


@require_POST
@seated
def see_as_myself(visit: Visit) -> HttpResponse:
    """Back to one's own eyes."""
    visit.request.session.pop(SEES_AS, None)
    return redirect("console:today")
