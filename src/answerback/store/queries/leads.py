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

MOST_LOOKED_UP = 5_000
"""Of a member with so many leads and conversations the newest are found sooner by date than all of theirs by owner."""


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
    for row in _rows(_BOARD, wanted, values):
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
    return [LeadRow(*row) for row in _rows(_LIST, wanted, values)]


def counts(business: int, wanted: Filter, now: datetime) -> dict[str, int]:
    """How many leads each status holds; at most one more than `MOST_COUNTED`."""
    values = _values(business, wanted, now) | {"statuses": list(STATUSES), "most": MOST_COUNTED + 1}
    return dict(_rows(_COUNTS, wanted, values))


def late(business: int, now: datetime) -> tuple[int, datetime | None]:
    """How many open leads are past their next step and are nobody's to-do, at most one more than `MOST_LATE`, and since
    when the oldest of these is.
    """
    wanted = Filter(late=True, alone=True)
    ((count, since),) = _rows(_LATE, wanted, _values(business, wanted, now) | {"most": MOST_LATE + 1})
    return int(count), since


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


def _rows(asked: str, wanted: Filter, values: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    parts, from_leads = [_CONDITIONS[name] for name in _CONDITIONS if getattr(wanted, name)], "lead l"
    with connection.cursor() as cursor:
        if wanted.owner == "nobody":
            parts.append(_NOBODYS)
        elif wanted.owner and _has_many(cursor, values):
            parts.append(_THEIRS)
        elif wanted.owner:
            asked, from_leads = _LOOKED_UP + asked, "theirs l"
        status = "AND l.status = %(status)s" if wanted.status else ""
        where = "".join(f" AND {part}" for part in parts)
        cursor.execute(asked.format(leads=from_leads, wanted=where, status=status), values)
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
        return found


def _has_many(cursor: Any, values: dict[str, Any]) -> bool:
    """Has this member more leads and conversations than are looked up?"""
    cursor.execute(_HOW_MANY, values | {"looked_up": MOST_LOOKED_UP})
    return bool(cursor.fetchone()[0] >= MOST_LOOKED_UP)


# A lead without an owner is whoever's has the conversation, or is to have it, as its page says.
_NOBODYS = """l.owner_id IS NULL AND EXISTS (
    SELECT 1 FROM conversation c
    WHERE c.id = l.conversation_id AND c.held_by_id IS NULL AND c.assigned_to_id IS NULL)"""

# Of a member who has many each lead is held against a hash of their conversations, the newest first, until there are
# enough (as an array each lead was compared with each of thousands).
_THEIRS = """(l.owner_id = %(owner)s OR l.owner_id IS NULL AND l.conversation_id IN (
    SELECT c.id FROM conversation c WHERE c.business_id = %(business)s
        AND (c.held_by_id = %(owner)s OR c.held_by_id IS NULL AND c.assigned_to_id = %(owner)s)))"""

# Of any other member all of theirs are taken once, by an index for each way a lead is theirs: to find somebody's three
# leads, every lead there is was read.
_LOOKED_UP = """
WITH theirs AS MATERIALIZED (
    SELECT l.* FROM lead l WHERE l.business_id = %(business)s AND l.owner_id = %(owner)s
    UNION ALL
    SELECT l.* FROM conversation c JOIN lead l ON l.conversation_id = c.id
    WHERE c.business_id = %(business)s AND c.held_by_id = %(owner)s AND l.owner_id IS NULL
    UNION ALL
    SELECT l.* FROM conversation c JOIN lead l ON l.conversation_id = c.id
    WHERE c.business_id = %(business)s AND c.held_by_id IS NULL AND c.assigned_to_id = %(owner)s AND l.owner_id IS NULL)
"""

_HOW_MANY = """
SELECT (SELECT count(*) FROM (
            SELECT FROM lead WHERE business_id = %(business)s AND owner_id = %(owner)s LIMIT %(looked_up)s) l)
     + (SELECT count(*) FROM (SELECT FROM conversation WHERE held_by_id = %(owner)s LIMIT %(looked_up)s) h)
     + (SELECT count(*) FROM (SELECT FROM conversation WHERE assigned_to_id = %(owner)s LIMIT %(looked_up)s) g)
"""

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
    SELECT l.* FROM {{leads}} WHERE l.business_id = %(business)s AND l.status = s.status {{wanted}}
    ORDER BY l.created_at DESC LIMIT %(rows)s) l
{_JOINS}
ORDER BY l.created_at DESC, l.id DESC
"""

_LIST = f"""
SELECT {_COLUMNS}
FROM (
    SELECT l.* FROM {{leads}}
    WHERE l.business_id = %(business)s {{status}} {{wanted}}
      AND (%(before)s::timestamptz IS NULL OR l.created_at <= %(before)s
           AND (l.created_at, l.conversation_id) < (%(before)s, %(behind)s))
    ORDER BY l.created_at DESC, l.conversation_id DESC LIMIT %(rows)s) l
{_JOINS}
ORDER BY l.created_at DESC, l.conversation_id DESC
"""

_LATE = f"""
SELECT count(*), min(f.at) FROM (
    SELECT (SELECT {steps.STEP_AT} FROM conversation c WHERE c.id = l.conversation_id) AS at
    FROM {{leads}} WHERE l.business_id = %(business)s {{wanted}} LIMIT %(most)s) f
"""

_COUNTS = """
SELECT s.status, (SELECT count(*) FROM (
    SELECT FROM {leads} WHERE l.business_id = %(business)s AND l.status = s.status {wanted} LIMIT %(most)s) f)
FROM unnest(%(statuses)s::text[]) s (status)
"""
