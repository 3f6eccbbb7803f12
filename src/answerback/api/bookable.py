"""Who can be booked and when: hours, time off, things that are needed, and the way between areas."""

from typing import Annotated

from ninja import Query, Router
from pydantic import Field

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Bound, Id, Moment, RowId, Word
from answerback.api.operations import acts, page_of, reads
from answerback.api.paging import Paged, page
from answerback.api.problems import Problem
from answerback.api.settings import Some, Span, shifts, spans
from answerback.store import models
from answerback.store.queries.told.bookable import AREA_WAYS, RESOURCES, TIME_OFF, AreaWay, Resource, TimeOff
from answerback.store.queries.told.setup import MEMBERS
from answerback.workflow import bookable, premises
from answerback.workflow.bookable import Days

router = Router(tags=["Calendar"])


class WhichTimeOff(Paged):
    """Whose, and which is not over."""

    member: RowId | None = None
    ends_after: Bound | None = None


class WhichThings(Paged):
    """Of which kind."""

    kind: Word | None = None


class BookableDays(Asked):
    """Whether and when a member can be booked. Null hours are the business's; with a location only there."""

    bookable: bool
    shifts: Annotated[list[Span], Field(max_length=21)] | None = None
    location_id: RowId | None = None


class NewTimeOff(Asked):
    """From when to when, and why; the why is for your own people."""

    starts_at: Moment
    ends_at: Moment
    why: Annotated[str, Field(max_length=60, pattern=r"^[^\u0000]*$")] = ""


class TimeOffKept(Asked):
    """What was written down, and how many appointments stand in that time: move them."""

    time_off: TimeOff
    appointments: int


class NewThings(Asked):
    """So many more of a kind."""

    kind: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^\u0000]*[^\s\u0000][^\u0000]*$")]
    count: Annotated[int, Field(ge=1, le=20)] = 1
    location_id: RowId | None = None


class ThingChange(Asked):
    """Another name, and whether it is in use."""

    name: Some
    active: bool = True


class Way(Asked):
    """How many minutes the way between two areas takes."""

    one: Some
    other: Some
    minutes: Annotated[int, Field(ge=0, le=240)]


@reads(router, "/members/{int:id}/bookable", "calendar:read", BookableDays)
def get_bookable_days(request: ApiRequest, id: Id) -> dict[str, object]:
    """Whether and when a member can be booked."""
    row = _member(request, id)
    can = row.id in bookable.members(request.auth.business)
    hours = None if row.hours is None else shifts(row.hours)
    return {"bookable": can, "shifts": hours, "location_id": row.location_id}


@acts(router, "/members/{int:id}/bookable", "calendar:write", BookableDays, method="PUT")
def set_bookable_days(request: ApiRequest, id: Id, days: BookableDays) -> dict[str, object]:
    """Say whether and when a member can be booked."""
    hours = None if days.shifts is None else premises.in_order(spans(days.shifts))
    kept = Days(bookable=days.bookable, hours=hours, location=days.location_id)
    bookable.set_days(_member(request, id), kept)
    return get_bookable_days(request, id)


@reads(router, "/time-off", "calendar:read", page_of(TimeOff))
def list_time_off(request: ApiRequest, which: Query[WhichTimeOff]) -> dict[str, object]:
    """When members cannot be booked."""
    return page(TIME_OFF, request.auth.business, which, member=which.member, ends_after=which.ends_after)


@acts(router, "/members/{int:id}/time-off", "calendar:write", TimeOffKept, status=201)
def take_time_off(request: ApiRequest, id: Id, new: NewTimeOff) -> dict[str, object]:
    """Write time off down; nobody is offered that time."""
    member = _member(request, id)
    standing = bookable.take_off(member, new.starts_at, new.ends_at, " ".join(new.why.split()))
    kept = models.Busy.objects.filter(member=member, source="time_off", during=(new.starts_at, new.ends_at)).first()
    if kept is None:  # somebody has taken it back this very moment
        raise Problem(409, "not_possible", "It was taken back again. Send it once more.")
    return {"time_off": TIME_OFF.one(request.auth.business, kept.id), "appointments": standing}


@acts(router, "/time-off/{int:id}", "calendar:write", None, method="DELETE", status=204)
def end_time_off(request: ApiRequest, id: Id) -> None:
    """Take time off back."""
    bookable.come_back(models.Busy.objects.get(id=TIME_OFF.one(request.auth.business, id).id))


@reads(router, "/things", "calendar:read", page_of(Resource))
def list_things(request: ApiRequest, which: Query[WhichThings]) -> dict[str, object]:
    """The things appointments can need."""
    return page(RESOURCES, request.auth.business, which, kind=which.kind)


@acts(router, "/things", "calendar:write", page_of(Resource), status=201)
def add_things(request: ApiRequest, new: NewThings) -> dict[str, object]:
    """Add so many more of a kind; answers with the first page of all of that kind."""
    bookable.add_things(request.auth.business, new.kind, new.count, new.location_id)
    kind = " ".join(new.kind.split()).casefold()
    return page(RESOURCES, request.auth.business, Paged(), kind=kind)


@acts(router, "/things/{int:id}", "calendar:write", Resource, method="PUT")
def change_thing(request: ApiRequest, id: Id, change: ThingChange) -> Resource:
    """Give a thing another name, or take it out of use; what is booked with it stays."""
    there = RESOURCES.one(request.auth.business, id)
    bookable.change_thing(models.Resource.objects.get(id=there.id), change.name, active=change.active)
    return RESOURCES.one(request.auth.business, id)


@reads(router, "/ways", "calendar:read", page_of(AreaWay))
def list_ways(request: ApiRequest, paged: Query[Paged]) -> dict[str, object]:
    """Ways between areas that are not as the rule `travel` says."""
    return page(AREA_WAYS, request.auth.business, paged)


@acts(router, "/ways", "calendar:write", AreaWay, method="PUT")
def set_way(request: ApiRequest, way: Way) -> AreaWay:
    """Say how long the way between two areas takes."""
    bookable.set_way(request.auth.business, way.one, way.other, way.minutes)
    one, other = sorted(" ".join(area.split()).casefold()[:80] for area in (way.one, way.other))
    kept = models.AreaWay.objects.get(business=request.auth.business, one=one, other=other)
    return AREA_WAYS.one(request.auth.business, kept.id)


@acts(router, "/ways/{int:id}", "calendar:write", None, method="DELETE", status=204)
def remove_way(request: ApiRequest, id: Id) -> None:
    """Let the usual way hold again."""
    models.AreaWay.objects.filter(id=AREA_WAYS.one(request.auth.business, id).id).delete()


def _member(request: ApiRequest, id: int) -> models.Member:
    there = MEMBERS.one(request.auth.business, id)
    return models.Member.objects.select_related("business").get(id=there.id)
