"""The business itself and its locations: name, phone, time zone, language, and which line rings where."""

from zoneinfo import available_timezones

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console import said, words
from answerback.console.accounts.mine import LANGUAGES
from answerback.console.guard import Visit, seated_for
from answerback.console.refused import Refused
from answerback.console.shown import Form
from answerback.engine import currency
from answerback.ports.numbers import typed
from answerback.store import ids, models
from answerback.store.queries import access
from answerback.store.queries.access import NotYours
from answerback.store.queries.rows import Cursor
from answerback.workflow import premises, revenue, saved
from answerback.workflow.refusals import Refusal

ZONES = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico", "America/Toronto", "America/Vancouver",
    "America/Mexico_City", "Europe/Madrid", "Europe/London",
)  # fmt: skip
"""The time zones offered; any other can be written."""


@require_safe
@seated_for("settings")
def show(visit: Visit) -> HttpResponse:
    """The business and its locations."""
    return _page(visit)


@require_POST
@seated_for("settings")
def change_business(visit: Visit) -> HttpResponse:
    """Another name, phone, zone, language or currency."""
    row = business_of(visit)
    form = _business_form(row, visit.seat.country)
    given: QueryDict = visit.request.POST
    try:
        given = form.told(given)
        told = {name: str(given.get(name, "")).strip()[:120] for name in form.values}
        _look(told["name"], told["zone"])
        phone = typed(told["phone"], visit.seat.country)
        if phone is None:
            raise Refusal(_("Write the phone like (512) 555-0100."), "phone")
        language = told["language"] if told["language"] in LANGUAGES else "en"
        wanted = told["currency"] if told["currency"] in currency.SIGNS else visit.seat.currency
        about = {"name": told["name"], "phone": phone, "zone": told["zone"], "language": language}

        def keep(cursor: Cursor) -> None:
            if not revenue.kept_in(cursor, row.id, wanted):
                says = _("There is money in the ledger already, in %s. Its currency cannot be changed any more.")
                raise Refusal(says % visit.seat.currency, "currency")
            premises.change_business(row.id, **about)

        undo = saved.saving(row, keep)
    except Refusal as problem:
        return _page(visit, Refused.of(problem, given, "business"))
    said.done(visit.request, _("Saved."), undo)
    return redirect("console:settings")


@require_POST
@seated_for("settings")
def add_location(visit: Visit) -> HttpResponse:
    """One more place of the business."""
    given = visit.request.POST
    name = given.get("name", "").strip()[:120]
    if not name:
        says = _("Write a name for the location.")
        return _page(visit, Refused(problem=says, field="name", given=given, form="location"))
    undo = saved.making(lambda _: [models.Location.objects.get(id=premises.add_location(visit.seat.business, name))])
    made = undo.id if undo else 0
    visit.trace.changed.append(("location", made))
    said.done(visit.request, _("Added."), undo)
    return redirect("console:location", id=made)


@require_safe
@seated_for("settings")
def location(visit: Visit, id: int) -> HttpResponse:
    """One location: its own name, address, zone, and its lines."""
    return _location(visit, location_of(visit, id))


@require_POST
@seated_for("settings")
def change_location(visit: Visit, id: int) -> HttpResponse:
    """Keep what was filled in, and put the lines that were ticked there."""
    row = location_of(visit, id)
    given: QueryDict = visit.request.POST
    try:
        given = _location_form(row).told(given)
        name, zone = str(given.get("name", "")).strip()[:120], str(given.get("zone", "")).strip()
        _look(name, zone or "UTC")
    except Refusal as problem:
        return _location(visit, row, Refused.of(problem, given))
    address = str(given.get("address", "")).strip()[:200]
    chosen = ids.several([str(each) for each in given.getlist("lines")])
    lines = list(models.Line.objects.filter(business=row.business_id).order_by("id"))
    undo = saved.saving(
        [row, *lines],
        lambda _: premises.change_location(row.id, lines=chosen, name=name, zone=zone, address=address),
    )
    said.done(visit.request, _("Saved."), undo)
    return redirect("console:location", id=row.id)


def business_of(visit: Visit) -> models.Business:
    """The business this person looks at."""
    return models.Business.objects.select_related("agency").get(id=visit.seat.business)


def location_of(visit: Visit, id: int) -> models.Location:
    """A location of a business this person may set up; raises `NotYours`."""
    row = access.location_for(visit.user, id)
    if not visit.at(row.business_id).may("settings"):
        raise NotYours
    return row


def line_of(visit: Visit, id: int) -> models.Line:
    """A line of a business this person may set up; raises `NotYours`."""
    row = access.line_for(visit.user, id)
    if not visit.at(row.business_id).may("settings"):
        raise NotYours
    return row


def _page(visit: Visit, refused: Refused | None = None) -> HttpResponse:
    row = business_of(visit)
    form = _business_form(row, visit.seat.country)
    context = {
        "told": refused.given if refused and refused.about("business") else form.values,
        "form": form,
        "zones": ZONES,
        "languages": LANGUAGES.items(),
        "currencies": [(code, currency.sign(code).strip()) for code in currency.SIGNS],
        "locations": models.Location.objects.filter(business=row).order_by("name"),
        "agency": row.agency,
        "section": "business",
    }
    return visit.page("console/settings/business.html", context, refused=refused)


def _location(visit: Visit, row: models.Location, refused: Refused | None = None) -> HttpResponse:
    lines = models.Line.objects.filter(business=row.business).order_by("id")
    form = _location_form(row)
    here = refused.given.getlist("lines") if refused else form.values["lines"]
    context = {
        "place": row,
        "form": form,
        "told": refused.given if refused else form.values,
        "zones": ZONES,
        "lines": [(line.id, words.number(line.number), line.source, str(line.id) in here) for line in lines],
        "section": "business",
    }
    return visit.at(row.business_id).page("console/settings/location.html", context, refused=refused)


def _business_form(row: models.Business, country: str) -> Form:
    values = {"name": row.name, "phone": words.number(row.phone), "zone": row.zone, "language": row.language}
    names = {
        "name": _("Name, as customers know it"),
        "phone": _("Phone, as texts name it"),
        "zone": _("Time zone"),
        "language": _("Language of the console"),
        "currency": _("Currency of prices and money"),
    }
    values |= {"currency": row.currency}
    return Form(values, names, {"language": LANGUAGES}, alike={"phone": words.same_number(country)})


def _location_form(row: models.Location) -> Form:
    lines = {str(line.id): words.number(line.number) for line in models.Line.objects.filter(location=row)}
    values = {"name": row.name, "address": row.address, "zone": row.zone, "lines": list(lines)}
    names = {"name": _("Name"), "address": _("Address"), "zone": _("Time zone"), "lines": _("Lines that ring here")}
    return Form(values, names, {"lines": lines})


def _look(name: str, zone: str) -> None:
    """Raises `Refusal` for a place without a name, or in no time zone."""
    if not name:
        raise Refusal(_("Write a name."), "name")
    if zone not in available_timezones():
        raise Refusal(_("%(zone)s is no time zone. Write one such as America/Chicago.") % {"zone": zone}, "zone")
