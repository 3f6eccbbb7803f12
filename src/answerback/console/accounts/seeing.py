"""Borrowing eyes: see the console as another member does. Nothing can be done meanwhile but to stop."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from answerback.console.guard import SEES_AS, Visit, seated, seated_for
from answerback.store.queries import access
from answerback.store.queries.access import NotYours


@require_POST
@seated_for("see_as")
def see_as(visit: Visit, id: int) -> HttpResponse:
    """From here on the console looks as it does to this member of the same business."""
    if access.member_for(visit.user, id).business_id != visit.seat.business:
        raise NotYours
    visit.request.session[SEES_AS] = id
    return redirect("console:today")


@require_POST
@seated
def see_as_myself(visit: Visit) -> HttpResponse:
    """Back to one's own eyes."""
    visit.request.session.pop(SEES_AS, None)
    return redirect("console:today")
