"""Reads what measured leads add up to: totals, breakdowns, and the exact list of leads behind every number.

Sums come from the months and days that `queries.rollup` added up, lists from the leads themselves; both are made from
one set of rules, and `workflow.measuring.verify` compares them. Every function takes the businesses it is about; who
may see them was asked before. Nothing here writes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, TypeAlias

from django.db import connection

from answerback.engine.history import counted_calls
from answerback.engine.measures import WAITS
from answerback.store.queries import measures
from answerback.store.queries.rollup import ADDED, COUNTS, LEFT_OUT, PARTS, SUMS
from answerback.store.queries.rows import Cursor

Count = Literal[
    "leads", "called", "calls", "texted", "replied", "qualified", "replied_qualified", "qualified_by_label", "booked",
    "booked_by_label", "stands",
    "attended", "callbacks", "kept", "sold", "sold_by_label", "relabelled", "lost", "responded", "unanswered", "silent",
    "recovered", "not_ours", "taken_back",
]  # fmt: skip
"""A number of a report that is a number of leads, or the leads behind an amount; of `calls`, the leads they make."""

Dimension = Literal[
    "day", "week", "month", "line", "location", "service", "reason", "language", "hour", "wait", "member", "label",
    "lost", "wording", "business", "left_out",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Which leads: of these businesses, begun on these days (both ends count), and of one part of a breakdown."""

    businesses: tuple[int, ...]
    since: date
    until: date
    by: Dimension | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Leads:
    """These leads, whatever they count in: those behind a number that no measure counts, as of an experiment."""

    ids: tuple[int, ...]


Which: TypeAlias = Span | Leads


@dataclass(frozen=True, slots=True)
class Totals:
    """What the leads of a span add up to. In the order of `rollup.SUMS`. Seconds whole, amounts in cents.

    `seconds` are the median and the 90th percentile of the time to first response, None where they were not asked for.
    """

    leads: int = 0
    called: int = 0
    texted: int = 0
    replied: int = 0
    qualified: int = 0
    qualified_by_label: int = 0
    booked: int = 0
    booked_by_label: int = 0
    stands: int = 0
    attended: int = 0
    sold: int = 0
    sold_by_label: int = 0
    relabelled: int = 0
    lost: int = 0
    responded: int = 0
    silent: int = 0
    replied_qualified: int = 0
    calls: int = 0
    callbacks_owed: int = 0
    callbacks_made: int = 0
    recovered: int = 0
    not_ours: int = 0
    taken_back: int = 0
    seconds: tuple[int, int] | None = None

    @property
    def median_seconds(self) -> int | None:
        """Half of those who got a response had it within this time."""
        return self.seconds[0] if self.seconds else None

    @property
    def p90_seconds(self) -> int | None:
        """Nine of ten had it within this time."""
        return self.seconds[1] if self.seconds else None


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a breakdown: the key (`Span.part` takes it), its name, and what it adds up to."""

    key: str
    name: str
    totals: Totals


@dataclass(frozen=True, slots=True)
class Behind:
    """One lead behind a number. In the order of `_BEHIND`."""

    lead: int
    conversation: int
    business: int
    name: str
    number: str
    began_at: datetime
    status: str
    service: str
    reason: str
    response_seconds: int | None
    calls: int
    lost_reason: str
    relabelled: bool
    recovered: int
    currency: str
    business_name: str


@dataclass(frozen=True, slots=True)
class Sum:
    """What the whole list behind a number comes to in one currency. In the order of `_SUM`."""

    currency: str
    leads: int
    calls: int
    callbacks_made: int
    recovered: int
    not_ours: int
    taken_back: int


@dataclass(frozen=True, slots=True)
class HiddenCall:
    """A missed call of somebody who hides their number. In the order of `_HIDDEN`."""

    conversation: int
    at: datetime


def totals(span: Span, *, waits: bool = True) -> Totals:
    """What all leads of the span add up to."""
    parts = _added_up(span, "''", "''", "", waits=waits)
    return parts[0].totals if parts else Totals()


def breakdown(span: Span, by: Dimension, *, waits: bool = True) -> list[Part]:
    """The same, for each part of this dimension: days in order, everything else the largest first.

    Without `waits` the times to first response are not sorted, which is most of the work of a large report.
    """
    key, name, dimension = _ADDED.get(by, ("d.part", "d.part", by))
    parts = _added_up(span, key, name, dimension, waits=waits)
    if by == "wait":
        order = [str(bound) for bound in WAITS] + ["longer", "none"]
        return sorted(parts, key=lambda part: order.index(part.key))
    return parts if by in _IN_ORDER else sorted(parts, key=lambda part: -part.totals.leads)


def beside(span: Span) -> tuple[list[Part], Totals]:
    """Each business of the span, the most leads first, and all of them together."""
    parts = breakdown(span, "business")
    sums = [sum(getattr(part.totals, name) for part in parts) for name in SUMS]
    return parts, Totals(*[*sums, _seconds(span).get("")])


def behind(
    which: Which, count: Count = "leads", *, after: tuple[datetime, int] | None = None, limit: int = 100
) -> list[Behind]:
    """The leads behind a number, the newest first; `after` is where the page before ended: its moment and its lead."""
    where, values = _where(which)
    values |= {"limit": limit, "at": after[0] if after else None, "id": after[1] if after else None}
    return [Behind(*row) for row in _rows(_BEHIND.format(where=where, count=_COUNTED[count]), values)]


def sum_behind(which: Which, count: Count = "leads") -> list[Sum]:
    """What the leads behind a number come to, all of them: one sum a currency, as amounts of two never mix."""
    where, values = _where(which)
    return [Sum(*row) for row in _rows(_SUM.format(where=where, count=_COUNTED[count]), values)]


def calls_of(cursor: Cursor, leads: Sequence[int]) -> dict[int, tuple[datetime, ...]]:
    """The moments of the missed calls that these leads count, each lead's in order."""
    return {each.place.lead: counted_calls(each.history) for each in measures.told(cursor, leads)}


def leads_of(conversations: Sequence[int]) -> Leads:
    """The leads of these conversations."""
    rows = _rows("SELECT id FROM lead WHERE conversation_id = ANY(%(ids)s)", {"ids": list(conversations)})
    return Leads(tuple(row[0] for row in rows))


def up_to(businesses: Sequence[int]) -> datetime | None:
    """Up to which moment all of these are counted; None where one of them never was."""
    sql = """
        SELECT NULLIF(min(at), '-infinity') FROM measured_up_to
        WHERE business_id = ANY(%(businesses)s) HAVING count(*) = %(many)s
    """
    rows = _rows(sql, {"businesses": list(businesses), "many": len(businesses)})
    return rows[0][0] if rows else None


def hidden(business: int, since: datetime, until: datetime) -> list[HiddenCall]:
    """Missed calls of callers who hide their number, newest first: nobody can be texted and no lead can be kept."""
    values = {"business": business, "since": since, "until": until}
    return [HiddenCall(*row) for row in _rows(_HIDDEN, values)]


def _added_up(span: Span, key: str, name: str, dimension: str, *, waits: bool) -> list[Part]:
    source, values = _source(span, key, dimension)
    rows = _rows(f"SELECT {key}, {name}, {_ADDED_SUMS} FROM {source} GROUP BY 1, 2 ORDER BY 1", values)
    seconds = _seconds(span, key, dimension) if waits else {}
    return [Part(str(key), str(name), Totals(*[*sums, seconds.get(key)])) for key, name, *sums in rows]


def _seconds(span: Span, key: str = "''", dimension: str = "") -> dict[Any, tuple[int, int]]:
    """Median and 90th percentile of each key that has any wait."""
    source, values = _source(span, key, dimension)
    return {each: (half, nine) for each, half, nine in _rows(_QUANTILES.format(key=key, source=source), values)}


def _source(span: Span, key: str, dimension: str) -> tuple[str, dict[str, Any]]:
    """What is added up for this key, with its values."""
    first, end = (span.since, span.since) if key in _FINER else _whole_months(span)
    values = {
        "businesses": list(span.businesses), "since": span.since, "until": span.until, "dimension": dimension,
        "first": first, "end": end,
    }  # fmt: skip
    return f"{_MONTHS_AND_DAYS} {_JOIN_LINE if dimension == 'line' else ''}", values


def _whole_months(span: Span) -> tuple[date, date]:
    """From where to before where the span holds whole months; twice its beginning where it holds none."""
    first = span.since if span.since.day == 1 else (span.since.replace(day=28) + timedelta(days=4)).replace(day=1)
    end = (span.until + timedelta(days=1)).replace(day=1)
    return (first, end) if first < end else (span.since, span.since)


def _where(which: Which) -> tuple[str, dict[str, Any]]:
    if isinstance(which, Leads):
        return "m.lead_id = ANY(%(leads)s)", {"leads": list(which.ids)}
    span = which
    values: dict[str, Any] = {"businesses": list(span.businesses), "since": span.since, "until": span.until}
    match span.by:
        case None:
            return f"{_WITHIN} AND m.excluded = ''", values
        case "left_out":
            values |= {"part": span.part}
            return f"{_WITHIN} AND m.excluded <> '' AND (%(part)s = '' OR m.excluded = %(part)s)", values
        case by:
            key = _LISTED.get(by) or PARTS[by]
            return f"{_WITHIN} AND m.excluded = '' AND ({key})::text = %(part)s", values | {"part": span.part}


def _rows(sql: str, values: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
        return found


_COUNTED = COUNTS | {"calls": COUNTS["called"]}

_WITHIN = "m.business_id = ANY(%(businesses)s) AND m.day BETWEEN %(since)s AND %(until)s"

_IN_ORDER = frozenset({"day", "week", "month", "hour"})

# Of each dimension its key and its name in the days added up, and the dimension these are read from. What is not here
# is read by its own part. A location is its lines', as they are placed now.
_ADDED: dict[Dimension, tuple[str, str, str]] = {
    "day": ("d.day", "d.day", ""),
    "week": ("date_trunc('week', d.day)::date", "date_trunc('week', d.day)::date", ""),
    "month": ("date_trunc('month', d.day)::date", "to_char(date_trunc('month', d.day), 'YYYY-MM')", ""),
    "business": ("d.business_id", "(SELECT b.name FROM business b WHERE b.id = d.business_id)", ""),
    "line": ("d.part", "COALESCE(NULLIF(n.source, ''), n.number)", "line"),
    "location": (
        "COALESCE(n.location_id, 0)",
        "COALESCE((SELECT o.name FROM location o WHERE o.id = n.location_id), '')",
        "line",
    ),
    "member": ("d.part", "COALESCE((SELECT o.name FROM member o WHERE o.id = d.part::bigint), '')", "member"),
    "label": ("d.part", "COALESCE((SELECT o.name FROM member o WHERE o.id = d.part::bigint), '')", "label"),
    "left_out": ("d.part", "d.part", LEFT_OUT),
}

# The key of a lead in the dimensions that are no part of their own.
_LISTED: dict[Dimension, str] = {
    "day": "m.day",
    "week": "date_trunc('week', m.day)::date",
    "month": "date_trunc('month', m.day)::date",
    "business": "m.business_id",
    "location": "COALESCE((SELECT n.location_id FROM line n WHERE n.id = m.line_id), 0)",
}

_ADDED_SUMS = ", ".join(f"COALESCE(sum(d.{name}), 0)::bigint" for name in SUMS)

# The keys that cut a month apart.
_FINER = frozenset(key for by, (key, _name, _dimension) in _ADDED.items() if by in {"day", "week"})

_COLUMNS = ", ".join(["business_id", "day", "part", *ADDED])
_OF = "business_id = ANY(%(businesses)s) AND dimension = %(dimension)s"

# Whole months, from `first` to before `end`, and the days before and after them.
_MONTHS_AND_DAYS = f"""(
SELECT {_COLUMNS} FROM month_measure WHERE {_OF} AND day >= %(first)s AND day < %(end)s
UNION ALL SELECT {_COLUMNS} FROM day_measure WHERE {_OF} AND day >= %(since)s AND day < %(first)s
UNION ALL SELECT {_COLUMNS} FROM day_measure WHERE {_OF} AND day >= %(end)s AND day <= %(until)s) d
"""
_JOIN_LINE = "JOIN line n ON n.id = d.part::bigint"

# What half of the leads, and nine of ten, waited at most.
_QUANTILES = """
SELECT key, min(s) FILTER (WHERE 2 * upto >= leads), min(s) FILTER (WHERE 10 * upto >= 9 * leads)
FROM (SELECT key, s, sum(n) OVER (PARTITION BY key ORDER BY s) AS upto, sum(n) OVER (PARTITION BY key) AS leads
      FROM (SELECT {key} AS key, u.s, sum(u.n)::bigint AS n FROM {source}, unnest(d.waits, d.waited) AS u (s, n)
            GROUP BY 1, 2) x) y
GROUP BY 1
"""

# Which leads are shown is found before anything is joined to them.
_BEHIND = """
SELECT m.lead_id, l.conversation_id, m.business_id, k.name, k.number, m.began_at, l.status, m.service, m.reason,
       m.response_seconds, m.calls, m.lost_reason, m.relabelled, m.recovered, b.currency, b.name
FROM (SELECT * FROM lead_measure m WHERE {where} AND {count}
      AND (%(at)s::timestamptz IS NULL OR (m.began_at, m.lead_id) < (%(at)s, %(id)s))
      ORDER BY m.began_at DESC, m.lead_id DESC LIMIT %(limit)s) m
JOIN lead l ON l.id = m.lead_id JOIN contact k ON k.id = l.contact_id JOIN business b ON b.id = m.business_id
ORDER BY m.began_at DESC, m.lead_id DESC
"""

_SUM = """
SELECT b.currency, sum(m.leads)::bigint, sum(m.calls)::bigint, sum(m.callbacks_made)::bigint, sum(m.recovered)::bigint,
       sum(m.not_ours)::bigint, sum(m.taken_back)::bigint
FROM (SELECT m.business_id, count(*) AS leads, sum(m.calls) AS calls, sum(m.callbacks_made) AS callbacks_made,
             sum(m.recovered) AS recovered, sum(m.not_ours) AS not_ours, sum(m.taken_back) AS taken_back
      FROM lead_measure m WHERE {where} AND {count} GROUP BY 1) m
JOIN business b ON b.id = m.business_id GROUP BY 1 ORDER BY 1
"""

_HIDDEN = """
SELECT d.conversation_id, d.at FROM decision_receipt d JOIN conversation c ON c.id = d.conversation_id
JOIN contact k ON k.id = c.contact_id
WHERE k.business_id = %(business)s AND k.number = 'withheld' AND d.rule = 'first_text' AND d.verdict = 'not_sent'
  AND d.at >= %(since)s AND d.at < %(until)s
ORDER BY d.at DESC
"""
