"""Every call of a business, the newest first, with what we took it for and the reason written down. It only reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from answerback.store.queries.calls import ASIDE, HEARD, JOINED, MISSED, NOISE

ROWS = 40
"""Calls of a page, which may weigh 150 kB."""

MOST_RECEIPTS = 4
"""Of one call: the verdict, what came of it, and the newest where a person or a late word changed it."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call that ended. In the order of `_CALLS`.

    `missed` is our verdict, None while there is none, and `noise` that it counts as nothing; `reason` why it counts as
    missed; `decisions` are the decision receipts about it, oldest first; `line` is the line's number, and
    `picked_up_after` as `calls.CallRow` has it.
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
    decisions: list[int]
    line: str
    picked_up_after: int | None
    noise: bool


def listed(business: int, verdict: str = "", *, before: int | None = None) -> list[Call]:
    """The newest calls (`verdict` is `missed`, `answered`, `noise` or empty), one more than `ROWS`; with `before` the
    older.
    """
    values = {"business": business, "before": before, "rows": ROWS + 1}
    with connection.cursor() as cursor:
        cursor.execute(_CALLS.format(wanted=_WANTED.get(verdict, "")), values)
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return [Call(*row) for row in found]


_IS_ASIDE = ASIDE.format(call="(e.body ->> 'call')")

_IS_MISSED = MISSED.format(call="(e.body ->> 'call')")
_IS_JUDGED = "COALESCE(c.state -> 'judged' ? (e.body ->> 'call') OR c.state -> 'noise' ? (e.body ->> 'call'), false)"

_IS_NOISE = NOISE.format(call="(e.body ->> 'call')")

# Of a call that counts as nothing a receipt says so for ever, and those are few: all calls would be walked without it.
_NOISY = """SELECT r.conversation_id FROM decision_receipt r
            WHERE r.business_id = %(business)s AND r.rule = 'call.noise'"""

_WANTED = {
    "missed": f"AND {_IS_MISSED}",
    "answered": f"AND {_IS_JUDGED} AND NOT {_IS_MISSED} AND NOT {_IS_NOISE}",
    "noise": f"AND {_IS_NOISE} AND e.conversation_id IN ({_NOISY})",
}

SETTLES = "interval '3 minutes'"
"""Receipts did not always name their call: one that names none is about a call that was judged around it."""

# The page of the list is found first, by the index of calls; only its rows are looked up further.
_CALLS = f"""
SELECT e.id, e.conversation_id, e.call, k.name, k.number, e.at, COALESCE(NULLIF(n.source, ''), n.number), e.outcome,
       COALESCE(e.rang_at_end, 0), e.talked, CASE WHEN e.missed THEN true WHEN e.judged THEN false END,
       COALESCE(e.reason, ''), COALESCE(d.ids, b.ids, ARRAY[]::bigint[]), e.called, u.after, e.noise
FROM (
    SELECT e.id, e.conversation_id, e.at, c.contact_id, c.line_id, e.body ->> 'call' AS call,
           e.body ->> 'line' AS called, e.body ->> 'outcome' AS outcome,
           (e.body ->> 'rang_seconds')::int AS rang_at_end,
           COALESCE((e.body ->> 'talked_seconds')::int, 0) AS talked, {_IS_MISSED} AS missed, {_IS_JUDGED} AS judged,
           {_IS_NOISE} AS noise,
           COALESCE((SELECT m ->> 'reason' FROM jsonb_array_elements(COALESCE(c.state -> 'misses', '[]')) m
                     WHERE m ->> 'call' = e.body ->> 'call' LIMIT 1),
                    CASE WHEN {_IS_ASIDE} THEN e.body ->> 'outcome' END) AS reason
    FROM event e JOIN conversation c ON c.id = e.conversation_id
    WHERE e.business_id = %(business)s AND e.kind = 'CallEnded' AND (%(before)s::bigint IS NULL OR e.id < %(before)s)
      {{wanted}}
    ORDER BY e.id DESC LIMIT %(rows)s) e
JOIN contact k ON k.id = e.contact_id
JOIN line n ON n.id = e.line_id
LEFT JOIN LATERAL (
    SELECT array_agg(r.id ORDER BY r.id) AS ids FROM (
        SELECT d.id FROM decision_receipt d WHERE d.conversation_id = e.conversation_id AND d.call = left(e.call, 200)
        ORDER BY d.id DESC LIMIT {MOST_RECEIPTS}) r) d ON true
LEFT JOIN LATERAL (
    SELECT array_agg(r.id) AS ids FROM (
        SELECT r.id FROM decision_receipt r
        WHERE d.ids IS NULL AND r.conversation_id = e.conversation_id AND r.call = ''
          AND r.at >= e.at - e.talked * interval '1 second' - {SETTLES} AND r.at < e.at + {SETTLES}
        ORDER BY r.id LIMIT 1) r) b ON true
LEFT JOIN LATERAL (
    SELECT CASE WHEN bool_or(f.joined) AND NOT bool_or(f.heard) THEN COALESCE(max(f.rang), e.rang_at_end) END AS after
    FROM (SELECT {JOINED} AS joined, {HEARD} AS heard,
                 CASE WHEN f.kind = 'CallAnswered' THEN (f.body ->> 'rang_seconds')::int END AS rang
          FROM event f
          WHERE f.conversation_id = e.conversation_id AND f.kind IN ('CallAnswered', 'CallEnded')
            AND f.body ->> 'call' = e.call) f) u ON true
ORDER BY e.id DESC
"""
