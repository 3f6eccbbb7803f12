"""Borrowing eyes: see the console as another member does. Nothing can be done meanwhile but to stop."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from answerback.console.accounts import borrowed, people
from answerback.console.guard import Visit, seated, seated_for
from answerback.store.queries.access import NotYours


@require_POST
@seated_for("see_as")
def see_as(visit: Visit, id: int) -> HttpResponse:
    """From here on the console looks as it does to this member of the same business; an agency's admin has others."""
    member = people.theirs(visit, id)
    if member.business_id != visit.seat.business or member.role == "agency":
        raise NotYours
    borrowed.begin(visit.request, id)
    borrowed.end_later(visit.seat, member.name)
    return redirect("console:today")


@require_POST
@seated
def see_as_myself(visit: Visit) -> HttpResponse:
    """Back to one's own eyes."""
    visit.trace.is_idle = borrowed.forget(visit.request) is None
    return redirect("console:today")
