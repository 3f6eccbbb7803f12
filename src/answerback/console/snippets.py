"""Snippets: words that are sent often, under a short name, with the blanks filled in where they are used."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console import said
from answerback.console.guard import Visit, seated
from answerback.store import models
from answerback.store.queries import access
from answerback.workflow import snippets
from answerback.workflow.actors import NotAllowed
from answerback.workflow.handling import Undo

BLANKS = ("name", "business", "me")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A snippet with its blanks filled in for one customer."""

    id: int
    name: str
    body: str


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """All snippets of the business."""
    rows = models.Snippet.objects.filter(business=visit.seat.business, removed_at__isnull=True).order_by("name")
    return visit.page("console/snippets.html", {"rows": list(rows), "blanks": BLANKS})


@require_POST
@seated
def save(visit: Visit) -> HttpResponse:
    """Keep words under a name; the same name again changes them."""
    asked = visit.request.POST
    try:
        undo = snippets.keep(visit.seat.business, visit.actor, asked.get("name", ""), asked.get("body", ""))
        said.done(visit.request, _("Kept."), undo)
    except NotAllowed as problem:
        said.refused(visit.request, problem)
    return said.back(visit, "console:snippets")


@require_POST
@seated
def remove(visit: Visit, id: int) -> HttpResponse:
    """Take a snippet out of the list."""
    row = access.snippet_for(visit.user, id)
    snippets.remove(row.id)
    visit.trace.is_idle = row.removed_at is not None
    undo = Undo(act="snippet", business=row.business_id, id=row.id, words=f"{row.name}\n{row.body}")
    said.done(visit.request, _("Removed."), undo)
    return said.back(visit, "console:snippets")


def filled(visit: Visit, name: str) -> list[Filled]:
    """The snippets as they would be sent to somebody of this name."""
    rows = models.Snippet.objects.filter(business=visit.seat.business, removed_at__isnull=True).order_by("name")
    values = {"name": name.split(maxsplit=1)[0] if name.split() else _("there"), "me": visit.seat.name}
    values |= {"business": visit.seat.business_name}
    return [Filled(id=row.id, name=row.name, body=_fill(row.body, values)) for row in rows[:50]]


def _fill(body: str, values: dict[str, str]) -> str:
    for blank in BLANKS:
        body = body.replace(f"{{{blank}}}", values[blank])
    return body
