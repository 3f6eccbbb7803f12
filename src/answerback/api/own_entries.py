"""What stands in members' built-in calendars besides appointments: put in, changed, taken out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from ninja import Query, Router
from pydantic import Field

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Bound, Id, Moment, RowId
from answerback.api.operations import acts, page_of, reads
from answerback.api.paging import Paged, page
from answerback.store import models
from answerback.store.queries.own_entries import OwnEntry as Row
from answerback.store.queries.told.bookable import OWN_ENTRIES
from answerback.store.queries.told.setup import MEMBERS
from answerback.workflow import built_in, own_entries
from answerback.workflow.own_entries import MOST_WEEKS, Thing

router = Router(tags=["Calendar"])

Title = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\u0000]*[^\s\u0000][^\u0000]*$")]


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """Something in a member's built-in calendar that is no appointment.

    Nobody is offered that time, unless it is `free`. `repeats`: other weeks of it stand there too. `version` tells
    this state from every other: a change is made to a version.
    """

    id: int
    member_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    free: bool
    repeats: bool
    changed_at: datetime
    version: str


class WhichOwnEntries(Paged):
    """Whose, and between which moments."""

    member: RowId | None = None
    ends_after: Bound | None = None
    starts_before: Bound | None = None


class OwnEntryChange(Asked):
    """What it is now, made to the `version` that was read."""

    title: Title
    starts_at: Moment
    ends_at: Moment
    free: bool = False
    version: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\u0000]*$")]


class NewOwnEntry(Asked):
    """What to put in; at the same time of so many weeks."""

    title: Title
    starts_at: Moment
    ends_at: Moment
    free: bool = False
    weeks: Annotated[int, Field(ge=1, le=MOST_WEEKS)] = 1


class TakenOut(Asked):
    """How many entries were taken out."""

    count: int


class HowMuch(Asked):
    """Only this one, or those of its weeks that come after it too."""

    and_later: bool = False


@reads(router, "/own-entries", "calendar:read", page_of(OwnEntry))
def list_own_entries(request: ApiRequest, which: Query[WhichOwnEntries]) -> dict[str, object]:
    """What stands in members' built-in calendars besides appointments."""
    only = {"member": which.member, "ends_after": which.ends_after, "starts_before": which.starts_before}
    return _told(page(OWN_ENTRIES, request.auth.business, which, **only))


@reads(router, "/own-entries/{int:id}", "calendar:read", OwnEntry)
def get_own_entry(request: ApiRequest, id: Id) -> OwnEntry:
    """One entry."""
    return _shown(OWN_ENTRIES.one(request.auth.business, id))


@acts(router, "/members/{int:id}/own-entries", "calendar:write", page_of(OwnEntry), status=201)
def put_own_entry(request: ApiRequest, id: Id, new: NewOwnEntry) -> dict[str, object]:
    """Put something into a member's calendar; an appointment that stands at that time becomes a to-do."""
    there = MEMBERS.one(request.auth.business, id)
    member = models.Member.objects.select_related("business").get(id=there.id)
    key = own_entries.put(member, _thing(new), new.weeks)
    whole = Paged(limit=MOST_WEEKS)
    return _told(page(OWN_ENTRIES, request.auth.business, whole, member=member.id, series=key))


@acts(router, "/own-entries/{int:id}", "calendar:write", OwnEntry, method="PUT")
def change_own_entry(request: ApiRequest, id: Id, change: OwnEntryChange) -> OwnEntry:
    """Change this one entry; refused with `outdated` where somebody changed it since that version."""
    own_entries.change(OWN_ENTRIES.one(request.auth.business, id), _thing(change), change.version)
    return _shown(OWN_ENTRIES.one(request.auth.business, id))


@acts(router, "/own-entries/{int:id}", "calendar:write", TakenOut, method="DELETE")
def take_own_entry_out(request: ApiRequest, id: Id, how: Query[HowMuch]) -> dict[str, object]:
    """Take an entry out; that time is open again."""
    standing = OWN_ENTRIES.one(request.auth.business, id)
    return {"count": len(own_entries.take_out(standing, and_later=how.and_later))}


def _thing(asked: NewOwnEntry | OwnEntryChange) -> Thing:
    return Thing(title=" ".join(asked.title.split()), start=asked.starts_at, end=asked.ends_at, free=asked.free)


def _told(listed: dict[str, object]) -> dict[str, object]:
    rows: object = listed["items"]
    assert isinstance(rows, list)
    return listed | {"items": [_shown(row) for row in rows]}


def _shown(row: Row) -> OwnEntry:
    return OwnEntry(
        id=row.id,
        member_id=row.member,
        title=row.title,
        starts_at=row.start,
        ends_at=row.end,
        free=row.free,
        repeats=row.repeats,
        changed_at=row.changed_at,
        version=built_in.version(row),
    )
