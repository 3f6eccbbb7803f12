"""The business's CRM elsewhere: connect it, how it is doing, what it refuses, what a person must choose, what differs.

Signing in at the CRM is a person's act in a browser and stays in the console; everything else is here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

from ninja import Query, Router
from pydantic import Field

from answerback.api.calendars import NewSettings, Values, WaitingCopies, complete
from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Id, RowId
from answerback.api.lines import Findings, found
from answerback.api.operations import acts, page_of, reads
from answerback.api.paging import Paged, page
from answerback.api.problems import NOT_FOUND, Problem
from answerback.ports import registry
from answerback.ports.crm import Way
from answerback.ports.errors import PortError
from answerback.store import models
from answerback.store.queries.told.outside import CRM_COPIES, CrmCopy
from answerback.workflow import clock, connecting, crm_mapping, crm_report, crms

router = Router(tags=["CRM"])

Remote = Annotated[str, Field(max_length=120, pattern=r"^[^\u0000]*$")]


class NewCrm(Asked):
    """Which CRM, and the settings it asks for."""

    provider: Annotated[str, Field(min_length=1, max_length=40)]
    settings: Values = {}


@dataclass(frozen=True, slots=True)
class CrmField:
    """One field of ours: the field there it goes to, whose word counts, and how our words are translated.

    `way`: `out` ours is written over theirs, `fill` only where theirs is empty, `in` theirs is read, `off` neither.
    """

    name: str
    remote: str
    way: Way
    ways: list[Way]
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Crm:
    """The CRM and how it is doing. `problem` says what keeps it from working, until `rests_until`."""

    provider: str
    paused: bool
    waiting: int
    refused: int
    asks: int
    problem: str
    sign_in_needed: bool
    read_at: datetime | None
    rests_until: datetime | None
    fields: list[CrmField]


class FieldChoice(Asked):
    """Where a field goes, whose word counts, and how our words are translated."""

    remote: Annotated[str, Field(max_length=100, pattern=r"^[^\u0000]*$")] | None = None
    way: Way | None = None
    values: Annotated[dict[str, Annotated[str, Field(max_length=100)]], Field(max_length=30)] | None = None


class Mapping(Asked):
    """What is to be changed, by our names of the fields; what is left out is as it is by default."""

    fields: Annotated[dict[str, FieldChoice], Field(max_length=60)]


class WhichCopies(Paged):
    """Which copies. `refused` are dead letters, `asks` those of which a person must choose a record."""

    contact: RowId | None = None
    refused: bool | None = None
    asks: bool | None = None
    waiting: bool | None = None


class FillBack(Asked):
    """How many days of earlier leads."""

    days: Annotated[int, Field(ge=1, le=3650)] = 30


class Chosen(Asked):
    """The record's id there, or empty where it is none of them."""

    record: Remote


class CrmReport(Asked):
    """What differs between ours and the CRM, and why, line by line. Null `made_at`: it is being made."""

    asked_at: datetime
    made_at: datetime | None
    compared: int
    problem: str
    lines: list[dict[str, Any]]


@reads(router, "/crm", "settings:read", Crm)
def get_crm(request: ApiRequest) -> Crm:
    """The CRM and how it is doing."""
    return _told(_mine(request))


@acts(router, "/crm", "settings:write", Crm, status=201)
def connect_crm(request: ApiRequest, new: NewCrm) -> Crm:
    """Connect a CRM. What happens from now on is copied; one that is signed in to waits for that."""
    if crms.of_business(request.auth.business) is not None:
        raise Problem(409, "not_possible", "There is a CRM already. Disconnect it first.")
    try:
        kind = registry.crm(new.provider)
    except LookupError:
        raise Problem(409, "not_possible", f"There is no kind of CRM {new.provider!r} here.") from None
    complete(kind.settings, new.settings)
    crms.connect(request.auth.business, kind.name, new.settings)
    return get_crm(request)


@acts(router, "/crm", "settings:write", Crm, method="PATCH")
def change_crm(request: ApiRequest, change: NewSettings) -> Crm:
    """Give it other settings."""
    row = _mine(request)
    open_ones = [each for each in registry.crm(row.provider).settings if not each.secret]
    complete(tuple(each for each in open_ones if each.name in change.settings), change.settings)
    crms.change(row.id, change.settings)
    return get_crm(request)


@acts(router, "/crm/app", "settings:write", None, method="PUT", status=204)
def set_crm_app(request: ApiRequest, given: NewSettings) -> None:
    """Enter the business's registration at a CRM that is signed in to."""
    kind = registry.crm(_mine(request).provider)
    wanted = crms.app_settings(kind)
    if not wanted:
        raise NOT_FOUND
    kept = connecting.app(request.auth.business, kind.name)
    complete(tuple(each for each in wanted if not (each.secret and kept)), given.settings)
    connecting.set_app(request.auth.business, kind.name, wanted, given.settings)


@acts(router, "/crm/fields", "settings:write", Crm, method="PUT")
def map_crm_fields(request: ApiRequest, mapping: Mapping) -> Crm:
    """Say which field goes where and whose word counts. It holds for what is copied from now on."""
    row = _mine(request)
    kind = registry.crm(row.provider)
    known = {each.name for each in kind.fields}
    if unknown := sorted(mapping.fields.keys() - known):
        raise Problem(409, "not_possible", f"There is no field {', '.join(unknown)}. There are: {', '.join(known)}.")
    wanted = {name: choice.dict(exclude_none=True) for name, choice in mapping.fields.items()}
    for field in kind.fields:
        said = wanted.setdefault(field.name, {})
        wanted[field.name] = {"way": field.way, "remote": field.remote} | said
        if field.valued:
            wanted[field.name]["values"] = {**field.values, **said.get("values", {})}
    try:
        choices = crms.choices(row.id)
    except PortError:  # it cannot say so now; then values are taken as they are
        choices = {}
    if problems := crm_mapping.problems(kind, wanted, choices):
        raise Problem(409, "not_possible", " ".join(map(str, problems)))
    crms.set_mapping(row.id, wanted)
    return get_crm(request)


@acts(router, "/crm/test", "settings:write", Findings)
def check_crm(request: ApiRequest) -> dict[str, object]:
    """Try it without leaving a trace."""
    return found(crms.check(_mine(request).id))


@acts(router, "/crm/try-now", "settings:write", WaitingCopies)
def try_crm(request: ApiRequest) -> dict[str, int]:
    """Read it now and copy what waits for it; also out of a pause."""
    return {"waiting": crms.try_now(_mine(request).id)}


@acts(router, "/crm/pause", "settings:write", Crm)
def pause_crm(request: ApiRequest) -> Crm:
    """Copy nothing for now; `try-now` goes on."""
    crms.set_paused(_mine(request).id)
    return get_crm(request)


@acts(router, "/crm/fill-back", "settings:write", WaitingCopies)
def fill_crm_back(request: ApiRequest, back: FillBack) -> dict[str, int]:
    """Copy earlier leads."""
    return {"waiting": crms.fill_back(_mine(request).id, clock.now() - timedelta(days=back.days))}


@acts(router, "/crm/try-refused", "settings:write", WaitingCopies)
def try_refused_copies(request: ApiRequest) -> dict[str, int]:
    """Try everything again that was refused."""
    return {"waiting": crms.try_dead_again(_mine(request).id)}


@reads(router, "/crm/copies", "settings:read", page_of(CrmCopy))
def list_crm_copies(request: ApiRequest, which: Query[WhichCopies]) -> dict[str, object]:
    """What of ours stands in the CRM, waits, was refused or needs a person."""
    only = {"contact": which.contact, "refused": which.refused, "asks": which.asks, "waiting": which.waiting}
    return page(CRM_COPIES, request.auth.business, which, **only)


@acts(router, "/crm/copies/{int:id}/try-again", "settings:write", CrmCopy)
def try_copy_again(request: ApiRequest, id: Id) -> CrmCopy:
    """Try one thing again that was refused."""
    copy = CRM_COPIES.one(request.auth.business, id)
    crms.try_dead_again(_mine(request).id, copy.id)
    return CRM_COPIES.one(request.auth.business, id)


@acts(router, "/crm/copies/{int:id}/choose", "settings:write", CrmCopy)
def choose_crm_record(request: ApiRequest, id: Id, chosen: Chosen) -> CrmCopy:
    """Say which of several records there a contact is, or that it is none of them."""
    copy = CRM_COPIES.one(request.auth.business, id)
    if chosen.record and chosen.record not in {str(each["id"]) for each in copy.choices or ()}:
        raise Problem(409, "not_possible", "This record is not among the choices.")
    crms.choose(_mine(request).id, copy.id, chosen.record)
    return CRM_COPIES.one(request.auth.business, id)


@acts(router, "/crm/report", "settings:write", CrmReport, status=202)
def ask_for_crm_report(request: ApiRequest) -> dict[str, object]:
    """Let ours and the CRM be compared."""
    crm_report.ask_for(_mine(request).id)
    return get_crm_report(request)


@reads(router, "/crm/report", "settings:read", CrmReport)
def get_crm_report(request: ApiRequest) -> dict[str, object]:
    """What the last comparison found."""
    row = models.CrmReport.objects.filter(crm=_mine(request)).first()
    if row is None:
        raise NOT_FOUND
    names = ("asked_at", "made_at", "compared", "problem", "lines")
    return {name: getattr(row, name) for name in names}


@acts(router, "/crm", "settings:write", None, method="DELETE", status=204)
def disconnect_crm(request: ApiRequest) -> None:
    """Take the CRM away. What was copied stays there."""
    crms.disconnect(_mine(request).id)


def _mine(request: ApiRequest) -> models.OutsideCrm:
    row = crms.of_business(request.auth.business)
    if row is None:
        raise NOT_FOUND
    return row


def _told(row: models.OutsideCrm) -> Crm:
    kind = registry.crm(row.provider)
    copies = models.CrmCopy.objects.filter(crm=row)
    ways = {each.name: list(each.ways) for each in kind.fields}
    fields = [
        CrmField(each.name, each.remote, each.way, ways[each.name], dict(each.values))
        for each in crm_mapping.mapping(kind, row.mapping).fields
    ]
    return Crm(
        provider=row.provider,
        paused=row.paused,
        waiting=copies.filter(due_at__isnull=False).count(),
        refused=copies.filter(dead_at__isnull=False).count(),
        asks=copies.filter(choices__isnull=False).count(),
        problem=row.problem,
        sign_in_needed=row.sign_in_needed,
        read_at=row.read_at,
        rests_until=row.rests_until,
        fields=fields,
    )
