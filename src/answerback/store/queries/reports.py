"""Adds up measured leads: totals, breakdowns, and the exact list of leads behind every number.

One statement a question, however many leads there are. Every function takes the businesses it is about; who may see
them was asked before. Nothing here writes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db import connection

Count = Literal[
    "leads", "called", "texted", "replied", "qualified", "qualified_by_label", "booked", "booked_by_label", "stands",
    "attended", "callbacks", "kept", "sold", "responded", "unanswered", "recovered", "not_ours", "taken_back",
]  # fmt: skip
"""A number of a report that is a number of leads, or the leads behind an amount."""

Dimension = Literal["day", "week", "month", "line", "location", "service", "reason", "language", "hour", "business"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Which leads: of these businesses, begun on these days (both ends count), and of one part of a breakdown."""

    businesses: tuple[int, ...]
    since: date
    until: date
    by: Dimension | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """What the leads of a span add up to. In the order of `_SUMS`. Seconds whole, amounts in cents."""

    leads: int
    called: int
    calls: int
    texted: int
    replied: int
    qualified: int
    qualified_by_label: int
    booked: int
    booked_by_label: int
    stands: int
    attended: int
    callbacks_owed: int
    callbacks_made: int
    sold: int
    responded: int
    recovered: int
    not_ours: int
    taken_back: int
    seconds: list[int] | None

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

    conversation: int
    business: int
    name: str
    number: str
    began_at: datetime
    status: str
    service: str
    reason: str
    response_seconds: int | None
    recovered: int


def totals(span: Span) -> Totals:
    """What all leads of the span add up to."""
    where, values = _where(span)
    return Totals(*_rows(f"SELECT {_SUMS} FROM lead_measure m {_JOIN_LINE} WHERE {where}", values)[0])


def breakdown(span: Span, by: Dimension) -> list[Part]:
    """The same, for each part of this dimension: days in order, everything else the largest first."""
    where, values = _where(span)
    key, name = _DIMENSIONS[by]
    order = "1" if by in _IN_ORDER else "3 DESC, 1"
    sql = f"SELECT {key}, {name}, {_SUMS} FROM lead_measure m {_JOIN_LINE} WHERE {where} GROUP BY 1, 2 ORDER BY {order}"
    return [Part(str(row[0]), str(row[1]), Totals(*row[2:])) for row in _rows(sql, values)]


def left_out(span: Span) -> int:
    """How many leads of the span count in no measure, because they are no chance to sell."""
    where, values = _where(span)
    return int(
        _rows(f"SELECT count(*) FROM lead_measure m {_JOIN_LINE} WHERE {where.replace(_CHANCE, _NO_CHANCE)}", values)[
            0
        ][0]
    )


def responses(span: Span, bounds: Sequence[int]) -> list[int]:
    """How many leads were answered within each bound in seconds but not within the one before, and after the last."""
    where, values = _where(span)
    sql = f"""
        SELECT width_bucket(m.response_seconds, %(bounds)s), count(*) FROM lead_measure m {_JOIN_LINE}
        WHERE {where} AND m.response_seconds IS NOT NULL GROUP BY 1
    """
    found = dict(_rows(sql, values | {"bounds": [bound + 1 for bound in bounds]}))
    return [found.get(bucket, 0) for bucket in range(len(bounds) + 1)]


def behind(span: Span, count: Count, *, after: tuple[datetime, int] | None = None, limit: int = 100) -> list[Behind]:
    """The leads behind a number, the newest first; `after` is the last row of the page before."""
    where, values = _where(span)
    values |= {"limit": limit, "at": after[0] if after else None, "id": after[1] if after else None}
    return [Behind(*row) for row in _rows(_BEHIND.format(where=where, count=_COUNTS[count]), values)]


def up_to(businesses: Sequence[int]) -> datetime | None:
    """Up to which moment all of these are counted; None where one of them never was."""
    sql = "SELECT min(at) FROM measured_up_to WHERE business_id = ANY(%(businesses)s) HAVING count(*) = %(many)s"
    rows = _rows(sql, {"businesses": list(businesses), "many": len(businesses)})
    return rows[0][0] if rows else None


def hidden(business: int, since: datetime, until: datetime) -> int:
    """Missed calls of callers who hide their number: nobody can be texted and no lead can be kept."""
    values = {"business": business, "since": since, "until": until}
    return int(_rows(_HIDDEN, values)[0][0])


def _where(span: Span) -> tuple[str, dict[str, Any]]:
    values: dict[str, Any] = {"businesses": list(span.businesses), "since": span.since, "until": span.until}
    if span.by is None:
        return _WITHIN, values
    return f"{_WITHIN} AND {_DIMENSIONS[span.by][0]}::text = %(part)s", values | {"part": span.part}


def _rows(sql: str, values: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
        return found


_WITHIN = "m.business_id = ANY(%(businesses)s) AND m.day BETWEEN %(since)s AND %(until)s AND m.excluded = ''"

_CHANCE, _NO_CHANCE = "m.excluded = ''", "m.excluded <> ''"

_JOIN_LINE = "JOIN line n ON n.id = m.line_id"

_IN_ORDER = frozenset({"day", "week", "month", "hour"})

# Each key is what a link names a part by; its name is what a person reads.
_DIMENSIONS: dict[Dimension, tuple[str, str]] = {
    "day": ("m.day", "m.day"),
    "week": ("date_trunc('week', m.day)::date", "date_trunc('week', m.day)::date"),
    "month": ("date_trunc('month', m.day)::date", "to_char(date_trunc('month', m.day), 'YYYY-MM')"),
    "line": ("m.line_id", "COALESCE(NULLIF(n.source, ''), n.number)"),
    "location": (
        "COALESCE(n.location_id, 0)",
        "COALESCE((SELECT o.name FROM location o WHERE o.id = n.location_id), '')",
    ),
    "service": ("m.service", "m.service"),
    "reason": ("m.reason", "m.reason"),
    "language": ("m.language", "m.language"),
    "hour": ("m.hour", "m.hour"),
    "business": ("m.business_id", "(SELECT b.name FROM business b WHERE b.id = m.business_id)"),
}

_CALLED = "m.calls > 0"
_COUNTS: dict[Count, str] = {
    "leads": "true",
    "called": _CALLED,
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
    "responded": "m.response_seconds IS NOT NULL",
    "unanswered": f"{_CALLED} AND m.response_seconds IS NULL",
    "recovered": "m.recovered <> 0",
    "not_ours": "m.not_ours <> 0",
    "taken_back": "m.taken_back <> 0",
}


_SUMS = ", ".join(
    [
        *(
            f"count(*) FILTER (WHERE {_COUNTS[name]})" if name in _COUNTS else f"COALESCE(sum(m.{name}), 0)::bigint"
            for name in (
                "leads", "called", "calls", "texted", "replied", "qualified", "qualified_by_label", "booked",
                "booked_by_label", "stands", "attended", "callbacks_owed", "callbacks_made", "sold", "responded",
            )
        ),
        *(f"COALESCE(sum(m.{name}), 0)::bigint" for name in ("recovered", "not_ours", "taken_back")),
        "percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY m.response_seconds)",
    ]
)  # fmt: skip

_BEHIND = """
SELECT l.conversation_id, m.business_id, k.name, k.number, m.began_at, l.status, m.service, m.reason,
       m.response_seconds, m.recovered
FROM lead_measure m JOIN line n ON n.id = m.line_id
JOIN lead l ON l.id = m.lead_id JOIN contact k ON k.id = l.contact_id
WHERE {where} AND {count}
  AND (%(at)s::timestamptz IS NULL OR (m.began_at, l.conversation_id) < (%(at)s, %(id)s))
ORDER BY m.began_at DESC, l.conversation_id DESC LIMIT %(limit)s
"""

_HIDDEN = """
SELECT count(*) FROM decision_receipt d JOIN conversation c ON c.id = d.conversation_id
JOIN contact k ON k.id = c.contact_id
WHERE k.business_id = %(business)s AND k.number = 'withheld' AND d.rule = 'first_text' AND d.verdict = 'not_sent'
  AND d.at >= %(since)s AND d.at < %(until)s
"""
