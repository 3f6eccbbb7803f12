"""The lists of the console: conversations, to-dos, pages, the week's numbers, and cheap versions to poll.

Every list takes the business it is about; `access` has said before that this person may see it. A list is one
statement, however many rows it has. Nothing here writes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zlib import crc32

from django.db import connection

ROWS = 50

NUMBERS = ("captured", "replied", "qualified", "booked", "sold")
"""The week's numbers in the order of a sale, each counting leads captured this week."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One line of the inbox. In the order of `_LIST`."""

    id: int
    name: str
    number: str
    phase: str
    last_at: datetime
    held_by: str
    status: str
    service: str
    urgency: str
    missed_reason: str
    words: str
    author: str
    word_status: str
    todos: int
    urgent: bool
    pages: int


@dataclass(frozen=True, slots=True)
class Todo:
    """An open to-do. In the order of `_TODOS`."""

    id: int
    conversation: int
    kind: str
    title: str
    urgent: bool
    due_at: datetime
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Page:
    """Somebody is being woken and nobody has taken it. In the order of `_PAGES`."""

    id: int
    conversation: int
    summary: str
    opened_at: datetime
    name: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many conversations need somebody, how many there are, how many to-dos and pages are open."""

    needs: int
    all: int
    todos: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Leads captured since `since`, how far they came, and the money they brought so far, in cents."""

    since: datetime
    leads: dict[str, int]
    cents: int


def conversations(
    business: int, *, needs_you: bool, number: str = "", since: datetime, before: datetime | None = None
) -> list[Conversation]:
    """The newest conversations; with `number` those behind one of the week's numbers, with `before` the older ones."""
    wanted = _AND_NUMBER[number] if number else (_AND_NEEDS if needs_you else "")
    sql = _LIST.format(wanted=wanted)
    values = {"business": business, "since": since, "before": before, "rows": ROWS + 1}
    return [Conversation(*row) for row in _rows(sql, values)]


def counts(business: int) -> Counts:
    """The numbers on the tabs."""
    needs, everything, todos = _rows(_COUNTS, {"business": business})[0]
    return Counts(needs=needs, all=everything, todos=todos)


def week(business: int, since: datetime) -> Week:
    """The week's numbers."""
    row = _rows(_WEEK, {"business": business, "since": since})[0]
    return Week(since=since, leads=dict(zip(NUMBERS, row, strict=False)), cents=row[-1])


def todos(business: int) -> list[Todo]:
    """Open to-dos: urgent ones first, then by when they are due."""
    return [Todo(*row) for row in _rows(_TODOS, {"business": business, "conversation": None})]


def todos_of(business: int, conversation: int) -> list[Todo]:
    """Open to-dos of one conversation."""
    return [Todo(*row) for row in _rows(_TODOS, {"business": business, "conversation": conversation})]


def pages(business: int) -> list[Page]:
    """Pages nobody has taken, the longest waiting first."""
    return [Page(*row) for row in _rows(_PAGES, {"business": business, "conversation": None})]


def pages_of(business: int, conversation: int) -> list[Page]:
    """Pages of one conversation nobody has taken."""
    return [Page(*row) for row in _rows(_PAGES, {"business": business, "conversation": conversation})]


def version(business: int, now: datetime) -> str:
    """Changes when anything in the lists may have changed, and once a minute because times are shown in words."""
    return _digest(_rows(_VERSION, {"business": business})[0], f"{now:%d%H%M}")


def version_of(conversation: int, now: datetime) -> str:
    """Changes when anything on the conversation's page may have changed, and once a minute."""
    return _digest(_rows(_VERSION_OF, {"id": conversation})[0], f"{now:%d%H%M}")


def _rows(sql: str, values: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
        return found


def _digest(row: tuple[Any, ...], minute: str) -> str:
    return f"{crc32(repr((row, minute)).encode()):08x}"


# Somebody is needed: a to-do or a page is open, or a person has the conversation and the customer had the last word.
_NEEDS = """(
    EXISTS (SELECT 1 FROM todo t WHERE t.conversation_id = c.id AND t.closed_at IS NULL)
    OR EXISTS (SELECT 1 FROM page p WHERE p.conversation_id = c.id AND p.taken_at IS NULL)
    OR (c.phase = 'human' AND c.ended_at IS NULL AND 'customer' = (
        SELECT m.author FROM message m WHERE m.conversation_id = c.id AND m.author <> 'page'
        ORDER BY m.created_at DESC, m.id DESC LIMIT 1))
)"""

_AND_NEEDS = f" AND {_NEEDS}"

_REPLIED = "EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = l.conversation_id AND m.author = 'customer')"
_BOOKED = """(l.status IN ('booked', 'won') OR EXISTS (
    SELECT 1 FROM appointment a WHERE a.conversation_id = l.conversation_id AND a.status = 'booked'))"""
_QUALIFIED = f"(l.status = 'qualified' OR {_BOOKED})"
_SOLD = "l.status = 'won'"

_AND_NUMBER = {
    "captured": " AND l.created_at >= %(since)s",
    "replied": f" AND l.created_at >= %(since)s AND {_REPLIED}",
    "qualified": f" AND l.created_at >= %(since)s AND {_QUALIFIED}",
    "booked": f" AND l.created_at >= %(since)s AND {_BOOKED}",
    "sold": f" AND l.created_at >= %(since)s AND {_SOLD}",
}

_LIST = """
SELECT c.id, k.name, k.number, c.phase, c.last_at, COALESCE(h.name, ''), COALESCE(l.status, ''),
       COALESCE(l.service, ''), COALESCE(l.urgency, ''), COALESCE(l.missed_reason, ''),
       COALESCE(w.body, ''), COALESCE(w.author, ''), COALESCE(w.status, ''), t.open, t.urgent,
       (SELECT count(*) FROM page p WHERE p.conversation_id = c.id AND p.taken_at IS NULL)
FROM conversation c
JOIN contact k ON k.id = c.contact_id
LEFT JOIN lead l ON l.conversation_id = c.id
LEFT JOIN member h ON h.id = c.held_by_id
LEFT JOIN LATERAL (
    SELECT m.body, m.author, m.status FROM message m
    WHERE m.conversation_id = c.id AND m.author <> 'page' AND m.status <> 'withdrawn'
    ORDER BY m.created_at DESC, m.id DESC LIMIT 1) w ON true
CROSS JOIN LATERAL (
    SELECT count(*) AS open, COALESCE(bool_or(o.urgent), false) AS urgent FROM todo o
    WHERE o.conversation_id = c.id AND o.closed_at IS NULL) t
WHERE c.business_id = %(business)s AND (%(before)s::timestamptz IS NULL OR c.last_at < %(before)s)
  AND %(since)s::timestamptz IS NOT NULL{wanted}
ORDER BY c.last_at DESC, c.id DESC LIMIT %(rows)s
"""

_COUNTS = f"""
SELECT (SELECT count(*) FROM conversation c WHERE c.business_id = %(business)s AND {_NEEDS}),
       (SELECT count(*) FROM conversation c WHERE c.business_id = %(business)s),
       (SELECT count(*) FROM todo t WHERE t.business_id = %(business)s AND t.closed_at IS NULL)
       + (SELECT count(*) FROM page p WHERE p.business_id = %(business)s AND p.taken_at IS NULL)
"""

_WEEK = f"""
SELECT count(*), count(*) FILTER (WHERE {_REPLIED}), count(*) FILTER (WHERE {_QUALIFIED}),
       count(*) FILTER (WHERE {_BOOKED}), count(*) FILTER (WHERE {_SOLD}),
       COALESCE(sum((SELECT sum(r.cents) FROM revenue_entry r WHERE r.lead_id = l.id)), 0)::bigint
FROM lead l WHERE l.business_id = %(business)s AND l.created_at >= %(since)s
"""

_TODOS = """
SELECT t.id, t.conversation_id, t.kind, t.title, t.urgent, t.due_at, k.name, k.number
FROM todo t JOIN conversation c ON c.id = t.conversation_id JOIN contact k ON k.id = c.contact_id
WHERE t.business_id = %(business)s AND t.closed_at IS NULL
  AND (%(conversation)s::bigint IS NULL OR t.conversation_id = %(conversation)s)
ORDER BY t.urgent DESC, t.due_at, t.id LIMIT 200
"""

_PAGES = """
SELECT p.id, p.conversation_id, p.summary, p.opened_at, k.name, k.number
FROM page p JOIN conversation c ON c.id = p.conversation_id JOIN contact k ON k.id = c.contact_id
WHERE p.business_id = %(business)s AND p.taken_at IS NULL
  AND (%(conversation)s::bigint IS NULL OR p.conversation_id = %(conversation)s)
ORDER BY p.opened_at, p.id LIMIT 200
"""

# Every turn and every act of staff moves `last_at`; what moves without it (a to-do closed, a page taken) is counted.
_VERSION = """
SELECT (SELECT max(c.last_at) FROM conversation c WHERE c.business_id = %(business)s),
       (SELECT count(*) || ':' || COALESCE(max(t.id), 0) FROM todo t
        WHERE t.business_id = %(business)s AND t.closed_at IS NULL),
       (SELECT count(*) FROM page p WHERE p.business_id = %(business)s AND p.taken_at IS NULL)
"""

_VERSION_OF = """
SELECT c.last_at, c.epoch, c.phase, c.held_by_id, k.name,
       (SELECT max(e.id) FROM event e WHERE e.conversation_id = c.id),
       (SELECT string_agg(m.id || m.status, ',' ORDER BY m.id) FROM message m WHERE m.conversation_id = c.id),
       (SELECT max(d.id) FROM decision_receipt d WHERE d.conversation_id = c.id),
       (SELECT count(*) || ':' || count(t.closed_at) FROM todo t WHERE t.conversation_id = c.id),
       (SELECT count(*) || ':' || count(p.taken_at) FROM page p WHERE p.conversation_id = c.id),
       (SELECT string_agg(a.id || a.status, ',' ORDER BY a.id) FROM appointment a WHERE a.conversation_id = c.id),
       (SELECT l.updated_at FROM lead l WHERE l.conversation_id = c.id),
       (SELECT count(*) FROM revenue_entry r JOIN lead l ON l.id = r.lead_id WHERE l.conversation_id = c.id),
       EXISTS (SELECT 1 FROM suppression s
               WHERE s.business_id = c.business_id AND s.number = k.number AND s.lifted_at IS NULL)
FROM conversation c JOIN contact k ON k.id = c.contact_id WHERE c.id = %(id)s
"""
