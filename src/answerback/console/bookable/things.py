"""The things an appointment can need besides a person: chairs, rooms, trucks. So many can be booked at once.

Owners and managers change them; everybody sees them.
"""

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console import said
from answerback.console.bookable import why
from answerback.console.guard import Visit, seated, seated_for
from answerback.console.refused import Refused
from answerback.console.shown import Form
from answerback.store import ids, models
from answerback.store.queries import access
from answerback.workflow import bookable, saved
from answerback.workflow.bookable import NotPossible
from answerback.workflow.refusals import Refusal


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """What there is, kind by kind, and which services need it."""
    return _page(visit)


@require_POST
@seated_for("settings")
def add(visit: Visit) -> HttpResponse:
    """So many more of a kind."""
    given = visit.request.POST
    count = ids.whole(given.get("count"), 0, 9999) or 0
    location = ids.read(given.get("location"))
    try:
        kind, business = given.get("kind", ""), visit.seat.business
        undo = saved.making(lambda _: bookable.add_things(business, kind, count, location))
    except NotPossible as problem:
        return _page(visit, Refused.of(problem, given, "add"))
    said.done(visit.request, _("Added. Say in the appointment types which services need one."), undo)
    return redirect("console:things")


@require_POST
@seated_for("settings")
def change(visit: Visit, id: int) -> HttpResponse:
    """Another name, or in and out of use."""
    thing = access.resource_for(visit.user, id)
    visit.at(thing.business_id)
    given: QueryDict = visit.request.POST
    try:
        given = _form(thing).told(given)
        name, active = str(given.get("name", "")), "active" in given
        undo = saved.saving(thing, lambda _: bookable.change_thing(thing, name, active=active))
    except Refusal as problem:
        return _page(visit, Refused.of(problem, given, "thing", thing.id))
    said.done(visit.request, _("Saved."), undo)
    return redirect("console:things")


def _page(visit: Visit, refused: Refused | None = None) -> HttpResponse:
    rows = models.Resource.objects.filter(business=visit.seat.business).select_related("location")
    services = why.services_of(visit)
    needs: dict[str, list[str]] = {}
    for kind in models.AppointmentType.objects.filter(business=visit.seat.business).exclude(needs=""):
        needs.setdefault(kind.needs, []).append(services.get(kind.service, _("All other services")))
    kinds = bookable.kinds(list(rows.order_by("kind", "id")))
    context = {
        "kinds": [
            (kind, _shown(things, refused), sum(thing.active for thing in things), needs.get(kind, []))
            for kind, things in kinds.items()
        ],
        "missing": sorted(kind for kind in needs if kind not in kinds),
        "locations": list(models.Location.objects.filter(business=visit.seat.business).order_by("name")),
        "may_change": visit.may("settings"),
        "tab": "things",
        "section": "types",
    }
    return visit.page("console/bookable/things.html", context | why.asked(visit), refused=refused)


def _shown(things: list[models.Resource], refused: Refused | None) -> list[tuple[models.Resource, Form, str, bool]]:
    """Each with its form, its name and whether it is in use; as it was typed where that was refused."""
    rows = []
    for thing in things:
        name, active = thing.name, thing.active
        if refused and refused.about("thing", thing.id):
            name, active = str(refused.given.get("name", "")), "active" in refused.given
        rows.append((thing, _form(thing), name, active))
    return rows


def _form(thing: models.Resource) -> Form:
    values = {"name": thing.name, "active": ["yes"] if thing.active else []}
    return Form(values, {"name": _("Name"), "active": _("In use")}, {"active": {"yes": _("yes")}})
