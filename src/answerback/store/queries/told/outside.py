"""What of a business stands elsewhere, as programs are told of it: accounts at providers, calendars, a CRM's copies.

Never here: settings and secrets of any of them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from answerback.store.queries.told.listing import Listing


@dataclass(frozen=True, slots=True)
class Connection:
    """An account at a phone provider."""

    id: int
    provider: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OutsideCalendar:
    """A member's calendar elsewhere. `problem` says what keeps it from working; only a person can sign in again."""

    id: int
    member_id: int
    member: str
    provider: str
    writes: bool
    read_at: datetime | None
    problem: str
    sign_in_needed: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class CrmCopy:
    """One thing of ours as it stands in the CRM, or waits to. `kind` and `local` name ours, `remote` the record there.

    It waits while `due_at` is set; `dead_at`: the CRM refuses it, and `problem` says why. `choices` are records there
    of which a person must choose one.
    """

    id: int
    kind: str
    local: int
    contact_id: int
    remote: str
    url: str
    due_at: datetime | None
    dead_at: datetime | None
    copied_at: datetime | None
    tries: int
    problem: str
    choices: list[Any] | None


CONNECTIONS = Listing(
    shape=Connection,
    select="SELECT x.id, x.provider, x.name, x.created_at FROM connection x",
    id="x.id",
    business="x.business_id",
)

OUTSIDE_CALENDARS = Listing(
    shape=OutsideCalendar,
    select="""
SELECT o.id, o.member_id, m.name, o.provider, o.writes, o.read_at, o.problem, o.sign_in_needed, o.created_at
FROM outside_calendar o JOIN member m ON m.id = o.member_id AND o.provider <> 'built_in'""",
    id="o.id",
    business="o.business_id",
    only={"member": "o.member_id = %(member)s"},
)

CRM_COPIES = Listing(
    shape=CrmCopy,
    select="""
SELECT y.id, y.kind, y.local, y.contact_id, y.remote, y.url, y.due_at, y.dead_at, y.copied_at, y.tries, y.problem,
       y.choices
FROM crm_copy y""",
    id="y.id",
    business="y.business_id",
    only={
        "contact": "y.contact_id = %(contact)s",
        "refused": "(y.dead_at IS NOT NULL) = %(refused)s",
        "asks": "(y.choices IS NOT NULL) = %(asks)s",
        "waiting": "(y.due_at IS NOT NULL) = %(waiting)s",
    },
    json=frozenset({11}),
)
