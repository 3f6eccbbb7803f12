"""Contacts and numbers that said stop, as programs are told of them."""

from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries.told.listing import Listing


@dataclass(frozen=True, slots=True)
class Contact:
    """A person, once per business and number. `number` is E.164, or `withheld` for all callers without one.

    `stopped` says that they said stop: nobody can text them. `conversation_id` is their open conversation, or null.
    """

    id: int
    number: str
    name: str
    email: str
    line_type: str | None
    untextable: str | None
    consent: str
    consent_at: datetime | None
    stopped: bool
    conversation_id: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OptOut:
    """A number that said stop, with what shows it. It stands until `lifted_at`.

    Where the person had everything erased, `number` is empty.
    """

    id: int
    number: str
    at: datetime
    evidence: str
    lifted_at: datetime | None
    lifted_by: str


@dataclass(frozen=True, slots=True)
class OtherPerson:
    """Somebody else who calls from a contact's number."""

    id: int
    contact_id: int
    name: str
    note: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Merge:
    """Two contacts that were said to be one person; `kept_id` is the one shown. It stands until `undone_at`."""

    id: int
    kept_id: int
    gone_id: int
    at: datetime
    undone_at: datetime | None


_STOPPED = """EXISTS (SELECT 1 FROM suppression s
    WHERE s.business_id = k.business_id AND s.number = k.number AND s.lifted_at IS NULL)"""

CONTACTS = Listing(
    shape=Contact,
    select=f"""
SELECT k.id, k.number, k.name, k.email, k.line_type, k.untextable, k.consent, k.consent_at, {_STOPPED},
       (SELECT c.id FROM conversation c
        WHERE c.business_id = k.business_id AND c.contact_id = k.id AND c.ended_at IS NULL),
       k.created_at
FROM contact k""",
    id="k.id",
    business="k.business_id",
    always="k.number <> 'staff'",
    only={
        "number": "k.number = %(number)s",
        "email": "k.email = %(email)s",
        "since": "k.created_at >= %(since)s",
        "stopped": f"{_STOPPED} = %(stopped)s",
    },
)

OPT_OUTS = Listing(
    shape=OptOut,
    select="""
SELECT s.id, CASE WHEN s.number LIKE 'hmac:%%' THEN '' ELSE s.number END, s.at, s.evidence, s.lifted_at, s.lifted_by
FROM suppression s""",
    id="s.id",
    business="s.business_id",
    only={
        "number": "s.number = %(number)s",
        "since": "s.at >= %(since)s",
        "standing": "(s.lifted_at IS NULL) = %(standing)s",
    },
)

OTHER_PEOPLE = Listing(
    shape=OtherPerson,
    select="SELECT p.id, p.contact_id, p.name, p.note, p.added_at FROM contact_person p",
    id="p.id",
    business="p.business_id",
    only={"contact": "p.contact_id = %(contact)s"},
)

MERGES = Listing(
    shape=Merge,
    select="SELECT g.id, g.kept_id, g.gone_id, g.at, g.undone_at FROM contact_merge g",
    id="g.id",
    business="g.business_id",
)
