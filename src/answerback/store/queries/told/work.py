"""To-dos, pages and appointments, as programs are told of them."""

from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries.told.listing import Listing


@dataclass(frozen=True, slots=True)
class Todo:
    """What a person is asked to do. Open while `closed_at` is null; `outcome` says what came of it."""

    id: int
    conversation_id: int
    name: str
    number: str
    kind: str
    title: str
    urgent: bool
    due_at: datetime
    opened_at: datetime
    closed_at: datetime | None
    closed_by: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Page:
    """The person on call is being woken; nobody has taken it while `taken_at` is null."""

    id: int
    conversation_id: int
    name: str
    number: str
    reason: str
    summary: str
    opened_at: datetime
    taken_at: datetime | None
    taken_by: str


@dataclass(frozen=True, slots=True)
class Appointment:
    """A booked time of one member. `status` is booked, done, no_show or cancelled. `version` rises when it moves."""

    id: int
    conversation_id: int
    contact_id: int
    name: str
    number: str
    email: str
    member_id: int
    member: str
    location: str
    service: str
    starts_at: datetime
    ends_at: datetime
    status: str
    address: str
    notes: str
    cents: int | None
    version: int
    created_at: datetime
    updated_at: datetime


TODOS = Listing(
    shape=Todo,
    select="""
SELECT t.id, t.conversation_id, k.name, k.number, t.kind, t.title, t.urgent, t.due_at, t.opened_at, t.closed_at,
       COALESCE(b.name, ''), t.outcome
FROM todo t JOIN conversation c ON c.id = t.conversation_id JOIN contact k ON k.id = c.contact_id
LEFT JOIN member b ON b.id = t.closed_by_id""",
    id="t.id",
    business="t.business_id",
    only={
        "open": "(t.closed_at IS NULL) = %(open)s",
        "conversation": "t.conversation_id = %(conversation)s",
        "since": "t.opened_at >= %(since)s",
    },
)

PAGES = Listing(
    shape=Page,
    select="""
SELECT p.id, p.conversation_id, k.name, k.number, p.reason, p.summary, p.opened_at, p.taken_at, COALESCE(b.name, '')
FROM page p JOIN conversation c ON c.id = p.conversation_id JOIN contact k ON k.id = c.contact_id
LEFT JOIN member b ON b.id = p.taken_by_id""",
    id="p.id",
    business="p.business_id",
    only={"open": "(p.taken_at IS NULL) = %(open)s", "conversation": "p.conversation_id = %(conversation)s"},
)

APPOINTMENTS = Listing(
    shape=Appointment,
    select="""
SELECT a.id, a.conversation_id, a.contact_id, COALESCE(NULLIF(a.name, ''), k.name), k.number, k.email, a.member_id,
       b.name, COALESCE(o.name, ''), a.service, lower(a.during), upper(a.during), a.status, a.address, a.notes, a.cents,
       a.version, a.created_at, a.updated_at
FROM appointment a JOIN contact k ON k.id = a.contact_id JOIN member b ON b.id = a.member_id
LEFT JOIN location o ON o.id = a.location_id""",
    id="a.id",
    business="a.business_id",
    only={
        "status": "a.status = %(status)s",
        "member": "a.member_id = %(member)s",
        "conversation": "a.conversation_id = %(conversation)s",
        "starts_from": "lower(a.during) >= %(starts_from)s",
        "starts_before": "lower(a.during) < %(starts_before)s",
        "changed_since": "a.updated_at >= %(changed_since)s",
    },
    always="a.status <> 'held' AND a.hold_until IS NULL",
)
