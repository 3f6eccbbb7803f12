"""Who may be the same person: merge them, or say that they are two; and take a merge back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console import said, words
from answerback.console.guard import Visit, seated
from answerback.store import ids
from answerback.store.queries import access, contacts
from answerback.workflow import address_book
from answerback.workflow.actors import NotAllowed
from answerback.workflow.handling import Undo


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """Pairs of contacts that share a name or an address."""
    pairs = [
        (pair, words.number(pair.first_number), words.number(pair.second_number))
        for pair in contacts.duplicates(visit.seat.business)
    ]
    return visit.page("console/contacts/duplicates.html", {"pairs": pairs})


@require_POST
@seated
def merge(visit: Visit, id: int) -> HttpResponse:
    """The other one is the same person as this one."""
    kept = access.contact_for(visit.user, id)
    gone = access.contact_for(visit.user, _other(visit))
    visit = visit.at(kept.business_id)
    try:
        merge = address_book.merge(kept.id, gone.id, visit.actor)
    except NotAllowed as problem:
        messages.error(visit.request, str(problem))
    else:
        way_back = Undo(act="merge", business=kept.business_id, id=merge)
        said.done(visit.request, _("Merged. Each number keeps what it had."), way_back)
    return _back(visit, id)


@require_POST
@seated
def apart(visit: Visit, id: int) -> HttpResponse:
    """They are two people."""
    one, other = access.contact_for(visit.user, id), access.contact_for(visit.user, _other(visit))
    visit = visit.at(one.business_id)
    address_book.keep_apart(one.id, other.id)
    way_back = Undo(act="apart", business=one.business_id, id=one.id, ids=(one.id, other.id))
    said.done(visit.request, _("Two people. You are not asked again."), way_back)
    return _back(visit, id)


@require_POST
@seated
def undo(visit: Visit, id: int) -> HttpResponse:
    """They are two people after all."""
    row = access.merge_for(visit.user, id)
    visit = visit.at(row.business_id)
    try:
        address_book.undo(id)
    except NotAllowed as problem:
        messages.error(visit.request, str(problem))
    else:
        messages.success(visit.request, _("Two people again, each with what they had."))
    return redirect("console:contact", row.kept_id)


def _other(visit: Visit) -> int:
    return ids.read(visit.request.POST.get("other")) or 0


def _back(visit: Visit, id: int) -> HttpResponse:
    if visit.request.POST.get("from") == "duplicates":
        return redirect("console:duplicates")
    return redirect("console:contact", id)
