"""Leads, what became of them, and the money they brought."""

from typing import Literal

from ninja import Query, Router

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Bound, Cents, Id, Number, RowId, Sentence, Word
from answerback.api.operations import acts, page_of, reads
from answerback.api.paging import Paged, page
from answerback.store.queries.told.leads import LEADS, REVENUE, Lead, RevenueEntry
from answerback.workflow import desk, revenue
from answerback.workflow.desk import Money

router = Router(tags=["Leads"])

LeadStatus = Literal["new", "contacted", "qualified", "booked", "won", "lost", "not_served"]


class Which(Paged):
    """Which leads."""

    status: LeadStatus | None = None
    number: Number | None = None
    contact: RowId | None = None
    since: Bound | None = None
    changed_since: Bound | None = None


class WhichMoney(Paged):
    """Which revenue entries."""

    lead: RowId | None = None
    job: Word | None = None
    since: Bound | None = None


class Outcome(Asked):
    """What became of a lead. `cents` is what it brought; `job` your own number of the job, its invoice or its receipt,
    which counts once; `evidence` what else shows the amount (the `reason` where it is empty).
    """

    status: Literal["won", "lost", "not_served", "booked", "qualified"]
    reason: Sentence = ""
    cents: Cents | None = None
    job: Word = ""
    evidence: Sentence = ""


class Refund(Asked):
    """How much is given back, and why."""

    cents: Cents
    why: Sentence = ""


class Corrected(Asked):
    """What is right of an entry, and why it was wrong; what is null stays as it is."""

    cents: Cents | None = None
    job: Word | None = None
    evidence: Sentence | None = None
    why: Sentence = ""


class TakenBack(Asked):
    """Why an entry is taken back."""

    why: Sentence = ""


@reads(router, "/leads", "leads:read", page_of(Lead), said=True)
def list_leads(request: ApiRequest, which: Query[Which]) -> dict[str, object]:
    """The leads of the business, the newest first."""
    return page(
        LEADS,
        request.auth.business,
        which,
        status=which.status,
        number=which.number,
        contact=which.contact,
        since=which.since,
        changed_since=which.changed_since,
    )


@reads(router, "/leads/{int:id}", "leads:read", Lead, said=True)
def get_lead(request: ApiRequest, id: Id) -> Lead:
    """One lead."""
    return LEADS.one(request.auth.business, id)


@acts(router, "/leads/{int:id}/outcome", "leads:write", Lead)
def mark_lead(request: ApiRequest, id: Id, outcome: Outcome) -> Lead:
    """Say what became of a lead, and enter what it brought into the revenue ledger.

    A job that is in the ledger already is refused: it counts once.
    """
    lead = LEADS.one(request.auth.business, id)
    shown = outcome.evidence.strip() or outcome.reason
    money = Money(cents=outcome.cents, job=outcome.job.strip(), evidence=shown) if outcome.cents else None
    desk.mark_outcome(lead.conversation_id, request.auth.actor, outcome.status, outcome.reason, money)
    return LEADS.one(request.auth.business, id)


@reads(router, "/revenue", "leads:read", page_of(RevenueEntry))
def list_revenue(request: ApiRequest, which: Query[WhichMoney]) -> dict[str, object]:
    """The revenue ledger, the newest entry first. Entries are never edited, only taken back by a second one."""
    return page(REVENUE, request.auth.business, which, lead=which.lead, job=which.job, since=which.since)


@reads(router, "/revenue/{int:id}", "leads:read", RevenueEntry)
def get_revenue(request: ApiRequest, id: Id) -> RevenueEntry:
    """One entry of the revenue ledger."""
    return REVENUE.one(request.auth.business, id)


@acts(router, "/revenue/{int:id}/refund", "leads:write", RevenueEntry, status=201)
def refund_revenue(request: ApiRequest, id: Id, refund: Refund) -> RevenueEntry:
    """Give a part of an entry back; both stay in the ledger. Answers with the entry that does so."""
    entry = REVENUE.one(request.auth.business, id)
    revenue.refund(entry.id, request.auth.actor, refund.cents, refund.why)
    return _newest(request, entry)


@acts(router, "/revenue/{int:id}/correct", "leads:write", RevenueEntry, status=201)
def correct_revenue(request: ApiRequest, id: Id, right: Corrected) -> RevenueEntry:
    """Say what is right of an entry: it is taken back, and the right one stands in its place. Answers with that one."""
    entry = REVENUE.one(request.auth.business, id)
    stands = Money(
        cents=entry.cents if right.cents is None else right.cents,
        job=entry.job if right.job is None else right.job.strip(),
        evidence=entry.evidence if right.evidence is None else right.evidence.strip(),
    )
    revenue.correct(entry.id, request.auth.actor, stands, right.why)
    rows = REVENUE.page(request.auth.business, {"lead": entry.lead_id})
    return next(row for row in rows if row.instead_of == entry.id)


@acts(router, "/revenue/{int:id}/take-back", "leads:write", RevenueEntry, status=201)
def take_back_revenue(request: ApiRequest, id: Id, taken: TakenBack) -> RevenueEntry:
    """Take an entry back: it counts no more, and both stay in the ledger. Answers with the entry that does so."""
    entry = REVENUE.one(request.auth.business, id)
    revenue.take_back(entry.id, request.auth.actor, taken.why)
    return _newest(request, entry)


def _newest(request: ApiRequest, entry: RevenueEntry) -> RevenueEntry:
    """The entry that was made against this one just now."""
    rows = REVENUE.page(request.auth.business, {"lead": entry.lead_id})
    return next(row for row in rows if row.reverses == entry.id)
