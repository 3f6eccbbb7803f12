"""Appointments, and the times that can be booked now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ninja import Query, Router

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Cents, Email, Id, Moment, Name, RowId, Word
from answerback.api.operations import acts, page_of, reads
from answerback.api.paging import Paged, page
from answerback.store.queries.told.setup import MEMBERS
from answerback.store.queries.told.talk import CONVERSATIONS
from answerback.store.queries.told.work import APPOINTMENTS, Appointment
from answerback.workflow import calendar_desk, desk_bookings
from answerback.workflow.desk_bookings import Wanted

router = Router(tags=["Calendar"])

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
    starts_from: Moment | None = None
    starts_before: Moment | None = None
    changed_since: Moment | None = None


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
    """Whether the customer was there, and what it cost."""

    kept: bool
    cents: Cents | None = None


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
    return APPOINTMENTS.one(request.auth.business, desk_bookings.book(there.id, wanted))


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
    """Say whether the customer was there, and what it cost."""
    calendar_desk.end(APPOINTMENTS.one(request.auth.business, id).id, kept=ended.kept, cents=ended.cents)
    return APPOINTMENTS.one(request.auth.business, id)
