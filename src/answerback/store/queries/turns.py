"""Loads woken conversations in a few set queries and writes what was decided in a few bulk statements.

Every function takes a cursor inside the one transaction of a turn. The conversations' rows are locked (`SKIP LOCKED`), so that any
number of workers may run turns and one conversation is only ever in one. Nothing here decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any

from django.db.backends.utils import CursorWrapper


@dataclass(frozen=True, slots=True)
class Woken:
    """A conversation whose time has come, its contact as it is now, and where it belongs. In the order of `_CLAIM`."""

    id: int
    business: int
    contact: int
    line: int
    playbook: int
    state: str | None
    epoch: int
    stuck: int
    revision: int
    number: str
    name: str
    untextable: str | None
    first_text_at: datetime | None
    suppressed: bool
    has_appointment: bool


@dataclass(frozen=True, slots=True)
class Pending:
    """An event nobody has handled yet. `ready` is False for a timer of the future."""

    id: int
    conversation: int
    kind: str
    due_at: datetime
    ready: bool
    body: str


@dataclass(frozen=True, slots=True)
class TextRow:
    """One text to write down, in or out. In the order of `_TEXTS`."""

    business: int
    conversation: int
    contact: int
    line: int
    author: str
    to: str
    key: str
    purpose: str
    text_class: str
    body: str
    status: str
    epoch: int
    priority: int
    due_at: datetime | None
    stale_at: datetime | None
    cooldown_until: datetime | None
    detail: str
    media: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class LeadRow:
    """The lead as it shall be. In the order of `_LEADS`."""

    business: int
    contact: int
    conversation: int
    line: int
    status: str
    service: str
    urgency: str
    missed_reason: str
    priority: int
    answers: str
    next_step: str
    next_step_at: datetime | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One decision receipt. In the order of `_REASONS`."""

    business: int
    conversation: int
    at: datetime
    rule: str
    verdict: str
    why: str
    guards: str
    would_change: str
    text: str


@dataclass(frozen=True, slots=True)
class TodoRow:
    """One to-do to open. In the order of `_TODOS`."""

    business: int
    conversation: int
    key: str
    kind: str
    title: str
    urgent: bool
    due_at: datetime
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a conversation stands after the turn. In the order of `_OUTCOMES`."""

    id: int
    state: str
    phase: str
    epoch: int
    wake_at: datetime | None
    last_at: datetime
    ended_at: datetime | None


def claim(cursor: CursorWrapper, now: datetime, limit: int) -> list[Woken]:
    """Lock up to `limit` conversations that are due and nobody else has, the longest waiting first."""
    cursor.execute(_CLAIM, {"now": now, "limit": limit})
    return [Woken(*row) for row in cursor.fetchall()]


def pending(cursor: CursorWrapper, conversations: Sequence[int], now: datetime) -> list[Pending]:
    """All events of these conversations that wait, in the order they must be handled."""
    cursor.execute(_PENDING, {"ids": list(conversations), "now": now})
    return [Pending(*row) for row in cursor.fetchall()]


def unsent(cursor: CursorWrapper, conversations: Sequence[int]) -> dict[int, set[str]]:
    """Keys of automatic texts that were planned and never handed over, by conversation."""
    found: dict[int, set[str]] = {}
    if conversations:
        cursor.execute(_UNSENT, [list(conversations)])
        for conversation, key in cursor.fetchall():
            found.setdefault(conversation, set()).add(key)
    return found


def write_outcomes(cursor: CursorWrapper, rows: Sequence[Outcome], handled: Sequence[int], now: datetime) -> None:
    """Write the new states and mark the events handled."""
    cursor.execute(_OUTCOMES, _columns(rows))
    cursor.execute("UPDATE event SET handled_at = %s WHERE id = ANY(%s)", [now, list(handled)])


def write_leads(cursor: CursorWrapper, rows: Sequence[LeadRow]) -> None:
    """Create or update these leads, one per conversation."""
    if rows:
        cursor.execute(_LEADS, _columns(sorted(rows, key=lambda row: row.conversation)))


def write_texts(cursor: CursorWrapper, rows: Sequence[TextRow]) -> None:
    """Write these texts down; the unique key makes a second writing an error, never a second text."""
    if rows:
        cursor.execute(_TEXTS, _columns(rows))


def write_reasons(cursor: CursorWrapper, rows: Sequence[ReasonRow]) -> None:
    """Write these decision receipts."""
    if rows:
        cursor.execute(_REASONS, _columns(rows))


def write_todos(cursor: CursorWrapper, rows: Sequence[TodoRow]) -> None:
    """Open these to-dos, unless one with the same key is open."""
    if rows:
        cursor.execute(_TODOS, _columns(rows))


def close_todos(cursor: CursorWrapper, conversation: int, kinds: Sequence[str], outcome: str, now: datetime) -> None:
    """Close the open to-dos of these kinds."""
    cursor.execute(
        "UPDATE todo SET closed_at = %s, outcome = %s WHERE conversation_id = %s AND kind = ANY(%s) AND closed_at IS NULL",
        [now, outcome[:40], conversation, list(kinds)],
    )


def withdraw(cursor: CursorWrapper, conversations: dict[int, str]) -> None:
    """Take back the automatic texts of these conversations that wait: conversation -> why."""
    if conversations:
        ids = sorted(conversations)
        cursor.execute(_WITHDRAW, [ids, [conversations[each][:300] for each in ids]])


def set_back(cursor: CursorWrapper, conversation: int, until: datetime) -> None:
    """Put a conversation whose turn failed aside until then."""
    cursor.execute(
        "UPDATE conversation SET wake_at = %s, stuck = LEAST(stuck + 1, 30) WHERE id = %s", [until, conversation]
    )


def next_wake(cursor: CursorWrapper) -> datetime | None:
    """When the next conversation is due."""
    cursor.execute("SELECT min(wake_at) FROM conversation WHERE wake_at IS NOT NULL")
    found: datetime | None = cursor.fetchone()[0]
    return found


def _columns(rows: Sequence[Any]) -> list[list[Any]]:
    values = attrgetter(*_names(rows[0].__class__))
    return [list(column) for column in zip(*map(values, rows), strict=True)]


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


# Everything that may have changed since the row was last seen is read in the statement that locks it: PostgreSQL re-reads a row it
# had to wait for, while a join to a second copy of the table would show the state before the other worker's commit.
_CLAIM = """
SELECT c.id, c.business_id, c.contact_id, c.line_id, c.playbook_id, c.state::text, c.epoch, c.stuck, b.revision,
       k.number, k.name, k.untextable, k.first_text_at,
       EXISTS (SELECT 1 FROM suppression s
               WHERE s.business_id = c.business_id AND s.number = k.number AND s.lifted_at IS NULL),
       EXISTS (SELECT 1 FROM appointment a
               WHERE a.contact_id = c.contact_id AND a.status = 'booked' AND upper(a.during) > %(now)s)
FROM conversation c
JOIN contact k ON k.id = c.contact_id
JOIN business b ON b.id = c.business_id
WHERE c.wake_at <= %(now)s
ORDER BY c.wake_at
LIMIT %(limit)s
FOR NO KEY UPDATE OF c SKIP LOCKED
"""

_PENDING = """
SELECT id, conversation_id, kind, due_at, due_at <= %(now)s OR kind <> 'TimerDue', body::text
FROM event WHERE conversation_id = ANY(%(ids)s) AND handled_at IS NULL
ORDER BY conversation_id, due_at, id
"""

_UNSENT = """
SELECT conversation_id, key FROM message
WHERE conversation_id = ANY(%s) AND author = 'machine' AND status IN ('queued', 'withdrawn')
"""

_OUTCOMES = """
UPDATE conversation c
SET state = v.state, phase = v.phase, epoch = v.epoch, wake_at = v.wake_at, last_at = GREATEST(c.last_at, v.last_at),
    ended_at = v.ended_at, stuck = 0, held_by_id = CASE WHEN v.phase = 'human' THEN c.held_by_id END
FROM unnest(%s::bigint[], %s::jsonb[], %s::text[], %s::int[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[])
    AS v (id, state, phase, epoch, wake_at, last_at, ended_at)
WHERE c.id = v.id
"""

_LEADS = """
INSERT INTO lead (business_id, contact_id, conversation_id, line_id, status, service, urgency, missed_reason, priority,
                  answers, next_step, next_step_at, created_at, updated_at)
SELECT v.*, v.at FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::text[],
    %s::text[], %s::int[], %s::jsonb[], %s::text[], %s::timestamptz[], %s::timestamptz[])
    AS v (business_id, contact_id, conversation_id, line_id, status, service, urgency, missed_reason, priority, answers,
          next_step, next_step_at, at)
ON CONFLICT (conversation_id) DO UPDATE SET
    status = CASE WHEN EXCLUDED.status = 'new' THEN lead.status ELSE EXCLUDED.status END,
    service = EXCLUDED.service, urgency = EXCLUDED.urgency,
    missed_reason = CASE WHEN EXCLUDED.missed_reason = '' THEN lead.missed_reason ELSE EXCLUDED.missed_reason END,
    priority = EXCLUDED.priority, answers = EXCLUDED.answers, next_step = EXCLUDED.next_step,
    next_step_at = EXCLUDED.next_step_at, updated_at = EXCLUDED.updated_at
"""

_TEXTS = """
INSERT INTO message (business_id, conversation_id, contact_id, line_id, author, "to", key, purpose, text_class, body,
                     status, epoch, priority, due_at, stale_at, cooldown_until, detail, media, created_at, attempt, failure)
SELECT v.*, 0, '' FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::text[],
    %s::text[], %s::text[], %s::text[], %s::text[], %s::int[], %s::int[], %s::timestamptz[], %s::timestamptz[],
    %s::timestamptz[], %s::text[], %s::jsonb[], %s::timestamptz[]) AS v
"""

_REASONS = """
INSERT INTO decision_receipt (business_id, conversation_id, at, rule, verdict, why, guards, would_change, text)
SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::text[], %s::text[], %s::text[], %s::jsonb[],
                     %s::text[], %s::text[])
"""

_TODOS = """
INSERT INTO todo (business_id, conversation_id, key, kind, title, urgent, due_at, opened_at, outcome)
SELECT v.*, '' FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::bool[], %s::timestamptz[],
                           %s::timestamptz[]) AS v
ON CONFLICT (conversation_id, key) WHERE closed_at IS NULL DO NOTHING
"""

_WITHDRAW = """
UPDATE message m SET status = 'withdrawn', detail = v.why
FROM unnest(%s::bigint[], %s::text[]) AS v (conversation, why)
WHERE m.conversation_id = v.conversation AND m.status = 'queued' AND m.author = 'machine'
"""
