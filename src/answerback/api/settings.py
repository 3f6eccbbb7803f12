"""How the business is described: its name, hours, locations, and the rules by which it texts."""

from dataclasses import dataclass
from typing import Annotated

from ninja import Query, Router
from pydantic import Field

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Id, Name, Number, RowId, Word
from answerback.api.operations import acts, page_of, reads
from answerback.api.paging import Paged, page
from answerback.store import models
from answerback.store.queries.told.setup import LINES, LOCATIONS, Location
from answerback.workflow import preferences, premises
from answerback.workflow.preferences import Held, Place
from answerback.workflow.premises import Holidays

router = Router(tags=["Settings"])

Some = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\u0000]*[^\s\u0000][^\u0000]*$")]
Zone = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_+/-]*$")]
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", max_length=5)]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", max_length=10)]
Value = Annotated[str, Field(max_length=60, pattern=r"^[^\u0000]*$")]


@dataclass(frozen=True, slots=True)
class Business:
    """The business this token belongs to, and what the token may do."""

    id: int
    name: str
    zone: str
    phone: str
    scopes: list[str]


class BusinessChange(Asked):
    """What is to be changed; what is left out stays."""

    name: Some | None = None
    phone: Number | None = None
    zone: Zone | None = None
    language: Word | None = None


class Span(Asked):
    """From when to when on a weekday, where Monday is 0."""

    weekday: Annotated[int, Field(ge=0, le=6)]
    opens: Clock
    closes: Clock


class Hours(Asked):
    """When the business is open: at most three shifts a day, days on which it is not, and the holidays it keeps.

    `country` and `region` say whose holidays; `works_on` are the names of those on which it is open all the same.
    """

    shifts: Annotated[list[Span], Field(max_length=21)]
    closed_days: Annotated[list[Day], Field(max_length=400)] = []
    country: Annotated[str, Field(max_length=2, pattern=r"^([A-Z]{2})?$")] = "US"
    region: Annotated[str, Field(max_length=10, pattern=r"^[A-Z0-9-]*$")] = ""
    works_on: Annotated[list[Some], Field(max_length=60)] = []


class LocationHours(Asked):
    """A location's own hours; null where the business's hold. Its closed days come on top of those of the business."""

    shifts: Annotated[list[Span], Field(max_length=21)] | None
    closed_days: Annotated[list[Day], Field(max_length=400)] = []


class LineHours(Asked):
    """A line's own hours; null where those of its location, or of the business, hold."""

    shifts: Annotated[list[Span], Field(max_length=21)] | None


class NewLocation(Asked):
    """One more place."""

    name: Some


class LocationChange(Asked):
    """What is to be changed; what is left out stays. `line_ids` are all lines that ring there."""

    name: Some | None = None
    address: Name | None = None
    zone: Zone | None = None
    line_ids: Annotated[list[RowId], Field(max_length=200)] | None = None


class RuleChange(Asked):
    """Settings by name, each as people write it; an empty value goes back to what is inherited."""

    values: Annotated[dict[str, Value], Field(max_length=100)]


@dataclass(frozen=True, slots=True)
class Rule:
    """One setting: what holds, and since which level. `own` says that this place says so itself."""

    name: str
    value: str
    unit: str
    level: str
    own: bool
    otherwise: str
    low: float
    high: float
    choices: list[str]


class Rules(Asked):
    """Every setting that can be changed here."""

    items: list[Rule]


@reads(router, "/business", "", Business)
def get_business(request: ApiRequest) -> Business:
    """Which business this token belongs to. Any token may ask: a good first request."""
    row = _business(request)
    return Business(row.id, row.name, row.zone, row.phone, sorted(request.auth.scopes))


@acts(router, "/business", "settings:write", Business, method="PATCH")
def change_business(request: ApiRequest, change: BusinessChange) -> Business:
    """Change how the business is described."""
    premises.change_business(request.auth.business, **_told(change))
    return get_business(request)


@reads(router, "/hours", "settings:read", Hours)
def get_hours(request: ApiRequest) -> dict[str, object]:
    """When the business is open."""
    row = _business(request)
    return {
        "shifts": shifts(row.hours),
        "closed_days": row.closed_days,
        "country": row.holiday_country,
        "region": row.holiday_region,
        "works_on": row.open_holidays,
    }


@acts(router, "/hours", "settings:write", Hours, method="PUT")
def set_hours(request: ApiRequest, hours: Hours) -> dict[str, object]:
    """Say when the business is open."""
    kept = Holidays(country=hours.country, region=hours.region, worked=tuple(hours.works_on))
    premises.set_hours(request.auth.business, spans(hours.shifts), hours.closed_days, kept_holidays=kept)
    return get_hours(request)


@reads(router, "/locations", "settings:read", page_of(Location))
def list_locations(request: ApiRequest, paged: Query[Paged]) -> dict[str, object]:
    """The places of the business."""
    return page(LOCATIONS, request.auth.business, paged)


@acts(router, "/locations", "settings:write", Location, status=201)
def add_location(request: ApiRequest, new: NewLocation) -> Location:
    """Add a place."""
    return LOCATIONS.one(request.auth.business, premises.add_location(request.auth.business, new.name.strip()))


@acts(router, "/locations/{int:id}", "settings:write", Location, method="PATCH")
def change_location(request: ApiRequest, id: Id, change: LocationChange) -> Location:
    """Change a place, and which lines ring there."""
    there = LOCATIONS.one(request.auth.business, id)
    premises.change_location(there.id, lines=change.line_ids, **_told(change))
    return LOCATIONS.one(request.auth.business, id)


@reads(router, "/locations/{int:id}/hours", "settings:read", LocationHours)
def get_location_hours(request: ApiRequest, id: Id) -> dict[str, object]:
    """When a place is open."""
    row = _location(request, id)
    return {"shifts": None if row.hours is None else shifts(row.hours), "closed_days": row.closed_days}


@acts(router, "/locations/{int:id}/hours", "settings:write", LocationHours, method="PUT")
def set_location_hours(request: ApiRequest, id: Id, hours: LocationHours) -> dict[str, object]:
    """Say when a place is open, or let the business's hours hold."""
    row = _location(request, id)
    own = None if hours.shifts is None else spans(hours.shifts)
    premises.set_location_hours(row.id, own, hours.closed_days)
    return get_location_hours(request, id)


@reads(router, "/lines/{int:id}/hours", "settings:read", LineHours)
def get_line_hours(request: ApiRequest, id: Id) -> dict[str, object]:
    """When a line is open."""
    row = models.Line.objects.get(id=LINES.one(request.auth.business, id).id)
    return {"shifts": None if row.hours is None else shifts(row.hours)}


@acts(router, "/lines/{int:id}/hours", "settings:write", LineHours, method="PUT")
def set_line_hours(request: ApiRequest, id: Id, hours: LineHours) -> dict[str, object]:
    """Say when a line is open, or let the hours of its location or the business hold."""
    row = LINES.one(request.auth.business, id)
    premises.set_line_hours(row.id, None if hours.shifts is None else spans(hours.shifts))
    return get_line_hours(request, id)


@reads(router, "/rules", "settings:read", Rules)
def get_rules(request: ApiRequest) -> dict[str, object]:
    """The rules by which the business texts, with what each may be."""
    return _rules(_business(request))


@acts(router, "/rules", "settings:write", Rules, method="PATCH")
def change_rules(request: ApiRequest, change: RuleChange) -> dict[str, object]:
    """Change rules by name; all of them or none."""
    _change(_business(request), change)
    return get_rules(request)


@reads(router, "/locations/{int:id}/rules", "settings:read", Rules)
def get_location_rules(request: ApiRequest, id: Id) -> dict[str, object]:
    """The rules on the lines of a place."""
    return _rules(_location(request, id))


@acts(router, "/locations/{int:id}/rules", "settings:write", Rules, method="PATCH")
def change_location_rules(request: ApiRequest, id: Id, change: RuleChange) -> dict[str, object]:
    """Change rules on the lines of a place; all of them or none."""
    _change(_location(request, id), change)
    return get_location_rules(request, id)


def _change(place: Place, change: RuleChange) -> None:
    """Raises `preferences.WrongValue`, also for a name no rule here has."""
    known = {each.preference.name for each in preferences.held(place)}
    if unknown := sorted(change.values.keys() - known):
        raise preferences.WrongValue(dict.fromkeys(unknown, "There is no such rule here."))
    preferences.change(place, change.values)


def _business(request: ApiRequest) -> models.Business:
    return models.Business.objects.select_related("agency").get(id=request.auth.business)


def _location(request: ApiRequest, id: int) -> models.Location:
    there = LOCATIONS.one(request.auth.business, id)
    return models.Location.objects.select_related("business__agency").get(id=there.id)


def _told(change: Asked) -> dict[str, str]:
    """The words that are to be changed: lists are not words, and what was left out stays."""
    told = change.dict(exclude_none=True)
    return {name: value.strip() for name, value in told.items() if isinstance(value, str)}


def shifts(hours: list[list[object]]) -> list[dict[str, object]]:
    """Hours as they are stored, as programs are told of them."""
    return [{"weekday": weekday, "opens": opens, "closes": closes} for weekday, opens, closes in hours]


def spans(given: list[Span]) -> list[premises.Span]:
    """The other way round."""
    return [(each.weekday, each.opens, each.closes) for each in given]


def _rules(place: Place) -> dict[str, object]:
    return {"items": [_rule(each) for each in preferences.held(place)]}


def _rule(held: Held) -> Rule:
    known = held.preference
    return Rule(
        name=known.name,
        value=held.value,
        unit=known.unit,
        level=held.level,
        own=held.own,
        otherwise=held.otherwise,
        low=known.low,
        high=known.high,
        choices=list(known.choices),
    )
