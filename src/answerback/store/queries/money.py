"""Reads the revenue ledger of a business, the newest entry first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry with whose lead it belongs to. In the order of `_ENTRIES`. `of` is the entry it takes back."""

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
    of: int | None
    taken_back: bool


def entries(business: int, since: datetime, until: datetime, *, before: int | None, limit: int) -> Sequence[Entry]:
    """Entries made in this time; `before` is the last entry of the page before."""
    values: dict[str, Any] = {"business": business, "since": since, "until": until, "before": before, "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, values)
        return [Entry(*row) for row in cursor.fetchall()]


_ENTRIES = """
SELECT r.id, r.lead_id, l.conversation_id, k.name, k.number, r.at, r.cents, r.currency, r.job, r.evidence,
       COALESCE(m.name, ''), r.reverses_id,
       EXISTS (SELECT 1 FROM revenue_entry x WHERE x.reverses_id = r.id)
FROM revenue_entry r JOIN lead l ON l.id = r.lead_id JOIN contact k ON k.id = l.contact_id
LEFT JOIN member m ON m.id = r.member_id
WHERE r.business_id = %(business)s AND r.at >= %(since)s AND r.at < %(until)s
  AND (%(before)s::bigint IS NULL OR r.id < %(before)s)
ORDER BY r.id DESC LIMIT %(limit)s
"""
