"""Leads and the money they brought, as programs are told of them."""

from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries import steps
from answerback.store.queries.told.listing import Listing


@dataclass(frozen=True, slots=True)
class Lead:
    """One chance to sell. `number` is E.164, or `withheld`; `answers` is what the customer told us, by slot.

    `status` is new, contacted, qualified, booked, won, lost or not_served. `revenue_cents` is what it has brought.
    `next_step` and `next_step_at` are what comes next by itself, never empty while the lead is open. What people intend
    goes before that: whose it is (`owner_id`), what comes next (`own_step`), and what it may bring (`value_cents`).
    """

    id: int
    contact_id: int
    conversation_id: int
    name: str
    number: str
    email: str
    status: str
    service: str
    urgency: str
    missed_reason: str
    priority: int
    answers: dict[str, str]
    next_step: str
    next_step_at: datetime | None
    line: str
    source: str
    revenue_cents: int
    currency: str
    created_at: datetime
    updated_at: datetime
    owner_id: int | None
    own_step: str
    own_step_at: datetime | None
    value_cents: int | None


@dataclass(frozen=True, slots=True)
class RevenueEntry:
    """Money a lead brought. An entry is never edited: `reverses` is the entry this one takes back, and an entry that
    was taken back has `counts` false; `instead_of` is the one that was taken back for it.

    What shows it is `job`, your own number of the job, its invoice or its receipt, and `evidence`; without either it is
    the word of `author`. `at` is when the money came, `entered_at` when somebody said so.
    """

    id: int
    lead_id: int
    conversation_id: int
    cents: int
    currency: str
    job: str
    evidence: str
    member: str
    at: datetime
    reverses: int | None
    counts: bool
    author: str
    entered_at: datetime | None
    instead_of: int | None


LEADS = Listing(
    shape=Lead,
    select=f"""
SELECT l.id, l.contact_id, l.conversation_id, k.name, k.number, k.email, l.status, l.service, l.urgency,
       l.missed_reason, l.priority, l.answers, {steps.BY_ITSELF}, {steps.BY_ITSELF_AT}, n.number, n.source,
       COALESCE((SELECT sum(r.cents) FROM revenue_entry r WHERE r.lead_id = l.id), 0)::bigint,
       (SELECT b.currency FROM business b WHERE b.id = l.business_id),
       l.created_at, l.updated_at, l.owner_id, l.own_step, l.own_step_at, l.value_cents
FROM lead l JOIN contact k ON k.id = l.contact_id JOIN line n ON n.id = l.line_id
JOIN conversation c ON c.id = l.conversation_id""",
    id="l.id",
    business="l.business_id",
    only={
        "status": "l.status = %(status)s",
        "number": "k.number = %(number)s",
        "contact": "l.contact_id = %(contact)s",
        "conversation": "l.conversation_id = %(conversation)s",
        "since": "l.created_at >= %(since)s",
        "changed_since": "l.updated_at >= %(changed_since)s",
    },
    json=frozenset({11}),
)

REVENUE = Listing(
    shape=RevenueEntry,
    select="""
SELECT r.id, r.lead_id, l.conversation_id, r.cents, r.currency, r.job, r.evidence, COALESCE(m.name, ''), r.at,
       r.reverses_id,
       r.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM revenue_entry x WHERE x.reverses_id = r.id),
       COALESCE(NULLIF(r.author, ''), m.name, ''), r.entered_at, r.instead_of_id
FROM revenue_entry r JOIN lead l ON l.id = r.lead_id LEFT JOIN member m ON m.id = r.member_id""",
    id="r.id",
    business="r.business_id",
    only={"lead": "r.lead_id = %(lead)s", "since": "r.at >= %(since)s", "job": "r.job = %(job)s"},
)
