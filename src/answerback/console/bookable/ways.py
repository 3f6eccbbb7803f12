"""The way between areas: minutes kept free between two appointments that are not in the same one.

One number holds for all ways, and any two areas can have their own. Owners and managers change it.
"""

from collections.abc import Iterable

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console import said
from answerback.console.bookable import why
from answerback.console.guard import Visit, seated, seated_for
from answerback.console.refused import Refused
from answerback.console.shown import Form, Outdated
from answerback.engine.choosing import comes_to_them
from answerback.store import ids, models
from answerback.store.queries import access
from answerback.workflow import bookable, directory, preferences, saved
from answerback.workflow.bookable import NotPossible
from answerback.workflow.preferences import WrongValue

NAME = "travel"


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """The usual way, and those that are longer or shorter."""
    return _page(visit)


@require_POST
@seated_for("settings")
def save_usual(visit: Visit) -> HttpResponse:
    """How long the way between any two areas takes."""
    given: QueryDict = visit.request.POST
    try:
        given = _usual(_held(visit)).told(given)
        business, told = _business(visit), {NAME: str(given.get("minutes", ""))}
        undo = saved.saving(business, lambda _: preferences.change(business, told))
    except Outdated as problem:
        return _page(visit, Refused.of(problem, given, "usual"))
    except WrongValue as problem:
        return _page(visit, Refused(problem=problem.wrong[NAME], field="minutes", given=given, form="usual"))
    said.done(visit.request, _("Saved."), undo)
    return redirect("console:ways")


@require_POST
@seated_for("settings")
def add(visit: Visit) -> HttpResponse:
    """How long the way between these two areas takes."""
    given = visit.request.POST
    minutes = ids.whole(given.get("minutes"), 0, 99_999)
    minutes = -1 if minutes is None else minutes
    try:
        _look(visit, given)
        undo = bookable.set_way(visit.seat.business, given.get("one", ""), given.get("other", ""), minutes)
    except Outdated as problem:
        return _page(visit, Refused(problem=str(problem), field="minutes", given=given, form="add"))
    except NotPossible as problem:
        return _page(visit, Refused.of(problem, given, "add"))
    said.done(visit.request, _("Saved."), undo)
    return redirect("console:ways")


@require_POST
@seated_for("settings")
def remove(visit: Visit, id: int) -> HttpResponse:
    """Let the usual way hold again."""
    way = access.way_for(visit.user, id)
    visit.at(way.business_id)
    said.done(visit.request, _("Removed. The usual way holds there again."), saved.removing(way))
    return redirect("console:ways")


def _page(visit: Visit, refused: Refused | None = None) -> HttpResponse:
    held = _held(visit)
    rows = models.AreaWay.objects.filter(business=visit.seat.business).order_by("one", "other")
    context = {
        "usual": held,
        "usual_form": _usual(held),
        "ways": [(row.id, row.one.title(), row.other.title(), row.minutes) for row in rows],
        "areas": [area.title() for area in sorted({*bookable.areas(visit.seat.business), *_served(visit)})],
        "comes": _comes(visit),
        "form": _known(rows),
        "may_change": visit.may("settings"),
        "tab": "ways",
        "section": "types",
    }
    return visit.page("console/bookable/ways.html", context | why.asked(visit), refused=refused)


def _look(visit: Visit, given: QueryDict) -> None:
    """Raises `Outdated` where somebody else has written this way down since the page was drawn."""
    asked = given.copy()
    name = " – ".join(bookable.way(given.get("one", ""), given.get("other", "")))
    asked[name] = given.get("minutes", "")
    rows = models.AreaWay.objects.filter(business=visit.seat.business)
    _known([row for row in rows if f"{row.one} – {row.other}" == name]).told(asked)


def _known(rows: Iterable[models.AreaWay]) -> Form:
    """The minutes of each way that is written down."""
    known = {f"{row.one} – {row.other}": str(row.minutes) for row in rows}
    return Form(known, {name: name.title() for name in known})


def _held(visit: Visit) -> str:
    """The minutes of the usual way, as people write them."""
    return next(each.value for each in preferences.held(_business(visit)) if each.preference.name == NAME)


def _usual(held: str) -> Form:
    return Form({"minutes": held}, {"minutes": _("Minutes")})


def _business(visit: Visit) -> models.Business:
    return models.Business.objects.select_related("agency").get(id=visit.seat.business)


def _served(visit: Visit) -> set[str]:
    if visit.seat.playbook is None:
        return set()
    playbook = directory.known(visit.seat.business, visit.seat.revision, visit.seat.playbook).rules.playbook
    return {city.casefold() for city in playbook.area.cities}


def _comes(visit: Visit) -> bool:
    """Does somebody drive to customers? Elsewhere there is no way to keep free."""
    if visit.seat.playbook is None:
        return True
    return comes_to_them(directory.known(visit.seat.business, visit.seat.revision, visit.seat.playbook).rules.playbook)
