"""Appointments, and the times that can be booked now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from ninja import Path, Query, Router
from pydantic import Field

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Bound, Cents, Email, Id, Moment, Name, RowId, Word
from answerback.api.operations import acts, page_of, reads
from answerback.api.paging import Paged, page
from answerback.api.problems import Problem
from answerback.engine.playbook import Playbook
from answerback.store import models
from answerback.store.queries.told.setup import APPOINTMENT_TYPES, MEMBERS, AppointmentType
from answerback.store.queries.told.talk import CONVERSATIONS
from answerback.store.queries.told.work import APPOINTMENTS, Appointment
from answerback.workflow import appointment_types, calendar_desk, desk_bookings, directory
from answerback.workflow.desk_bookings import Wanted

router = Router(tags=["Calendar"])

Service = Annotated[str, Path(min_length=1, max_length=60, pattern=r"^[a-z0-9_]+$")]

AppointmentStatus = Literal["booked", "done", "no_show", "cancelled"]


@dataclass(frozen=True, slots=True)
class Opening:
    """A time that can be booked now, and with whom."""

    starts_at: datetime
    ends_at: datetime
    member_ids: list[int]


class Openings(Asked):
    """Times that can be booked now, soonest first."""

    items: list[Opening]


class WhichAppointments(Paged):
    """Which appointments."""

    status: AppointmentStatus | None = None
    member: RowId | None = None
    conversation: RowId | None = None
    starts_from: Bound | None = None
    starts_before: Bound | None = None
    changed_since: Bound | None = None


class Sought(Asked):
    """For which service of the playbook, or for which conversation."""

    service: Word = ""
    conversation: RowId | None = None


class NewAppointment(Asked):
    """A time for the customer of a conversation; it must be an opening. What is empty is taken from what is known."""

    conversation_id: RowId
    starts_at: Moment
    name: Name = ""
    address: Name = ""
    email: Email = ""


class Move(Asked):
    """A new time, and another member where the appointment changes hands."""

    starts_at: Moment
    member_id: RowId | None = None


class Ended(Asked):
    """Whether the customer was there, what it cost, and the number of its invoice or receipt, which counts once."""

    kept: bool
    cents: Cents | None = None
    job: Word = ""


class Terms(Asked):
    """What an appointment for a service needs. What is null is as the playbook or the business's settings say."""

    minutes: Annotated[int, Field(ge=5, le=720)] | None = None
    before: Annotated[int, Field(ge=0, le=240)] = 0
    after: Annotated[int, Field(ge=0, le=240)] = 0
    step: Annotated[int, Field(ge=5, le=240)] | None = None
    lead_minutes: Annotated[int, Field(ge=0, le=43_200)] | None = None
    horizon_days: Annotated[int, Field(ge=1, le=120)] | None = None
    member_ids: Annotated[list[RowId], Field(max_length=200)] = []
    needs: Annotated[str, Field(max_length=40, pattern=r"^[^\u0000]*$")] = ""
    deposit_cents: Annotated[int, Field(ge=0, le=999_999_00)] | None = None
    active: bool = True


class Asking(Asked):
    """Which time for which service."""

    starts_at: Moment
    service: Word = ""


@dataclass(frozen=True, slots=True)
class WhyNot:
    """One thing that keeps a time from being offered."""

    rule: str
    says: str
    member_id: int | None


class Obstacles(Asked):
    """What keeps a time from being offered; empty where it is offered."""

    items: list[WhyNot]


@reads(router, "/appointments", "calendar:read", page_of(Appointment))
def list_appointments(request: ApiRequest, which: Query[WhichAppointments]) -> dict[str, object]:
    """Appointments, the newest first."""
    return page(
        APPOINTMENTS,
        request.auth.business,
        which,
        status=which.status,
        member=which.member,
        conversation=which.conversation,
        starts_from=which.starts_from,
        starts_before=which.starts_before,
        changed_since=which.changed_since,
    )


@reads(router, "/appointments/{int:id}", "calendar:read", Appointment)
def get_appointment(request: ApiRequest, id: Id) -> Appointment:
    """One appointment."""
    return APPOINTMENTS.one(request.auth.business, id)


@reads(router, "/openings", "calendar:read", Openings)
def list_openings(request: ApiRequest, sought: Query[Sought]) -> dict[str, object]:
    """The times that can be booked now."""
    if sought.conversation is not None:
        CONVERSATIONS.one(request.auth.business, sought.conversation)
    found = desk_bookings.openings(request.auth.business, service=sought.service, conversation=sought.conversation)
    return {"items": [Opening(each.start, each.end, list(each.members)) for each in found]}


@acts(router, "/appointments", "calendar:write", Appointment, status=201)
def book_appointment(request: ApiRequest, new: NewAppointment) -> Appointment:
    """Book an opening for the customer of a conversation. Refused when somebody was faster."""
    there = CONVERSATIONS.one(request.auth.business, new.conversation_id)
    wanted = Wanted(start=new.starts_at, name=new.name, address=new.address, email=new.email)
    return APPOINTMENTS.one(request.auth.business, desk_bookings.book(there.id, wanted).id)


@acts(router, "/appointments/{int:id}/move", "calendar:write", Appointment)
def move_appointment(request: ApiRequest, id: Id, move: Move) -> Appointment:
    """Move an appointment. The customer hears of it."""
    standing = APPOINTMENTS.one(request.auth.business, id)
    member = standing.member_id
    if move.member_id is not None:
        member = MEMBERS.one(request.auth.business, move.member_id).id
    calendar_desk.move(standing.id, member, move.starts_at)
    return APPOINTMENTS.one(request.auth.business, id)


@acts(router, "/appointments/{int:id}/cancel", "calendar:write", Appointment)
def cancel_appointment(request: ApiRequest, id: Id) -> Appointment:
    """Give an appointment up. The customer hears of it."""
    calendar_desk.give_up(APPOINTMENTS.one(request.auth.business, id).id)
    return APPOINTMENTS.one(request.auth.business, id)


@acts(router, "/appointments/{int:id}/end", "calendar:write", Appointment)
def end_appointment(request: ApiRequest, id: Id, ended: Ended) -> Appointment:
    """Say whether the customer was there, and what it cost: that stands in the revenue ledger then."""
    standing = APPOINTMENTS.one(request.auth.business, id)
    calendar_desk.end(standing.id, kept=ended.kept, cents=ended.cents, by=request.auth.actor, job=ended.job.strip())
    return APPOINTMENTS.one(request.auth.business, id)


@reads(router, "/openings/why-not", "calendar:read", Obstacles)
def explain_opening(request: ApiRequest, asked: Query[Asking]) -> dict[str, object]:
    """Why a time is not offered for a service."""
    _playbook(request.auth.business)
    found = appointment_types.why_not(request.auth.business, asked.service, asked.starts_at)
    return {"items": [WhyNot(each.rule, each.words, each.person) for each in found]}


@reads(router, "/appointment-types", "calendar:read", page_of(AppointmentType))
def list_appointment_types(request: ApiRequest, paged: Query[Paged]) -> dict[str, object]:
    """What appointments need, service by service."""
    return page(APPOINTMENT_TYPES, request.auth.business, paged)


@acts(router, "/appointment-types/{service}", "calendar:write", AppointmentType, method="PUT")
def set_appointment_type(request: ApiRequest, service: Service, terms: Terms) -> AppointmentType:
    """Say what an appointment for a service of the playbook needs; `default` is for all others."""
    business, name = request.auth.business, "" if service == "default" else service
    if name and _playbook(business).service(name) is None:
        raise Problem(409, "not_possible", f"The playbook has no service {name}.")
    told = terms.dict(exclude={"member_ids", "deposit_cents"})
    kept = appointment_types.Terms(**told, members=tuple(terms.member_ids), deposit=terms.deposit_cents)
    appointment_types.save(business, name, kept)
    return APPOINTMENT_TYPES.page(business, {"service": name}, rows=1)[0]


def _playbook(business: int) -> Playbook:
    row = models.Business.objects.get(id=business)
    if row.playbook_id is None:
        raise Problem(409, "not_possible", "This business has no playbook yet. Publish one first.")
    return directory.known(row.id, row.revision, row.playbook_id).rules.playbook
