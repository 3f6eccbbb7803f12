"""What a lead brought, as its conversation shows it: each amount with what it rests on, corrected or taken back there
(`planning`).

No entry is edited: a correction takes one back and enters the right one in its place, and both stay to be seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from answerback.console.guard import Visit
from answerback.console.moments import Moment, moment
from answerback.console.written import cents
from answerback.engine.currency import amount
from answerback.store.queries.money import Entry
from answerback.store.queries.timeline import Row
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
    found = (entry for row in rows for entry in (row.entry, row.back) if entry is not None)
    entries = sorted(found, key=lambda entry: -entry.id)
    backs = {entry.of: entry for entry in entries if entry.of is not None}
    return [_amount(entry, backs.get(entry.id), visit) for entry in entries if entry.of is None]


def given(asked: QueryDict, currency: str) -> Money | None:
    """The amount that was written, with its number and what else shows it; None where none was. Raises `Unreadable`."""
    found = cents(asked.get("amount", ""), currency)
    if not found:
        return None
    return Money(cents=found, job=asked.get("job", "").strip()[:60], evidence=asked.get("evidence", "").strip()[:300])


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
