"""Adds measured leads up by business, day and part of each breakdown, and days by month, so that a year is read from
some hundred rows.

A projection of `lead_measure`: the days that leads came to, or left, and their months are made anew in the transaction
that measured them. Every function takes a cursor inside that transaction.
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
    "replied_qualified": "m.replied AND m.qualified",
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
            "replied_qualified",
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
    """Add these days up anew, and the months they are in."""
    wanted = set(days)
    for table, statement, spans in (
        ("day_measure", _DAYS_ADDED_UP, wanted),
        ("month_measure", _MONTHS_ADDED_UP, _months(wanted)),
    ):
        rows = _as_rows(spans)
        cursor.execute(
            f"DELETE FROM {table} d USING {_WANTED} WHERE d.business_id = v.business AND d.day = v.day", [rows]
        )
        cursor.execute(f"INSERT INTO {table} ({', '.join(_COLUMNS)}) {statement}", [rows])


def differing(cursor: Cursor, business: int) -> list[date]:
    """Days of this business, and first days of months, for which something else is stored than leads add up to."""
    cursor.execute("SELECT DISTINCT day FROM lead_measure WHERE business_id = %s", [business])
    days: set[Day] = {(business, row[0]) for row in cursor.fetchall()}
    found = _differing(cursor, business, "day_measure", _DAYS_ADDED_UP, days)
    return sorted(found | _differing(cursor, business, "month_measure", _MONTHS_ADDED_UP, _months(days)))


def _differing(cursor: Cursor, business: int, table: str, statement: str, spans: set[Day]) -> set[date]:
    columns = ", ".join(_COLUMNS)
    stored = f"SELECT {columns} FROM {table} WHERE business_id = %(business)s"
    cursor.execute(
        f"""
        WITH right_ones AS ({statement.replace("%s", "%(rows)s")}), stored AS ({stored})
        SELECT DISTINCT day FROM ((SELECT * FROM right_ones EXCEPT SELECT * FROM stored)
                                  UNION ALL (SELECT * FROM stored EXCEPT SELECT * FROM right_ones)) x
        """,
        {"business": business, "rows": _as_rows(spans)},
    )
    return {row[0] for row in cursor.fetchall()}


def _months(days: set[Day]) -> set[Day]:
    return {(business, day.replace(day=1)) for business, day in days}


def _as_rows(spans: set[Day]) -> str:
    return as_json([{"business": business, "day": day} for business, day in sorted(spans)])


ADDED = (*SUMS, "waits", "waited")
"""The columns that are added up."""

_COLUMNS = ["business_id", "day", "dimension", "part", *ADDED]

_WANTED = "json_to_recordset(%s::json) AS v (business bigint, day date)"

_IN_PARTS = ", ".join(
    [
        *(f"('{name}', CASE WHEN m.excluded = '' THEN {part} END)" for name, part in PARTS.items()),
        f"('{LEFT_OUT}', NULLIF(m.excluded, ''))",
    ]
)

# Of what `{source}` gives, each wait once and how often it came, beside the sums.
_WITH_WAITS = """
WITH m AS MATERIALIZED ({source}),
w AS (
    SELECT business_id, day, dimension, part, array_agg(s ORDER BY s) AS waits,
           array_agg(n::integer ORDER BY s) AS waited
    FROM (SELECT business_id, day, dimension, part, s, sum(n) AS n FROM ({waits}) x GROUP BY 1, 2, 3, 4, 5) y
    GROUP BY 1, 2, 3, 4)
SELECT s.*, COALESCE(w.waits, '{{}}'), COALESCE(w.waited, '{{}}')
FROM (SELECT m.business_id, m.day, m.dimension, m.part, {sums} FROM m GROUP BY 1, 2, 3, 4) s
LEFT JOIN w USING (business_id, day, dimension, part)
"""

_DAYS_ADDED_UP = _WITH_WAITS.format(
    source=f"""
        SELECT m.*, p.dimension, p.part
        FROM {_WANTED} JOIN lead_measure m ON m.business_id = v.business AND m.day = v.day
        CROSS JOIN LATERAL (VALUES {_IN_PARTS}) AS p (dimension, part) WHERE p.part IS NOT NULL""",
    waits="""
        SELECT business_id, day, dimension, part, response_seconds AS s, 1 AS n FROM m
        WHERE response_seconds IS NOT NULL""",
    sums=", ".join(SUMS.values()),
)

_MONTHS_ADDED_UP = _WITH_WAITS.format(
    source=f"""
        SELECT d.business_id, v.day, d.dimension, d.part, {", ".join(f"d.{name}" for name in ADDED)}
        FROM {_WANTED} JOIN day_measure d
             ON d.business_id = v.business AND d.day >= v.day AND d.day < v.day + interval '1 month'""",
    waits="""
        SELECT business_id, day, dimension, part, u.s, u.n FROM m, unnest(m.waits, m.waited) AS u (s, n)""",
    sums=", ".join(f"sum(m.{name})" for name in SUMS),
)
