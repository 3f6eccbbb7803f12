"""What a lead brought, as its conversation shows it: each amount with what it rests on, corrected or taken back there.

No entry is edited: a correction takes one back and enters the right one in its place, and both stay to be seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerback.console import said
from answerback.console.guard import Visit, seated
from answerback.console.moments import Moment, moment
from answerback.console.written import Unreadable, cents
from answerback.engine.currency import amount
from answerback.store.queries import access
from answerback.store.queries.money import Entry
from answerback.store.queries.timeline import Row
from answerback.workflow import revenue
from answerback.workflow.actors import NotAllowed
from answerback.workflow.revenue import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One entry as it is shown. `said` is the amount, `written` the same as a form has it."""

    id: int
    said: str
    written: str
    rests_on: str
    job: str
    evidence: str
    at: Moment
    stands: bool
    back: str
    """Who took it back and why; empty while it stands."""


def shown(rows: Sequence[Row], visit: Visit) -> list[Amount]:
    """Every amount that was entered in this timeline, those that were taken back too; the newest first."""
    entries = sorted((row.entry for row in rows if row.entry is not None), key=lambda entry: -entry.id)
    backs = {entry.of: entry for entry in entries if entry.of is not None}
    return [_amount(entry, backs.get(entry.id), visit) for entry in entries if entry.of is None]


def given(asked: QueryDict, currency: str) -> Money | None:
    """The amount that was written, with its number and what else shows it; None where none was. Raises `Unreadable`."""
    found = cents(asked.get("amount", ""), currency)
    if not found:
        return None
    return Money(cents=found, job=asked.get("job", "").strip()[:60], evidence=asked.get("evidence", "").strip()[:300])


@require_POST
@seated
def take_back(visit: Visit, id: int) -> HttpResponse:
    """An amount was wrong: it counts no more, and both entries stay."""
    entry = access.revenue_for(visit.user, id)
    try:
        undo = revenue.take_back(entry.id, visit.at(entry.business_id).actor)
        said.done(visit.request, _("Taken back. Enter the right amount, if there is one."), undo)
    except NotAllowed as problem:
        said.refused(visit.request, problem)
    return redirect("console:conversation", id=entry.lead.conversation_id)


@require_POST
@seated
def correct(visit: Visit, id: int) -> HttpResponse:
    """The amount, its number or what shows it was written wrongly: this stands in its place."""
    entry = access.revenue_for(visit.user, id)
    asked = visit.request.POST
    try:
        right = given(asked, entry.currency)
        if right is None:
            raise NotAllowed(_("Write the right amount. To remove it, take it back."))
        revenue.correct(entry.id, visit.at(entry.business_id).actor, right, asked.get("why", "").strip()[:200])
        messages.success(visit.request, _("Corrected. The first entry stays in the ledger and counts no more."))
    except (NotAllowed, Unreadable) as problem:
        said.refused(visit.request, problem)
    return redirect("console:conversation", id=entry.lead.conversation_id)


def _amount(entry: Entry, back: Entry | None, visit: Visit) -> Amount:
    return Amount(
        id=entry.id,
        said=amount(entry.cents, entry.currency),
        written=f"{entry.cents / 100:.2f}".removesuffix(".00"),
        rests_on=entry.rests_on,
        job=entry.job,
        evidence=entry.evidence,
        at=moment(entry.entered_at, visit.now, visit.seat.zone),
        stands=back is None,
        back=_taken_back(back) if back else "",
    )


def _taken_back(back: Entry) -> str:
    who = _("Taken back by %(who)s.") % {"who": back.by} if back.by else _("Taken back.")
    return f"{who} {back.why_taken_back}".strip()
