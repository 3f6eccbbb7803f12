"""The lists of the console: conversations by tab, to-dos, pages, the numbers of some days, and cheap versions to poll.

Every list takes the business it is about; `access` has said before that this person may see it. A list is one
statement, however many rows it has, and its conditions are those of a partial index. Nothing here writes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import connection

from answerback.store.queries import undone
from answerback.store.queries.calls import LAST
from answerback.store.queries.heard import SAID, SPOKEN
from answerback.store.queries.rows import Place

ROWS = 50
MOST_TODOS = 200

Tab = Literal["needs", "mine", "all", "done"]
Listed = Tab | Literal["others"]
"""`others` has no tab of its own: whoever the first does not show, below it on a phone."""

NUMBERS = ("captured", "replied", "qualified", "booked", "sold")
"""The numbers of some days in the order of a sale, each counting the leads that came so far in these days."""

MOST_COUNTED = 999
"""Counting further would cost more than it says; the page shows `999+`, as it does of leads."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One line of the inbox. In the order of `_LIST`.

    `call` is what we took the last call for, where nobody has texted; empty while it was not judged, and else.
    `brought` is what the last text brought instead of words: `picture`, `recording` or `nothing`; else empty.
    """

    id: int
    name: str
    number: str
    phase: str
    last_at: datetime
    held_by: str
    assigned_to: str
    snoozed_until: datetime | None
    done: bool
    status: str
    service: str
    urgency: str
    missed_reason: str
    words: str
    author: str
    member: int | None
    said_by: str
    word_status: str
    brought: Literal["", "picture", "recording", "nothing"]
    todos: int
    urgent: bool
    pages: int
    call: Literal["", "answered", "missed", "noise"]
    talked_seconds: int
    answered_by: str


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
    snoozed_until: datetime | None
    said: str


@dataclass(frozen=True, slots=True)
class Page:
    """Somebody is being woken and nobody has taken it. In the order of `_PAGES`."""

    id: int
    conversation: int
    summary: str
    opened_at: datetime
    name: str
    number: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many conversations need somebody, and how many to-dos and pages are open."""

    needs: int
    todos: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabs:
    """How many conversations each tab holds, at most one more than `MOST_COUNTED` in the last two; and what stands
    beside the sections, which a page with tabs need not ask once more.
    """

    needs: int
    mine: int
    all: int
    done: int
    todos: int

    @property
    def counts(self) -> Counts:
        """The numbers beside the sections of the console."""
        return Counts(needs=self.needs, todos=self.todos)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """How many leads came to each stage in some days, whenever they began, and what those sold brought, in cents."""

    leads: dict[str, int]
    cents: int


def conversations(
    business: int, member: int, tab: Listed, now: datetime, *, before: Place | None = None, rows: int = ROWS
) -> list[Conversation]:
    """The newest conversations of a tab, or the others, one more than `rows`; with `before` those behind that place."""
    values = {"business": business, "member": member, "now": now, "rows": rows + 1, **Place.values(before)}
    wanted = _LIST.format(**_TABS[tab], by="", customers=_CUSTOMERS, first="")
    return [Conversation(*row) for row in _rows(wanted, values)]


def unread(business: int, now: datetime, *, rows: int) -> tuple[list[Conversation], int]:
    """The newest conversations whose customer waits for an answer and nobody was asked to give it, and how many."""
    values = {"business": business, "now": now, "rows": rows, **Place.values(None)}
    wanted = {"needed": _UNREAD["needed"], "wanted": f"AND {_UNREAD['wanted']}", "customers": _CUSTOMERS, "by": ""}
    found = _rows(_LIST.format(**wanted, first=f"({_HOW_MANY_UNREAD}), "), values)
    return [Conversation(*row) for _count, *row in found], found[0][0] if found else 0


def behind(
    business: int, number: str, since: datetime, until: datetime, *, before: Place | None = None
) -> list[Conversation]:
    """The conversations behind one of the numbers of these days: as many as it counts."""
    wanted = {"needed": "", "wanted": _BEHIND[number], "by": _BY.get(number, ""), "customers": "true", "first": ""}
    values = {"business": business, "since": since, "until": until, "rows": ROWS + 1, **Place.values(before)}
    return [Conversation(*row) for row in _rows(_LIST.format(**wanted), values)]


def counts(business: int, now: datetime) -> Counts:
    """The numbers beside the sections of the console."""
    needs, todos = _rows(_COUNTS, {"business": business, "now": now})[0]
    return Counts(needs=needs, todos=todos)


def tabs(business: int, member: int, now: datetime) -> Tabs:
    """The numbers on the tabs of the inbox."""
    values = {"business": business, "member": member, "now": now, "most": MOST_COUNTED + 1}
    needs, mine, everything, finished, todos = _rows(_TAB_COUNTS, values)[0]
    return Tabs(needs=needs, mine=mine, all=everything, done=finished, todos=todos)


def numbers(business: int, *spans: tuple[datetime, datetime]) -> list[Numbers]:
    """The numbers of each of these spans of days, from a moment until before another, in one question."""
    since, until = [span[0] for span in spans], [span[1] for span in spans]
    rows = _rows(_NUMBERS, {"business": business, "first": min(since), "since": since, "until": until})
    return [Numbers(leads=dict(zip(NUMBERS, row, strict=False)), cents=row[-1]) for row in rows]


def todos(
    business: int, *, after: int | None = None, due_before: datetime | None = None, rows: int = MOST_TODOS
) -> list[Todo]:
    """Open to-dos, all or those due before a moment: urgent ones first, then by when they are due; with `after` those
    behind that one.
    """
    values = {"business": business, "conversation": None, "after": after, "due_before": due_before, "rows": rows}
    return [Todo(*row) for row in _rows(_TODOS, values)]


def todos_of(business: int, conversation: int) -> list[Todo]:
    """Open to-dos of one conversation."""
    values = {"business": business, "conversation": conversation, "after": None, "due_before": None, "rows": ROWS}
    return [Todo(*row) for row in _rows(_TODOS, values)]


def pages(business: int) -> list[Page]:
    """Pages nobody has taken, the longest waiting first."""
    return [Page(*row) for row in _rows(_PAGES, {"business": business, "conversation": None})]


def pages_of(business: int, conversation: int) -> list[Page]:
    """Pages of one conversation nobody has taken."""
    return [Page(*row) for row in _rows(_PAGES, {"business": business, "conversation": conversation})]


def _rows(sql: str, values: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
        return found


# Who needs somebody: a to-do or a page is open, or a person has the conversation, the customer had the last word and
# nobody spoke with them since.
# Each part is found by its own partial index, so the price is that of who needs somebody, not of who ever called.
_WAITS = """
    SELECT h.id FROM conversation h
    WHERE h.business_id = %(business)s AND h.phase = 'human' AND h.ended_at IS NULL AND h.done_at IS NULL
      AND (SELECT m.author = 'customer' AND m.created_at > COALESCE((h.state ->> 'served_at')::timestamptz, '-infinity')
           FROM message m WHERE m.conversation_id = h.id AND m.author <> 'page'
           ORDER BY m.created_at DESC, m.id DESC LIMIT 1)
"""
_NEEDED = f"""
    SELECT t.conversation_id AS id FROM todo t WHERE t.business_id = %(business)s AND t.closed_at IS NULL
    UNION SELECT p.conversation_id FROM page p WHERE p.business_id = %(business)s AND p.taken_at IS NULL
    UNION {_WAITS}
"""

# What was put aside comes back when its time has come; who is being woken for something is never put aside.
_NOT_ASIDE = """(c.snoozed_until IS NULL OR c.snoozed_until <= %(now)s
    OR EXISTS (SELECT 1 FROM page p WHERE p.conversation_id = c.id AND p.taken_at IS NULL))"""

_MINE = "(c.held_by_id = %(member)s OR c.assigned_to_id = %(member)s) AND c.ended_at IS NULL AND c.done_at IS NULL"
_DONE = "(c.ended_at IS NOT NULL OR c.done_at IS NOT NULL)"

# The business's conversation with its own people (`staff_texts.OWN`) is no customer's.
_CUSTOMERS = """c.contact_id IS DISTINCT FROM (
    SELECT o.id FROM contact o WHERE o.business_id = %(business)s AND o.number = 'staff')"""

_UNREAD = {
    "needed": f"JOIN ({_WAITS}) n ON n.id = c.id",
    "wanted": f"""{_NOT_ASIDE}
        AND NOT EXISTS (SELECT 1 FROM todo t WHERE t.conversation_id = c.id AND t.closed_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM page p WHERE p.conversation_id = c.id AND p.taken_at IS NULL)""",
}

_TABS = {
    "needs": {"needed": f"JOIN ({_NEEDED}) n ON n.id = c.id", "wanted": f"AND {_NOT_ASIDE}"},
    "mine": {"needed": "", "wanted": f"AND {_MINE}"},
    "all": {"needed": "", "wanted": ""},
    "done": {"needed": "", "wanted": f"AND {_DONE}"},
    "others": {"needed": "", "wanted": f"AND NOT (c.id IN ({_NEEDED}) AND {_NOT_ASIDE})"},
}

# When a lead came to each stage; never is NULL, and no day's. Sold is what is won now, since when it is; whoever lost a
# lead again leaves the numbers before that as they were: it did come so far in these days.
_CAME = {
    "captured": "l.created_at",
    "replied": """(SELECT min(m.created_at) FROM message m
        WHERE m.conversation_id = c.id AND m.author = 'customer')""",
    "qualified": "LEAST(turned.qualified, visit.at)",
    "booked": "LEAST(turned.booked, visit.at)",
    "sold": "CASE WHEN l.status = 'won' THEN turned.won END",
}

# What these go by, looked up once a lead.
_TURNED = f"""CROSS JOIN LATERAL (
    SELECT min(t.at) AS qualified,
           min(t.at) FILTER (WHERE t.status = 'booked') AS booked, max(t.at) FILTER (WHERE t.status = 'won') AS won
    FROM lead_turn t WHERE t.lead_id = l.id AND t.status IN ('qualified', 'booked', 'won')
        AND NOT {undone.turn("t", "l.conversation_id")}) turned
"""
_VISIT = f"""CROSS JOIN LATERAL (
    SELECT min(a.created_at) AS at FROM appointment a
    WHERE a.conversation_id = l.conversation_id AND a.hold_until IS NULL AND NOT {undone.booking("a")}) visit
"""
_BY = {"qualified": _TURNED + _VISIT, "booked": _TURNED + _VISIT, "sold": _TURNED}

# Whatever happens to a lead moves its conversation, so the few that did are found by `conversation_recent`.
_TOUCHED = "c.last_at >= %(since)s"

_FAILED = f"""AND {_TOUCHED} AND EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id
    AND m.status IN ('refused', 'undelivered', 'unclear')
    AND m.created_at >= %(since)s AND m.created_at < %(until)s OFFSET 0)"""

# The leads of these days that were won are few, and PostgreSQL does not see it inside of `_CAME`. Who replied is known
# before it is asked whether there is a lead, which is then looked up for these alone.
_ALSO = {"replied": "AND l.id IS NOT NULL", "sold": "AND l.status = 'won'"}
_BEHIND = {
    number: f"""AND {_TOUCHED} {_ALSO.get(number, "")}
        AND tstzrange(%(since)s::timestamptz, %(until)s::timestamptz) @> {came}"""
    for number, came in _CAME.items()
} | {"failed": _FAILED}

# The page of the list is found first, and only its rows are looked up further.
_LIST = (
    """
SELECT {first}c.id, k.name, k.number, c.phase, c.last_at, COALESCE(h.name, ''), COALESCE(g.name, ''), c.snoozed_until,
       c.ended_at IS NOT NULL OR c.done_at IS NOT NULL, COALESCE(l.status, ''),
       COALESCE(l.service, ''), COALESCE(l.urgency, ''), COALESCE(l.missed_reason, ''),
       COALESCE(w.body, """
    + SPOKEN
    + """, ''), COALESCE(w.author, ''), w.member_id, COALESCE(a.name, ''), COALESCE(w.status, ''),
       CASE WHEN w.body = '' THEN COALESCE((
           SELECT b.kind FROM attachment b
           WHERE b.conversation_id = c.id AND (b.message_id = w.id OR w.key = 'in:' || b.event_id)
           ORDER BY b.n LIMIT 1), 'nothing') ELSE '' END,
       t.open, t.urgent,
       (SELECT count(*) FROM page p WHERE p.conversation_id = c.id AND p.taken_at IS NULL),
       COALESCE(q.came, ''), COALESCE(q.talked, 0), COALESCE(q.taken_by, '')
FROM (
    SELECT c.* FROM conversation c {needed} LEFT JOIN lead l ON l.conversation_id = c.id {by}
    WHERE c.business_id = %(business)s {wanted}
        AND (%(before)s::timestamptz IS NULL
             OR c.last_at <= %(before)s AND (c.last_at, c.id) < (%(before)s, %(behind)s))
        AND {customers}
    ORDER BY c.last_at DESC, c.id DESC LIMIT %(rows)s
) c
JOIN contact k ON k.id = c.contact_id
LEFT JOIN lead l ON l.conversation_id = c.id
LEFT JOIN member h ON h.id = c.held_by_id
LEFT JOIN member g ON g.id = c.assigned_to_id
LEFT JOIN LATERAL (
    SELECT m.id, m.key, left(m.body, 160) AS body, m.author, m.member_id, m.status FROM message m
    WHERE m.conversation_id = c.id AND m.author <> 'page' AND m.status <> 'withdrawn'
    ORDER BY m.created_at DESC, m.id DESC LIMIT 1) w ON true
LEFT JOIN member a ON a.id = w.member_id
CROSS JOIN LATERAL (
    SELECT count(*) AS open, COALESCE(bool_or(o.urgent), false) AS urgent FROM todo o
    WHERE o.conversation_id = c.id AND o.closed_at IS NULL) t
LEFT JOIN LATERAL ("""
    + LAST
    + """) q ON true
ORDER BY c.last_at DESC, c.id DESC
"""
)

_HOW_MANY_NEED = (
    f"(SELECT count(*) FROM ({_NEEDED}) n JOIN conversation c ON c.id = n.id WHERE {_NOT_ASIDE} AND {_CUSTOMERS})"
)

# Beside the list they are counted in, which would cost another question otherwise.
_HOW_MANY_UNREAD = f"""
SELECT count(*) FROM conversation c {_UNREAD["needed"]} WHERE {_UNREAD["wanted"]} AND {_CUSTOMERS}
"""

_HOW_MANY_TODOS = """
(SELECT count(*) FROM todo t WHERE t.business_id = %(business)s AND t.closed_at IS NULL)
+ (SELECT count(*) FROM page p WHERE p.business_id = %(business)s AND p.taken_at IS NULL)
"""

_COUNTS = f"SELECT {_HOW_MANY_NEED}, {_HOW_MANY_TODOS}"

# In the order of `conversation_recent`: a thousand of any order are read off the table, past everybody else's.
_TAB_COUNTS = f"""
SELECT {_HOW_MANY_NEED},
       (SELECT count(*) FROM conversation c WHERE {_MINE}),
       (SELECT count(*) FROM (
            SELECT FROM conversation c WHERE c.business_id = %(business)s AND {_CUSTOMERS}
            ORDER BY c.last_at DESC LIMIT %(most)s) c),
       (SELECT count(*) FROM (
            SELECT FROM conversation c WHERE c.business_id = %(business)s AND {_DONE} AND {_CUSTOMERS}
            ORDER BY c.last_at DESC LIMIT %(most)s) c),
       {_HOW_MANY_TODOS}
"""

# Each lead is looked at once, in however many spans of days it is counted.
_NUMBERS = f"""
WITH came AS MATERIALIZED (
    SELECT c.last_at, {", ".join(f"{came} AS {number}" for number, came in _CAME.items())},
           CASE WHEN l.status = 'won' THEN (
               SELECT sum(r.cents) FROM revenue_entry r WHERE r.lead_id = l.id) END AS cents
    FROM conversation c JOIN lead l ON l.conversation_id = c.id {_TURNED} {_VISIT}
    WHERE c.business_id = %(business)s AND c.last_at >= %(first)s)
SELECT {", ".join(f"count(*) FILTER (WHERE tstzrange(since, until) @> {number})" for number in NUMBERS)},
       COALESCE(sum(cents) FILTER (WHERE tstzrange(since, until) @> sold), 0)::bigint
FROM unnest(%(since)s::timestamptz[], %(until)s::timestamptz[]) WITH ORDINALITY AS days (since, until, place)
LEFT JOIN came ON last_at >= since
GROUP BY days.place ORDER BY days.place
"""

_TODOS = f"""
SELECT t.id, t.conversation_id, t.kind, t.title, t.urgent, t.due_at, k.name, k.number, c.snoozed_until, {SAID}
FROM todo t JOIN conversation c ON c.id = t.conversation_id JOIN contact k ON k.id = c.contact_id
WHERE t.business_id = %(business)s AND t.closed_at IS NULL
  AND (%(conversation)s::bigint IS NULL OR t.conversation_id = %(conversation)s)
  AND (%(due_before)s::timestamptz IS NULL OR t.due_at < %(due_before)s)
  AND (%(after)s::bigint IS NULL OR (NOT t.urgent, t.due_at, t.id) > (
      SELECT NOT a.urgent, a.due_at, a.id FROM todo a WHERE a.id = %(after)s AND a.business_id = %(business)s))
ORDER BY NOT t.urgent, t.due_at, t.id LIMIT %(rows)s
"""

_PAGES = f"""
SELECT p.id, p.conversation_id, p.summary, p.opened_at, k.name, k.number, {SAID}
FROM page p JOIN conversation c ON c.id = p.conversation_id JOIN contact k ON k.id = c.contact_id
WHERE p.business_id = %(business)s AND p.taken_at IS NULL
  AND (%(conversation)s::bigint IS NULL OR p.conversation_id = %(conversation)s)
ORDER BY p.opened_at, p.id LIMIT 200
"""
