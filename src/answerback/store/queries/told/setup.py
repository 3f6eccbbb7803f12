"""How a business is set up, as programs are told of it: lines, members, locations, playbook versions."""

from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries.told.listing import Listing


@dataclass(frozen=True, slots=True)
class Line:
    """A phone number of the business, where callers find it, and whether it may text (`sender_state`)."""

    id: int
    number: str
    source: str
    location: str
    provider: str
    sender_state: str
    sender_says: str
    paused_until: datetime | None
    pictures: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A person who works there. `role` is owner, manager, desk or technician. A page `rings` them besides the text;
    with `relays`, texts of customers they have are passed on to their own phone. `phone_is` is `confirmed`, `waits`
    (for the code that was texted there), `stopped` (it said STOP), or empty without a phone.
    """

    id: int
    name: str
    role: str
    phone: str
    email: str
    on_call: bool
    rings: bool
    relays: bool
    phone_is: str


@dataclass(frozen=True, slots=True)
class LineFinding:
    """One thing that was looked at on a line: `level` is red, amber or green, `fix` says what to do."""

    id: int
    line_id: int
    name: str
    level: str
    says: str
    fix: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Location:
    """A place of the business. An empty `zone` is the business's; `own_hours`: it does not keep the business's."""

    id: int
    name: str
    address: str
    zone: str
    own_hours: bool


@dataclass(frozen=True, slots=True)
class AppointmentType:
    """What an appointment for a service needs; an empty `service` is the default for all others.

    Null is as the playbook or the business's settings say. `member_ids` may do it, all when empty; `needs` is a kind
    of resource. Minutes `before` and `after` are kept free.
    """

    id: int
    service: str
    minutes: int | None
    before: int
    after: int
    step: int | None
    lead_minutes: int | None
    horizon_days: int | None
    member_ids: list[int]
    needs: str
    deposit_cents: int | None
    active: bool


@dataclass(frozen=True, slots=True)
class PlaybookVersion:
    """A published playbook, which never changes. New conversations run by the one that is `current`."""

    id: int
    number: int
    current: bool
    published_at: datetime
    published_by: str


@dataclass(frozen=True, slots=True)
class PlaybookText:
    """A published playbook with its YAML as it was published."""

    id: int
    number: int
    current: bool
    published_at: datetime
    published_by: str
    source: str


LINES = Listing(
    shape=Line,
    select="""
SELECT n.id, n.number, n.source, COALESCE(o.name, ''), x.provider, n.sender_state, n.sender_says, n.paused_until,
       n.media
FROM line n JOIN connection x ON x.id = n.connection_id LEFT JOIN location o ON o.id = n.location_id""",
    id="n.id",
    business="n.business_id",
)

MEMBERS = Listing(
    shape=Member,
    select="""
SELECT m.id, m.name, m.role, m.phone, m.email, m.on_call, m.rings, m.relays, CASE WHEN m.phone = '' THEN ''
    WHEN m.stopped_at IS NOT NULL THEN 'stopped' WHEN m.confirmed = m.phone THEN 'confirmed' ELSE 'waits' END
FROM member m""",
    id="m.id",
    business="m.business_id",
    always="m.left_at IS NULL",
)

LINE_FINDINGS = Listing(
    shape=LineFinding,
    select="SELECT f.id, f.line_id, f.name, f.level, f.says, f.fix, f.since FROM line_finding f",
    id="f.id",
    business="f.business_id",
    only={"line": "f.line_id = %(line)s", "level": "f.level = %(level)s"},
)

LOCATIONS = Listing(
    shape=Location,
    select="SELECT o.id, o.name, o.address, o.zone, o.hours IS NOT NULL FROM location o",
    id="o.id",
    business="o.business_id",
)

APPOINTMENT_TYPES = Listing(
    shape=AppointmentType,
    select="""
SELECT t.id, t.service, t.minutes, t.before, t.after, t.step, t.lead_minutes, t.horizon_days, t.members, t.needs,
       t.deposit, t.active
FROM appointment_type t""",
    id="t.id",
    business="t.business_id",
    only={"service": "t.service = %(service)s"},
    json=frozenset({8}),
)

_VERSION = "v.id, v.number, v.id = b.playbook_id, v.published_at, COALESCE(m.name, '')"
_FROM_VERSION = """FROM playbook_version v JOIN business b ON b.id = v.business_id
LEFT JOIN member m ON m.id = v.published_by_id"""

PLAYBOOKS = Listing(
    shape=PlaybookVersion, select=f"SELECT {_VERSION} {_FROM_VERSION}", id="v.id", business="v.business_id"
)

PLAYBOOK_TEXTS = Listing(
    shape=PlaybookText, select=f"SELECT {_VERSION}, v.source {_FROM_VERSION}", id="v.id", business="v.business_id"
)
