"""Adds measured leads up by business, day and part of each breakdown, so that a year is read from some hundred rows.

A projection of `lead_measure`: the days that leads came to, or left, are made anew in the transaction that measured
them. Every function takes a cursor inside that transaction.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeAlias

from answerback.engine.measures import WAITS
from answerback.store.queries.rows import Cursor, as_json

Day: TypeAlias = tuple[int, date]
"""A business, and one of its days."""

COUNTS: dict[str, str] = {
    "leads": "true",
    "called": "m.calls > 0",
    "texted": "m.texted",
    "replied": "m.replied",
    "qualified": "m.qualified",
    "qualified_by_label": "m.qualified_by_label",
    "booked": "m.booked",
    "booked_by_label": "m.booked_by_label",
    "stands": "m.stands",
    "attended": "m.attended",
    "callbacks": "m.callbacks_owed > 0",
    "kept": "m.callbacks_made > 0",
    "sold": "m.sold",
    "sold_by_label": "m.sold_by_label",
    "relabelled": "m.relabelled",
    "lost": "m.lost_reason <> ''",
    "responded": "m.response_seconds IS NOT NULL",
    "unanswered": "m.calls > 0 AND m.response_seconds IS NULL",
    "silent": "m.calls > 0 AND NOT (m.replied OR m.booked OR m.sold)",
    "recovered": "m.recovered <> 0",
    "not_ours": "m.not_ours <> 0",
    "taken_back": "m.taken_back <> 0",
}
"""Which leads stand behind a number."""

SUMS: dict[str, str] = {
    **{
        name: f"count(*) FILTER (WHERE {COUNTS[name]})"
        for name in (
            "leads", "called", "texted", "replied", "qualified", "qualified_by_label", "booked", "booked_by_label",
            "stands", "attended", "sold", "sold_by_label", "relabelled", "lost", "responded", "silent",
        )
    },
    **{
        name: f"COALESCE(sum(m.{name}), 0)"
        for name in ("calls", "callbacks_owed", "callbacks_made", "recovered", "not_ours", "taken_back")
    },
}  # fmt: skip
"""What is added up, and how; the names are the columns of `day_measure`."""

WAIT = (
    "CASE WHEN m.response_seconds IS NULL THEN 'none' "
    + " ".join(f"WHEN m.response_seconds <= {bound} THEN '{bound}'" for bound in WAITS)
    + " ELSE 'longer' END"
)

# The part of each dimension a lead is in, NULL where it is in none.
PARTS: dict[str, str] = {
    "": "''",
    "line": "m.line_id::text",
    "service": "m.service",
    "reason": "m.reason",
    "language": "m.language",
    "hour": "m.hour::text",
    "wait": f"CASE WHEN m.calls > 0 THEN {WAIT} END",
    "member": "COALESCE(m.member_id, 0)::text",
    "label": "m.labelled_by_id::text",
    "lost": "NULLIF(m.lost_reason, '')",
    "wording": "NULLIF(m.wording, '')",
}
LEFT_OUT = "left_out"
"""The dimension of the leads that count in no measure, by why; no other holds any of them."""


def days_of(cursor: Cursor, leads: Sequence[int]) -> set[Day]:
    """The days these leads are counted on now."""
    cursor.execute("SELECT DISTINCT business_id, day FROM lead_measure WHERE lead_id = ANY(%s)", [list(leads)])
    return {(row[0], row[1]) for row in cursor.fetchall()}


def make(cursor: Cursor, days: Iterable[Day]) -> None:
    """Add these days up anew."""
    rows = as_json([{"business": business, "day": day} for business, day in sorted(days)])
    cursor.execute(
        f"DELETE FROM day_measure d USING {_DAYS} WHERE d.business_id = v.business AND d.day = v.day", [rows]
    )
    cursor.execute(f"INSERT INTO day_measure ({', '.join(_COLUMNS)}) {_ADDED_UP}", [rows])


def differing(cursor: Cursor, business: int) -> list[date]:
    """Days of this business for which something else is stored than its measured leads add up to."""
    cursor.execute("SELECT DISTINCT day FROM lead_measure WHERE business_id = %s", [business])
    rows = as_json([{"business": business, "day": row[0]} for row in cursor.fetchall()])
    columns = ", ".join(_COLUMNS)
    stored = f"SELECT {columns} FROM day_measure WHERE business_id = %(business)s"
    right = _ADDED_UP.replace("%s", "%(rows)s")
    cursor.execute(
        f"""
        WITH right_ones AS ({right}), stored AS ({stored})
        SELECT DISTINCT day FROM ((SELECT * FROM right_ones EXCEPT SELECT * FROM stored)
                                  UNION ALL (SELECT * FROM stored EXCEPT SELECT * FROM right_ones)) x ORDER BY day
        """,
        {"business": business, "rows": rows},
    )
    return [row[0] for row in cursor.fetchall()]


_COLUMNS = ["business_id", "day", "dimension", "part", *SUMS, "waits"]

_DAYS = "json_to_recordset(%s::json) AS v (business bigint, day date)"

_IN_PARTS = ", ".join(
    [
        *(f"('{name}', CASE WHEN m.excluded = '' THEN {part} END)" for name, part in PARTS.items()),
        f"('{LEFT_OUT}', NULLIF(m.excluded, ''))",
    ]
)

_ADDED_UP = f"""
SELECT m.business_id, m.day, p.dimension, p.part, {", ".join(SUMS.values())},
       COALESCE(array_agg(m.response_seconds ORDER BY m.response_seconds)
                FILTER (WHERE m.response_seconds IS NOT NULL), '{{}}')
FROM {_DAYS} JOIN lead_measure m ON m.business_id = v.business AND m.day = v.day
CROSS JOIN LATERAL (VALUES {_IN_PARTS}) AS p (dimension, part)
WHERE p.part IS NOT NULL GROUP BY 1, 2, 3, 4
"""
