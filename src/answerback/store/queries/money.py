"""Reads the revenue ledger of a business, or of one conversation, the newest entry first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from answerback.engine import evidence
from answerback.store.models.conversations import AT_ONCE


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry with whose lead it belongs to. In the order of `_COLUMNS`. `of` is the entry it takes back,
    `instead_of` the one that was taken back for it; `at` is when the money came, `entered_at` when `by` said so.
    """

    id: int
    lead: int
    conversation: int
    name: str
    number: str
    at: datetime
    cents: int
    currency: str
    job: str
    evidence: str
    by: str
    at_the_desk: bool
    entered_at: datetime
    of: int | None
    taken_back: bool
    instead_of: int | None

    @property
    def rests_on(self) -> str:
        """What shows this amount, and who entered it."""
        return evidence.rests_on(self.job, self.evidence, self.by, at_the_desk=self.at_the_desk)

    @property
    def why_taken_back(self) -> str:
        """Why this entry takes another one back; nothing where that was a slip of the finger, undone at once."""
        return "" if self.evidence == AT_ONCE else self.evidence

    def is_again(self, before: "Entry") -> bool:
        """Is it `before` once more, which was taken back by mistake? A change differs from what it changes."""
        return (self.cents, self.job, self.evidence) == (before.cents, before.job, before.evidence)

    def is_change(self, stands: "Entry", before: "Entry") -> bool:
        """Does what `stands` in the place of `before`, or what that was before, say itself that this takes it back?"""
        changed = self.evidence.startswith((evidence.CORRECTED, evidence.REFUNDED))  # or a person's own words do
        return self.evidence == AT_ONCE or (changed and not stands.is_again(before))


def entries(business: int, since: datetime, until: datetime, *, before: int | None, limit: int) -> Sequence[Entry]:
    """Entries made in this time; `before` is the last entry of the page before."""
    values: dict[str, Any] = {"business": business, "since": since, "until": until, "before": before, "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, values)
        return [Entry(*row) for row in cursor.fetchall()]


def of_conversations(conversations: Sequence[int]) -> Sequence[Entry]:
    """Every entry of the leads of these conversations."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_CONVERSATIONS, [list(conversations)])
        return [Entry(*row) for row in cursor.fetchall()]


# A member's own program is named behind them, "Alice (n8n)": what it enters was not said at the desk.
_COLUMNS = """
SELECT r.id, r.lead_id, l.conversation_id, k.name, k.number, r.at, r.cents, r.currency, r.job, r.evidence,
       COALESCE(NULLIF(r.author, ''), m.name, ''), r.member_id IS NOT NULL AND r.author NOT LIKE '%% (%%)',
       COALESCE(r.entered_at, r.at), r.reverses_id,
       EXISTS (SELECT 1 FROM revenue_entry x WHERE x.reverses_id = r.id), r.instead_of_id
FROM revenue_entry r JOIN lead l ON l.id = r.lead_id JOIN contact k ON k.id = l.contact_id
LEFT JOIN member m ON m.id = r.member_id
"""

_ENTRIES = f"""
{_COLUMNS}
WHERE r.business_id = %(business)s AND r.at >= %(since)s AND r.at < %(until)s
  AND (%(before)s::bigint IS NULL OR r.id < %(before)s)
ORDER BY r.id DESC LIMIT %(limit)s
"""

_OF_CONVERSATIONS = f"{_COLUMNS} WHERE l.conversation_id = ANY(%s) ORDER BY r.id DESC"
