"""When a business, a location or a line is open: up to three shifts a day, closed days, holidays that are worked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console import said, words
from answerback.console.guard import Visit, seated_for
from answerback.console.refused import Refused
from answerback.console.settings.closed import WrongHours, closed_days, in_words, same_days
from answerback.console.settings.places import business_of, line_of, location_of
from answerback.console.shown import Alike, Form, Value
from answerback.store import models
from answerback.workflow import premises, saved
from answerback.workflow.actors import NotAllowed
from answerback.workflow.premises import Holidays
from answerback.workflow.refusals import Refusal
from answerback.workflow.states import names

DAYS = (
    gettext_lazy("Monday"), gettext_lazy("Tuesday"), gettext_lazy("Wednesday"), gettext_lazy("Thursday"),
    gettext_lazy("Friday"), gettext_lazy("Saturday"), gettext_lazy("Sunday"),
)  # fmt: skip
AHEAD = timedelta(days=365)

MOVED = " (observed)"
"""How a holiday ends that is kept on another day than its own."""

FEDERAL = {
    "New Year's Day": gettext_lazy("New Year's Day"),
    "Martin Luther King Jr. Day": gettext_lazy("Martin Luther King Jr. Day"),
    "Washington's Birthday": gettext_lazy("Washington's Birthday"),
    "Memorial Day": gettext_lazy("Memorial Day"),
    "Juneteenth National Independence Day": gettext_lazy("Juneteenth National Independence Day"),
    "Independence Day": gettext_lazy("Independence Day"),
    "Labor Day": gettext_lazy("Labor Day"),
    "Columbus Day": gettext_lazy("Columbus Day"),
    "Veterans Day": gettext_lazy("Veterans Day"),
    "Thanksgiving Day": gettext_lazy("Thanksgiving Day"),
    "Christmas Day": gettext_lazy("Christmas Day"),
}
"""The holidays of the United States, which are known by their English names; others are shown as they are known."""

Spans = list[premises.Span]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A holiday of the coming year, as it is kept and as it is shown, and whether the business works on it."""

    day: date
    name: str
    shown: str
    works: bool


@require_safe
@seated_for("settings")
def show(visit: Visit) -> HttpResponse:
    """The hours of the business."""
    return _page(visit, business_of(visit))


@require_POST
@seated_for("settings")
def save(visit: Visit) -> HttpResponse:
    """Keep them, with its closed days and holidays."""
    row = business_of(visit)
    given: QueryDict = visit.request.POST
    try:
        given = _form(row, today_of(visit), typed=_country(given)).told(given)
        country = _country(given)
        spans, closed = (
            read(given),
            closed_days(given, row.closed_days, visit.now.astimezone(visit.seat.zone).date(), country),
        )
        named = _holidays(country, today_of(visit))
        region = state(country, given)
    except Refusal as problem:
        return _page(visit, row, Refused.of(problem, given))
    works = {each.casefold() for each in given.getlist("works")}
    shown = {each.name for each in _coming(row, today_of(visit))}
    kept = [name for name in row.open_holidays if name not in shown]
    kept_holidays = Holidays(
        country=country if named or not country else row.holiday_country,
        region=region,
        worked=(*kept, *(name for name in shown if name.casefold() in works)),
    )
    undo = saved.saving(row, lambda _: premises.set_hours(row.id, spans, closed, kept_holidays=kept_holidays))
    said.done(visit.request, _("Saved."), undo)
    return redirect("console:hours")


@require_safe
@seated_for("settings")
def show_location(visit: Visit, id: int) -> HttpResponse:
    """The hours of a location."""
    return _page(visit, location_of(visit, id))


@require_POST
@seated_for("settings")
def save_location(visit: Visit, id: int) -> HttpResponse:
    """Keep its own hours, or let the business's hold."""
    row = location_of(visit, id)
    given: QueryDict = visit.request.POST
    try:
        form = _form(row, today_of(visit))
        given = form.told(given)
        spans = own_or_none(given, form, follows=row.hours is None)
        closed = closed_days(
            given, row.closed_days, visit.now.astimezone(visit.seat.zone).date(), row.business.holiday_country
        )
    except Refusal as problem:
        return _page(visit, row, Refused.of(problem, given))
    undo = saved.saving(row, lambda _: premises.set_location_hours(row.id, spans, closed))
    said.done(visit.request, _("Saved."), undo)
    return redirect("console:location_hours", id=row.id)


@require_safe
@seated_for("settings")
def show_line(visit: Visit, id: int) -> HttpResponse:
    """The hours of a line."""
    return _page(visit, line_of(visit, id))


@require_POST
@seated_for("settings")
def save_line(visit: Visit, id: int) -> HttpResponse:
    """Keep its own hours, or let those of its location or the business hold."""
    row = line_of(visit, id)
    given: QueryDict = visit.request.POST
    try:
        form = _form(row, today_of(visit))
        given = form.told(given)
        spans = own_or_none(given, form, follows=row.hours is None)
        undo = saved.saving(row, lambda _: premises.set_line_hours(row.id, spans))
    except Refusal as problem:
        return _page(visit, row, Refused.of(problem, given))
    said.done(visit.request, _("Saved."), undo)
    return redirect("console:line_hours", id=row.id)


def own_or_none(given: QueryDict, form: Form, *, follows: bool) -> Spans | None:
    """Hours of its own, or None where others' hold: the box says so, and where it `follows` them nobody wrote any."""
    wrote = [each for each in form.changed(given) if each.startswith(("from-", "to-")) and given.get(each, "").strip()]
    return None if "inherit" in given and not (follows and wrote) else read(given)


def read(given: QueryDict) -> Spans:
    """The spans that were filled in, in order; raises `WrongHours` for what cannot be."""
    spans: Spans = []
    for weekday in range(7):
        day = [
            (given.get(f"from-{weekday}-{shift}", ""), given.get(f"to-{weekday}-{shift}", ""))
            for shift in range(premises.SHIFTS)
        ]
        spans += sorted((weekday, start[:5], end[:5]) for start, end in day if start or end)
    match premises.wrong_with(spans):
        case (weekday, "order"):
            says = _("%(day)s: write when you open and when you close.")
            raise WrongHours(says % {"day": DAYS[weekday]}, _half(given, weekday))
        case (weekday, "overlap"):
            says = _("%(day)s: two shifts overlap.")
            if sum(day == weekday for day, _start, _end in spans) == 1:
                says = _("%(day)s: the shift of the night before ends after this one begins.")
            raise WrongHours(says % {"day": DAYS[weekday]}, _last(given, weekday))
    return spans


def _half(given: QueryDict, weekday: int) -> str:
    """The field of a day that is empty beside a filled one, else its first."""
    for shift in range(premises.SHIFTS):
        start, end = f"from-{weekday}-{shift}", f"to-{weekday}-{shift}"
        if bool(given.get(start)) != bool(given.get(end)):
            return end if given.get(start) else start
    return f"from-{weekday}-0"


def _last(given: QueryDict, weekday: int) -> str:
    """Where the last shift of a day that is filled in begins."""
    filled = [shift for shift in range(premises.SHIFTS) if given.get(f"from-{weekday}-{shift}")]
    return f"from-{weekday}-{filled[-1] if filled else 0}"


def state(country: str, given: QueryDict) -> str:
    """The letters of the state that was written by letters or name; raises `WrongHours` for what is none."""
    told = given.get("region", "").strip()
    try:
        return premises.state(country, told)
    except NotAllowed:
        says = _("%(state)s is no state of %(country)s. Write its letters, such as TX, or its name.")
        raise WrongHours(says % {"state": told, "country": country}, "region") from None


def states(country: str) -> list[tuple[str, str]]:
    """The states of a country, letters and name in the reader's language; none where no country is kept."""
    try:
        return [*names(country, get_language() or "en").items()] if country else []
    except NotAllowed:
        return []


def rows(hours: Sequence[Sequence[Any]], told: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """The week as the form shows it: a row a day, each with its shifts."""
    week = []
    for weekday, name in enumerate(DAYS):
        spans = [(start, end) for day, start, end in hours if day == weekday][: premises.SHIFTS]
        spans += [("", "")] * (premises.SHIFTS - len(spans))
        shown = [
            {
                "from": f"from-{weekday}-{shift}",
                "to": f"to-{weekday}-{shift}",
                "start": (told or {}).get(f"from-{weekday}-{shift}", start),
                "end": (told or {}).get(f"to-{weekday}-{shift}", end),
                "more": shift > 0 and not start,
                "goes_on": bool(start) and end <= start,
            }
            for shift, (start, end) in enumerate(spans)
        ]
        week.append({"name": name, "shifts": shown})
    return week


def in_fields(hours: Sequence[Sequence[Any]]) -> tuple[dict[str, Value], dict[str, object]]:
    """What each field of the week holds, and the day it belongs to."""
    values: dict[str, Value] = {}
    names: dict[str, object] = {}
    for day in rows(hours):
        for shift in day["shifts"]:
            values |= {shift["from"]: shift["start"], shift["to"]: shift["end"]}
            names |= {shift["from"]: day["name"], shift["to"]: day["name"]}
    return values, names


Premises = models.Business | models.Location | models.Line


def today_of(visit: Visit) -> date:
    """The day at the business, by whose holidays and closed days are read."""
    return visit.now.astimezone(visit.seat.zone).date()


def _country(given: QueryDict) -> str:
    """The letters of the country that was typed."""
    return str(given.get("country", ""))[:2].upper()


def _form(place: Premises, today: date, typed: str | None = None) -> Form:
    """The hours as the form shows them; the shifts of a day are decided together, and a state with its country.

    What is sent is read by the country `typed` in it; else by the one that is kept.
    """
    values, names = in_fields(_held(place))
    choices: dict[str, dict[str, object]] = {}
    if not isinstance(place, models.Business):
        values["inherit"], names["inherit"] = ["yes"] if place.hours is None else [], _("Own hours")
    if not isinstance(place, models.Line):
        values["closed"], names["closed"] = in_words(place.closed_days), _("Closed days")
    if isinstance(place, models.Business):
        values |= {"region": place.holiday_region, "country": place.holiday_country}
        holidays = _coming(place, today)
        values["works"] = [each.name for each in holidays if each.works]
        choices["works"] = {each.name: each.shown for each in holidays}
        names |= dict.fromkeys(("region", "country"), _("State and country")) | {"works": _("Holidays")}
    business = place if isinstance(place, models.Business) else place.business
    return Form(values, names, choices, alike=_alike(business.holiday_country if typed is None else typed, today))


def week_form(row: models.Business, today: date) -> Form:
    """The business's week, closed days and state, as the step of the set-up shows them."""
    values, names = in_fields(row.hours)
    values |= {"closed": in_words(row.closed_days), "region": row.holiday_region}
    names |= {"closed": _("Closed days"), "region": _("State (optional)")}
    return Form(values, names, alike=_alike(row.holiday_country, today))


def _alike(country: str, today: date) -> dict[str, Alike]:
    """How the fields are read in which the same may be written in several ways."""

    def letters(written: str) -> str:
        try:
            return premises.state(country, written)
        except NotAllowed:
            return written

    return {"closed": same_days(today, country), "country": str.upper, "region": letters}


def _held(place: Premises) -> Sequence[Sequence[Any]]:
    """The hours that hold here: the nearest that are set."""
    above = place.location if isinstance(place, models.Line) else None
    business = place if isinstance(place, models.Business) else place.business
    nearest: list[Sequence[Sequence[Any]] | None] = [place.hours, above.hours if above else None]
    return next((each for each in nearest if each is not None), business.hours)


def _page(visit: Visit, place: Premises, refused: Refused | None = None) -> HttpResponse:
    told = refused.given if refused else None
    business = place if isinstance(place, models.Business) else place.business
    above = place.location if isinstance(place, models.Line) else place if isinstance(place, models.Location) else None
    context = {
        "place": place,
        "kind": type(place).__name__.lower(),
        "named": words.number(place.number) if isinstance(place, models.Line) else place.name,
        "lines": _lines(business) if place is business else [],
        "form": _form(place, today_of(visit)),
        "inherits": place.hours is None if told is None else "inherit" in told,
        "whose": "" if isinstance(place, models.Business) else _whose(place),
        "week": rows(_held(place), told.dict() if told else None),
        "closed": told.get("closed", "") if told else in_words(getattr(place, "closed_days", ())),
        "country": told.get("country", "") if told else business.holiday_country,
        "region": told.get("region", "") if told else business.holiday_region,
        "states": states(_country(told) if told and "country" in told else business.holiday_country),
        "holidays": _ticked(_coming(business, today_of(visit)), told) if place is business else [],
        "zone": (above.zone if above else "") or business.zone,
        "unknown_state": unknown_state(business),
        "section": "hours",
    }
    return visit.at(business.id).page("console/settings/hours.html", context, refused=refused)


def next_holiday(row: models.Business, today: date) -> Holiday | None:
    """The first holiday on which the business is closed; None where none is kept."""
    return next((each for each in _coming(row, today) if not each.works), None)


def unknown_state(row: models.Business) -> str:
    """What is wrong with a state that was stored before it was looked at; empty when nothing is."""
    try:
        premises.state(row.holiday_country, row.holiday_region)
    except NotAllowed:
        said = _("%(state)s is no state of %(country)s, so only the country's holidays are kept. Write it anew.")
        return said % {"state": row.holiday_region, "country": row.holiday_country}
    return ""


def _lines(row: models.Business) -> list[tuple[int, str, str, bool]]:
    """Its lines: id, number, whose hours hold on it, and whether those are its own."""
    rows = models.Line.objects.filter(business=row).select_related("location").order_by("id")
    return [(line.id, words.number(line.number), _whose(line), line.hours is not None) for line in rows]


def _whose(place: models.Location | models.Line) -> str:
    """Whose hours hold here: the nearest that has some."""
    if place.hours is not None:
        return _("Own hours")
    above = place.location if isinstance(place, models.Line) else None
    if above is not None and above.hours is not None:
        return _("As %(location)s") % {"location": above.name}
    return _("As the business")


def _ticked(holidays: list[Holiday], told: QueryDict | None) -> list[Holiday]:
    """With what was ticked in a form that is shown again."""
    if told is None:
        return holidays
    works = told.getlist("works")
    return [replace(each, works=each.name in works) for each in holidays]


def _coming(row: models.Business, today: date) -> list[Holiday]:
    worked = {name.casefold() for name in row.open_holidays}
    named = premises.kept(row.holiday_country, row.holiday_region, today.year, today.year + 1)
    return [
        Holiday(day=day, name=name, shown=_shown(name), works=name.casefold() in worked)
        for day, name in sorted(named.items())
        if today <= day <= today + AHEAD
    ]


def _shown(name: str) -> str:
    """A holiday in the reader's language, where it is one of the United States."""
    plain = name.removesuffix(MOVED)
    said = str(FEDERAL.get(plain, plain))
    return _("%(holiday)s (observed)") % {"holiday": said} if name.endswith(MOVED) else said


def _holidays(country: str, today: date) -> dict[date, str]:
    try:
        return premises.known(country, "", today.year, today.year + 1)
    except NotAllowed:
        raise WrongHours(_("No holidays are known for %(place)s.") % {"place": country}, "country") from None
