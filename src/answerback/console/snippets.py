"""Snippets: words that are sent often, under a short name, with the blanks filled in where they are used."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console import said
from answerback.console.guard import Visit, seated
from answerback.console.refused import Refused
from answerback.console.shown import Form, Outdated
from answerback.store import ids, models
from answerback.store.queries import access
from answerback.workflow import snippets
from answerback.workflow.actors import NotAllowed

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
    """All snippets of the business; the one that is to be changed (`?change=`) stands in the form."""
    return _page(visit)


@require_POST
@seated
def save(visit: Visit) -> HttpResponse:
    """Keep words under a name; the same name again changes them."""
    asked = visit.request.POST
    try:
        _look(visit, asked)
        undo = snippets.keep(visit.seat.business, visit.actor, asked.get("name", ""), asked.get("body", ""))
        if undo is not None:
            visit.trace.changed.append(("snippet", undo.id))
        said.done(visit.request, _("Saved."), undo)
    except Outdated as problem:
        return _page(visit, Refused(problem=str(problem), field="body", given=asked))
    except NotAllowed as problem:
        return _page(visit, Refused.of(problem, asked))
    return said.back(visit, "console:snippets")


@require_POST
@seated
def remove(visit: Visit, id: int) -> HttpResponse:
    """Take a snippet out of the list."""
    row = access.snippet_for(visit.user, id)
    undo = snippets.remove(row.id)
    visit.trace.is_idle = undo is None
    said.done(visit.request, _("Removed."), undo)
    return said.back(visit, "console:snippets")


def _page(visit: Visit, refused: Refused | None = None) -> HttpResponse:
    rows = list(_rows(visit))
    wanted = ids.read(visit.request.GET.get("change", ""))
    changed = next((row for row in rows if row.id == wanted), None)
    context = {"rows": rows, "blanks": BLANKS, "form": _form(rows), "changed": changed}
    return visit.page("console/snippets.html", context, refused=refused)


def _look(visit: Visit, asked: QueryDict) -> None:
    """Raises `Outdated` where somebody else has put other words under this name since the page was drawn."""
    name, body = asked.get("name", "").strip(), asked.get("body", "").replace("\r\n", "\n").strip()
    given = asked.copy()
    given[name] = _digest(body)
    _form([each for each in _rows(visit) if each.name == name], {_digest(body): body}).told(given)


def _form(rows: Collection[models.Snippet], mine: Mapping[str, str] | None = None) -> Form:
    """Which words stand under each name, by digests: all words of all snippets would make a heavy page."""
    known = {row.name: _digest(row.body) for row in rows}
    words = {row.name: {_digest(row.body): row.body, **(mine or {})} for row in rows}
    return Form(known, {name: name for name in known}, words)


def _digest(body: str) -> str:
    return sha256(body.encode()).hexdigest()[:12]


def _rows(visit: Visit) -> QuerySet[models.Snippet]:
    return models.Snippet.objects.filter(business=visit.seat.business, removed_at__isnull=True).order_by("name")


def filled(visit: Visit, name: str) -> list[Filled]:
    """The snippets as they would be sent to somebody of this name; of whom none is known they call by none."""
    values = {"name": name.split(maxsplit=1)[0] if name.split() else "", "me": visit.seat.name}
    values |= {"business": visit.seat.business_name}
    return [Filled(id=row.id, name=row.name, body=_fill(row.body, values)) for row in _rows(visit)[:50]]


def _fill(body: str, values: dict[str, str]) -> str:
    if not values["name"]:  # a word in its place would have to be of the language of the snippet, which nobody says
        body = body.replace(" {name}", "").replace("{name}", "").lstrip(" ,")
    for blank in BLANKS:
        body = body.replace(f"{{{blank}}}", values[blank])
    return body
