"""What a CRM must offer: find people by number, keep a copy of what happened with them, say what changed and was sold.

An adapter is one directory with one entry point in the group `answerback.crm`. It turns our cards into requests and
answers into plain values; it decides nothing, picks nobody among several, and keeps nothing. It raises only the errors
of `ports.errors`, and `Conflict`: a person is asked to sign in again by `SignInNeeded`, `Unavailable` is tried again,
`Unclear` may have happened, `Refused` never will.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from answerback.ports.connection import Connection, Finding, Setting
from answerback.ports.errors import Refused

Record = Literal["person", "lead"]
"""What a field belongs to: somebody's record in the CRM, or the record of one chance to sell."""

ActivityKind = Literal["call", "text", "note"]

Way = Literal["out", "fill", "in", "off"]
"""Whose word counts for a field: `out` ours is written over theirs · `fill` ours only where theirs is empty or was
written by us · `in` theirs is read and never written · `off` neither."""


class Conflict(Refused):
    """It cannot be written as it is: `code` says why, `id` names the record that stands in the way.

    `exists`: a record with this number, e-mail address or key is there already · `gone`: the record was deleted.
    """

    def __init__(self, detail: str, *, code: str, id: str = "") -> None:
        super().__init__(detail, code=code)
        self.id = id


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of ours that can be copied: its name, what an owner calls it, and the field there it goes to by default.

    `ways` are those that make sense. A field with `valued` holds one of our own words (a status), which is translated
    by the business's table; `values` is the table to begin with. `ours` says that the field there is made by us.
    """

    name: str
    label: str
    record: Record
    remote: str
    way: Way
    ways: tuple[Way, ...]
    valued: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many requests in so many seconds, by the vendor's word."""

    requests: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What this CRM can do; the product does without what is missing, and says so on the page.

    `own_keys`: a record carries our key, by which it is found again at once and cannot be made twice. `search_lag`: for
    how many seconds a search may not see what was just written.
    """

    activities: frozenset[ActivityKind]
    todos: bool
    appointments: bool
    changes: bool
    sales: bool
    own_keys: bool
    search_lag: float
    limit: Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody's record in the CRM. `numbers` in E.164; what cannot be read as one is left out."""

    id: str
    numbers: tuple[str, ...]
    name: str = ""
    created_at: datetime | None = None
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """A contact as it shall stand there. `key` is ours and never changes; `fields` by the CRM's own names."""

    key: str
    number: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadCard:
    """A lead as it shall stand there, with the person's id there; `fields` by the CRM's own names.

    `key` is ours and never changes, such as `answerback-lead-7`.
    """

    key: str
    person: str
    title: str
    opened_at: datetime
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A call, a text or a note on somebody's timeline. `lead` is the lead's id there, empty where there is none.

    `inbound`: they called or wrote to us. `outcome` is a call's: answered, no_answer, busy, voicemail.
    """

    key: str
    kind: ActivityKind
    person: str
    lead: str
    at: datetime
    title: str
    body: str
    inbound: bool = True
    seconds: int | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TodoCard:
    """A to-do of ours as it shall stand there."""

    key: str
    person: str
    lead: str
    title: str
    due_at: datetime
    done: bool
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentCard:
    """An appointment as it shall stand there; `status` is booked, done, no_show or cancelled."""

    key: str
    person: str
    lead: str
    title: str
    starts_at: datetime
    ends_at: datetime
    status: str
    place: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """A record as it stands there now: `fields` by the CRM's own names, changed last at `at`.

    `was` are ids of records that were merged into this one there.
    """

    record: Record
    id: str
    fields: Mapping[str, str]
    at: datetime | None = None
    was: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed since a cursor, oldest first; `more` says that asking again at once gives further ones."""

    changed: tuple[Stands, ...]
    cursor: str
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """Something sold, by the CRM's word: `id` is its record, `people` whose it is, `lead` ours there where it is one.

    `job` is the business's own number of the job where the CRM has one.
    """

    id: str
    people: tuple[str, ...]
    cents: int
    currency: str
    sold_at: datetime
    title: str
    lead: str = ""
    job: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sales:
    """What was sold, or changed since it was, since a cursor. `undone`: records that are no longer sold."""

    sold: tuple[Sale, ...]
    undone: tuple[str, ...]
    cursor: str
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value a field there can have."""

    value: str
    label: str


class Crm(Protocol):
    """One kind of CRM. Every call may be made again without harm, from any thread.

    What carries a key of ours is made once by it where the CRM has `own_keys`; elsewhere `unsure` says that an earlier
    try may have made it, and the adapter looks before it makes another.
    """

    name: str
    title: str
    settings: tuple[Setting, ...]
    abilities: Abilities
    fields: tuple[Field, ...]

    def prepare(self, connection: Connection) -> None:
        """Make there what our copies need (fields of our own). Raises as all the others do."""

    def choices(self, connection: Connection) -> Mapping[str, tuple[Choice, ...]]:
        """What the fields with `valued` can be there, by our field's name."""

    def find(self, connection: Connection, number: str) -> tuple[Person, ...]:
        """Everybody with this very number (E.164), oldest record first. Whom a search only nearly matches is left out.

        Raises rather than answer "nobody" where it could not look.
        """

    def create(self, connection: Connection, card: PersonCard) -> str:
        """Make a person's record, and return its id. Raises `Conflict` (`exists`) where one stands in the way."""

    def update(self, connection: Connection, id: str, card: PersonCard) -> None:
        """Write the card's fields and no others (and our key, where records carry one).

        Raises `Conflict`: `gone` where the record was deleted, `exists` where another has what must be unique.
        """

    def write_lead(self, connection: Connection, card: LeadCard, id: str = "", *, unsure: bool = False) -> str:
        """Make the lead's record, or write its fields where it stands; returns its id. Raises `Conflict` (`gone`)."""

    def append(self, connection: Connection, activity: Activity, *, unsure: bool = False) -> str:
        """Put it on the person's timeline, once; returns its id."""

    def write_todo(self, connection: Connection, card: TodoCard, id: str = "", *, unsure: bool = False) -> str:
        """Make the task there, or change it; returns its id."""

    def write_appointment(
        self, connection: Connection, card: AppointmentCard, id: str = "", *, unsure: bool = False
    ) -> str:
        """Make the appointment there, or change it; returns its id."""

    def look(self, connection: Connection, record: Record, ids: Sequence[str]) -> tuple[Stands, ...]:
        """These records as they stand; those that are gone are missing from the answer."""

    def changes(self, connection: Connection, cursor: str, begin: datetime) -> Changes:
        """People and leads of ours that changed since the cursor, or since `begin` where it is empty or unreadable.

        Some may be told twice, none is left out.
        """

    def sales(self, connection: Connection, cursor: str, begin: datetime) -> Sales:
        """What was sold, by us or without us, since the cursor, or since `begin` where it is empty or unreadable."""

    def check(self, connection: Connection) -> tuple[Finding, ...]:
        """Try the connection without leaving a trace: for the console's test button and the doctor."""
