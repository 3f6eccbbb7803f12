"""Every call of a business, the newest first, with what we took it for and the reason written down. It only reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

ROWS = 40


@dataclass(frozen=True, slots=True)
class Call:
    """One call that ended. In the order of `_CALLS`.

    `missed` is our verdict, None while there is none; `reason` why it counts as missed; `decision` the
    decision receipt that followed it.
    """

    id: int
    conversation: int
    call: str
    name: str
    number: str
    at: datetime
    source: str
    outcome: str
    rang_seconds: int
    talked_seconds: int
    missed: bool | None
    reason: str
    decision: int | None


def listed(business: int, verdict: str = "", *, before: int | None = None) -> list[Call]:
    """The newest calls (`verdict` is `missed`, `answered` or empty), one more than `ROWS`; with `before` the older."""
    values = {"business": business, "before": before, "rows": ROWS + 1}
    with connection.cursor() as cursor:
        cursor.execute(_CALLS.format(wanted=_WANTED.get(verdict, "")), values)
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return [Call(*row) for row in found]


_IS_MISSED = """EXISTS (SELECT 1 FROM jsonb_array_elements(COALESCE(c.state -> 'misses', '[]')) m
                        WHERE m ->> 'call' = e.body ->> 'call')"""
_IS_JUDGED = "COALESCE(c.state -> 'judged' ? (e.body ->> 'call') OR c.state -> 'noise' ? (e.body ->> 'call'), false)"

_WANTED = {"missed": f"AND {_IS_MISSED}", "answered": f"AND {_IS_JUDGED} AND NOT {_IS_MISSED}"}

# The page of the list is found first, by the index of calls; only its rows are looked up further.
_CALLS = f"""
SELECT e.id, e.conversation_id, e.call, k.name, k.number, e.at, COALESCE(NULLIF(n.source, ''), n.number), e.outcome,
       e.rang, e.talked, CASE WHEN e.missed THEN true WHEN e.judged THEN false END, COALESCE(e.reason, ''),
       d.id
FROM (
    SELECT e.id, e.conversation_id, e.at, c.contact_id, c.line_id, e.body ->> 'call' AS call,
           e.body ->> 'outcome' AS outcome, COALESCE((e.body ->> 'rang_seconds')::int, 0) AS rang,
           COALESCE((e.body ->> 'talked_seconds')::int, 0) AS talked, {_IS_MISSED} AS missed, {_IS_JUDGED} AS judged,
           (SELECT m ->> 'reason' FROM jsonb_array_elements(COALESCE(c.state -> 'misses', '[]')) m
            WHERE m ->> 'call' = e.body ->> 'call' LIMIT 1) AS reason
    FROM event e JOIN conversation c ON c.id = e.conversation_id
    WHERE e.business_id = %(business)s AND e.kind = 'CallEnded' AND (%(before)s::bigint IS NULL OR e.id < %(before)s)
      {{wanted}}
    ORDER BY e.id DESC LIMIT %(rows)s) e
JOIN contact k ON k.id = e.contact_id
JOIN line n ON n.id = e.line_id
LEFT JOIN LATERAL (
    SELECT d.id FROM decision_receipt d
    WHERE d.conversation_id = e.conversation_id AND d.at >= e.at AND d.at < e.at + interval '3 minutes'
    ORDER BY d.id LIMIT 1) d ON true
ORDER BY e.id DESC
"""
