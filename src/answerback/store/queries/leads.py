"""The leads as a board and as a list, filtered, and the views people saved of them.

Every list is one statement, however many rows it has; each column of the board is read by the index of its status.
Nothing here writes, and `access` has said before that this person may see the business.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from answerback.store import ids
from answerback.store.queries import steps
from answerback.store.queries.rows import Place

STATUSES = ("new", "contacted", "qualified", "booked", "won", "lost", "not_served")
OPEN = ("new", "contacted", "qualified", "booked")

CARDS = 8
ROWS = 50
MOST_COUNTED = 999
MOST_LATE = 99
"""Counting further would cost more than it says; the page shows `99+`."""


@dataclass(frozen=True, slots=True)
class LeadRow:
    """One lead. `step_at` is never empty, nor `step` while it is open. In the order of `_COLUMNS`."""

    conversation: int
    name: str
    number: str
    status: str
    service: str
    urgency: str
    missed_reason: str
    source: str
    owner: str
    step: str
    step_at: datetime
    value_cents: int | None
    sold_cents: int
    created_at: datetime
    last_at: datetime
    owner_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which leads are wanted; what is empty does not matter. `owner` is a member's id, `nobody` for none.

    `late` are those past their next step, `alone` those that nobody has a to-do about.
    """

    status: str = ""
    service: str = ""
    urgency: str = ""
    reason: str = ""
    line: int = 0
    owner: str = ""
    late: bool = False
    alone: bool = False


def board(business: int, wanted: Filter, now: datetime) -> dict[str, list[LeadRow]]:
    """The newest leads of each status, one more than `CARDS` where there are more."""
    values = _values(business, wanted, now) | {"statuses": list(STATUSES), "rows": CARDS + 1}
    found: dict[str, list[LeadRow]] = {status: [] for status in STATUSES}
    for row in _rows(_BOARD.format(wanted=_where(wanted)), values):
        found[row[3]].append(LeadRow(*row))
    return found


def listed(
    business: int,
    wanted: Filter,
    now: datetime,
    *,
    before: Place | None = None,
    rows: int = ROWS,
) -> list[LeadRow]:
    """The newest leads, one more than `rows`; with `before` those behind that place."""
    values = _values(business, wanted, now) | {"rows": rows + 1, **Place.values(before)}
    status = "AND l.status = %(status)s" if wanted.status else ""
    return [LeadRow(*row) for row in _rows(_LIST.format(wanted=_where(wanted), status=status), values)]


def counts(business: int, wanted: Filter, now: datetime) -> dict[str, int]:
    """How many leads each status holds; at most one more than `MOST_COUNTED`."""
    values = _values(business, wanted, now) | {"statuses": list(STATUSES), "most": MOST_COUNTED + 1}
    return dict(_rows(_COUNTS.format(wanted=_where(wanted)), values))


def late(business: int, now: datetime) -> tuple[int, datetime | None]:
    """How many open leads are past their next step and are nobody's to-do, at most one more than `MOST_LATE`, and since
    when the oldest of these is.
    """
    values = _values(business, Filter(), now) | {"most": MOST_LATE + 1}
    wanted = _where(Filter(late=True, alone=True))
    ((count, since),) = _rows(_LATE.format(wanted=wanted, step_at=steps.STEP_AT), values)
    return int(count), since


def _where(wanted: Filter) -> str:
    parts = [_CONDITIONS[name] for name in _CONDITIONS if getattr(wanted, name)]
    if wanted.owner:
        parts.append(_NOBODYS if wanted.owner == "nobody" else _THEIRS)
    return "".join(f" AND {part}" for part in parts)


def _values(business: int, wanted: Filter, now: datetime) -> dict[str, Any]:
    owner = ids.read(wanted.owner) or 0
    return {
        "business": business,
        "status": wanted.status,
        "service": wanted.service,
        "urgency": wanted.urgency,
        "reason": wanted.reason,
        "line": wanted.line,
        "owner": owner,
        "now": now,
    }


def _rows(sql: str, values: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
        return found


# A lead without an owner is whoever's has the conversation, or is to have it, as its page says. Theirs are found by
# their index first, and looked up in a hash of them (as an array each lead was compared with each of thousands).
_NOBODYS = """l.owner_id IS NULL AND EXISTS (
    SELECT 1 FROM conversation c
    WHERE c.id = l.conversation_id AND c.held_by_id IS NULL AND c.assigned_to_id IS NULL)"""
_THEIRS = """(l.owner_id = %(owner)s OR l.owner_id IS NULL AND l.conversation_id IN (
    SELECT c.id FROM conversation c WHERE c.business_id = %(business)s
        AND (c.held_by_id = %(owner)s OR c.held_by_id IS NULL AND c.assigned_to_id = %(owner)s)))"""

_CONDITIONS = {
    "service": "l.service = %(service)s",
    "urgency": "l.urgency = %(urgency)s",
    "reason": "l.missed_reason = %(reason)s",
    "line": "l.line_id = %(line)s",
    "late": f"""{steps.OPEN} AND EXISTS (
        SELECT 1 FROM conversation c WHERE c.id = l.conversation_id AND {steps.STEP_AT} < %(now)s)""",
    "alone": """NOT EXISTS (
        SELECT 1 FROM todo t WHERE t.conversation_id = l.conversation_id AND t.closed_at IS NULL)""",
}

_COLUMNS = f"""
    l.conversation_id, k.name, k.number, l.status, l.service, l.urgency, l.missed_reason,
    COALESCE(NULLIF(n.source, ''), n.number), COALESCE(o.name, h.name, g.name, ''),
    {steps.STEP}, {steps.STEP_AT}, l.value_cents,
    COALESCE((SELECT sum(r.cents) FROM revenue_entry r WHERE r.lead_id = l.id), 0)::bigint, l.created_at, c.last_at,
    l.owner_id
"""

_JOINS = """
    JOIN conversation c ON c.id = l.conversation_id
    JOIN contact k ON k.id = l.contact_id
    JOIN line n ON n.id = l.line_id
    LEFT JOIN member o ON o.id = l.owner_id
    LEFT JOIN member h ON h.id = c.held_by_id
    LEFT JOIN member g ON g.id = c.assigned_to_id
"""

_BOARD = f"""
SELECT {_COLUMNS}
FROM unnest(%(statuses)s::text[]) s (status)
CROSS JOIN LATERAL (
    SELECT l.* FROM lead l WHERE l.business_id = %(business)s AND l.status = s.status {{wanted}}
    ORDER BY l.created_at DESC LIMIT %(rows)s) l
{_JOINS}
ORDER BY l.created_at DESC, l.id DESC
"""

_LIST = f"""
SELECT {_COLUMNS}
FROM (
    SELECT l.* FROM lead l
    WHERE l.business_id = %(business)s {{status}} {{wanted}}
      AND (%(before)s::timestamptz IS NULL OR l.created_at <= %(before)s
           AND (l.created_at, l.conversation_id) < (%(before)s, %(behind)s))
    ORDER BY l.created_at DESC, l.conversation_id DESC LIMIT %(rows)s) l
{_JOINS}
ORDER BY l.created_at DESC, l.conversation_id DESC
"""

_LATE = """
SELECT count(*), min(f.at) FROM (
    SELECT (SELECT {step_at} FROM conversation c WHERE c.id = l.conversation_id) AS at
    FROM lead l WHERE l.business_id = %(business)s {wanted} LIMIT %(most)s) f
"""

_COUNTS = """
SELECT s.status, (SELECT count(*) FROM (
    SELECT FROM lead l WHERE l.business_id = %(business)s AND l.status = s.status {wanted} LIMIT %(most)s) f)
FROM unnest(%(statuses)s::text[]) s (status)
"""
