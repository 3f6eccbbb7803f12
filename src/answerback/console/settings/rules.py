"""The page of the sending rules: every number with where it comes from, and the way back to what is inherited."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console import said
from answerback.console.guard import Visit, seated_for
from answerback.console.refused import Refused
from answerback.console.settings.places import business_of, location_of
from answerback.console.settings.words import CHOICES, COUNTS, GROUPS, LEVELS, SETTINGS, unit
from answerback.console.shown import Form, Outdated
from answerback.store import models
from answerback.store.queries import look_ups
from answerback.store.queries.look_ups import Spent
from answerback.workflow import preferences, saved, transaction
from answerback.workflow.preferences import Held, Place

MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPreference:
    """One setting as the form shows it; `otherwise` is what resetting it leads back to."""

    name: str
    label: Any
    help: Any
    value: str
    unit: Any
    choices: tuple[tuple[str, Any], ...]
    low: str
    high: str
    source: Any
    own: bool
    otherwise: Any
    otherwise_unit: str
    wrong: str = ""
    keyboard: str = "decimal"


@require_safe
@seated_for("settings")
def show(visit: Visit) -> HttpResponse:
    """The rules of the business."""
    return page(visit, business_of(visit))


@require_POST
@seated_for("settings")
def save(visit: Visit) -> HttpResponse:
    """Keep them; a field left empty goes back to what is inherited."""
    return keep(visit, business_of(visit), "console:rules")


@require_safe
@seated_for("settings")
def show_location(visit: Visit, id: int) -> HttpResponse:
    """The rules on the lines of a location."""
    return page(visit, location_of(visit, id))


@require_POST
@seated_for("settings")
def save_location(visit: Visit, id: int) -> HttpResponse:
    """Keep those."""
    return keep(visit, location_of(visit, id), "console:location_rules", id)


def keep(visit: Visit, place: Place, back: str, *args: int) -> HttpResponse:
    """Keep what was filled in at this place, or show what is wrong with it."""
    given: QueryDict = visit.request.POST
    try:
        given = _told(place, given)
        told = {name: str(given.get(name, "")) for name in given}
        undo = saved.saving(
            place,
            lambda _: preferences.change(place, told),
            "mine" if isinstance(place, models.Agency) else "settings",
            at=visit.seat.business,
        )
    except Outdated as problem:
        return page(visit, place, Refused.of(problem, given))
    except preferences.WrongValue as problem:
        says = _("Nothing was changed yet: see what is marked below.")
        return page(visit, place, Refused(problem=says, given=given, wrong=problem.wrong))
    said.done(visit.request, _("Saved."), undo)
    return redirect(back, *args)


def _told(place: Place, given: QueryDict) -> QueryDict:
    """What is to be kept: all that was changed, or the one setting that goes back. Raises `Outdated`."""
    reset = given.get("reset", "")
    if reset not in SETTINGS:
        return _form(place).told(given)
    asked, back = given.copy(), QueryDict(mutable=True)
    asked[reset] = ""
    back[reset] = _form(place).told(asked, only=reset).get(reset, "")
    return back


def page(visit: Visit, place: Place, refused: Refused | None = None) -> HttpResponse:
    """The form for this place."""
    shown = [_field(each, refused) for each in preferences.held(place)]
    groups = {each.preference.name: each.preference.group for each in preferences.held(place)}
    context = {
        "place": place,
        "is_location": isinstance(place, models.Location),
        "is_agency": isinstance(place, models.Agency),
        "groups": [
            (title, fields)
            for key, title in GROUPS.items()
            if (fields := [each for each in shown if groups[each.name] == key])
        ],
        "form": _form(place),
        "spent": _spent(place, visit),
        "section": "agency" if isinstance(place, models.Agency) else "rules",
    }
    return visit.page("console/settings/rules.html", context, refused=refused)


def _form(place: Place) -> Form:
    held = {each.preference.name: each for each in preferences.held(place)}
    choices = {name: {each: CHOICES[each] for each in one.preference.choices} for name, one in held.items()}
    return Form({name: one.value for name, one in held.items()}, {name: SETTINGS[name][0] for name in held}, choices)


def _spent(place: Place, visit: Visit) -> Spent | None:
    """What the business's look-ups of the last month came to; None where there were none."""
    if not isinstance(place, models.Business):
        return None
    found = transaction.run(lambda cursor: look_ups.spent(cursor, place.id, visit.now - MONTH))
    return found if found.count else None


def _field(each: Held, refused: Refused | None) -> ShownPreference:
    preference, value = each.preference, each.value
    if refused:
        value = str(refused.given.get(preference.name, value))
    counts = preference.unit or COUNTS.get(preference.name, "")
    label, helps = SETTINGS[preference.name]
    return ShownPreference(
        name=preference.name,
        label=label,
        help=helps,
        value=value,
        unit=unit(counts, value),
        choices=tuple((choice, CHOICES[choice]) for choice in preference.choices),
        low=f"{preference.low:g}",
        high=f"{preference.high:g}",
        source=LEVELS[each.level],
        own=each.own,
        otherwise=CHOICES.get(each.otherwise, each.otherwise),
        otherwise_unit=unit(counts, each.otherwise),
        wrong=refused.wrong.get(preference.name, "") if refused else "",
        keyboard="decimal" if preference.written == "one" else "text",
    )
