"""Who is on call: the week, overrides, and fire drills."""

from datetime import time
from typing import Annotated

from ninja import Query, Router
from pydantic import Field

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Bound, Id, Moment, RowId, Word
from answerback.api.operations import acts, page_of, reads
from answerback.api.paging import Paged, page
from answerback.api.settings import Clock
from answerback.store.queries.told.bookable import OVERRIDES, SHIFTS, Override, Shift
from answerback.store.queries.told.setup import MEMBERS, Member
from answerback.workflow import drills, on_call

router = Router(tags=["On call"])

Rung = Annotated[int, Field(ge=1, le=9)]
Weekday = Annotated[int, Field(ge=0, le=7)]


class WhichShifts(Paged):
    """Whose."""

    member: RowId | None = None


class WhichOverrides(Paged):
    """Whose, and which are not over."""

    member: RowId | None = None
    ends_after: Bound | None = None


class NewShifts(Asked):
    """A member on call on these days (Monday is 0, 7 a holiday); an end no later than the start is the next day's."""

    member_id: RowId
    days: Annotated[list[Weekday], Field(min_length=1, max_length=8)]
    starts: Clock
    ends: Clock
    rung: Rung = 1
    location_id: RowId | None = None
    service: Word = ""


class NewOverride(Asked):
    """For once this member, or nobody where it is null."""

    member_id: RowId | None
    starts_at: Moment
    ends_at: Moment
    rung: Rung = 1
    location_id: RowId | None = None
    service: Word = ""
    reason: Annotated[str, Field(max_length=120, pattern=r"^[^\u0000]*$")] = ""


class WakingChange(Asked):
    """How somebody is woken: by a call besides the text, and whether customers' texts reach their own phone."""

    rings: bool
    relays: bool


class DrillBegun(Asked):
    """The test code that whoever is on call was texted."""

    code: int


@reads(router, "/on-call/shifts", "settings:read", page_of(Shift))
def list_shifts(request: ApiRequest, which: Query[WhichShifts]) -> dict[str, object]:
    """Who is on call, week by week."""
    return page(SHIFTS, request.auth.business, which, member=which.member)


@acts(router, "/on-call/shifts", "settings:write", page_of(Shift), status=201)
def add_shifts(request: ApiRequest, new: NewShifts) -> dict[str, object]:
    """Put somebody on call; answers with the first page of their shifts."""
    on_call.add_shift(
        request.auth.business,
        new.member_id,
        tuple(sorted(set(new.days))),
        time.fromisoformat(new.starts),
        time.fromisoformat(new.ends),
        rung=new.rung,
        location=new.location_id,
        service=new.service,
    )
    return page(SHIFTS, request.auth.business, Paged(), member=new.member_id)


@acts(router, "/on-call/shifts/{int:id}", "settings:write", None, method="DELETE", status=204)
def remove_shift(request: ApiRequest, id: Id) -> None:
    """Take a shift out of the week."""
    on_call.remove_shift(SHIFTS.one(request.auth.business, id).id)


@reads(router, "/on-call/overrides", "settings:read", page_of(Override))
def list_overrides(request: ApiRequest, which: Query[WhichOverrides]) -> dict[str, object]:
    """When for once somebody else is on call."""
    return page(OVERRIDES, request.auth.business, which, member=which.member, ends_after=which.ends_after)


@acts(router, "/on-call/overrides", "settings:write", Override, status=201)
def add_override(request: ApiRequest, new: NewOverride) -> Override:
    """For once let somebody else be on call; it counts before the week."""
    made = on_call.add_override(
        request.auth.business,
        new.member_id,
        new.starts_at,
        new.ends_at,
        rung=new.rung,
        location=new.location_id,
        service=new.service,
        reason=new.reason,
    )
    return OVERRIDES.one(request.auth.business, made.id)


@acts(router, "/on-call/overrides/{int:id}", "settings:write", None, method="DELETE", status=204)
def remove_override(request: ApiRequest, id: Id) -> None:
    """Let the week hold again."""
    on_call.remove_override(OVERRIDES.one(request.auth.business, id).id)


@acts(router, "/members/{int:id}/waking", "settings:write", Member, method="PUT")
def set_waking(request: ApiRequest, id: Id, wanted: WakingChange) -> Member:
    """Say how somebody is woken, and whether texts of customers they have are passed on to their phone."""
    on_call.set_ways(MEMBERS.one(request.auth.business, id).id, rings=wanted.rings, relays=wanted.relays)
    return MEMBERS.one(request.auth.business, id)


@acts(router, "/on-call/drill", "settings:write", DrillBegun, status=201)
def start_drill(request: ApiRequest) -> dict[str, int]:
    """Text whoever is on call, as for a real case, to see who answers. Refused while one runs."""
    return {"code": drills.start(request.auth.business)}


@acts(router, "/on-call/drill", "settings:write", None, method="DELETE", status=204)
def stop_drill(request: ApiRequest) -> None:
    """End the drill that runs."""
    drills.stop(request.auth.business)
