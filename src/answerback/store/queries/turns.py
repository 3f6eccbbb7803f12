"""Loads woken conversations in a few set queries and writes what was decided in a few bulk statements.

Every function takes a cursor inside the one transaction of a turn. The conversations' rows are locked (`SKIP
LOCKED`), so that any number of workers may run turns and one conversation is only ever in one. Nothing here decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from answerback.engine.effects import CloseTodos
from answerback.store.queries import spoken
from answerback.store.queries.rows import Cursor, as_json


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
    ended_at: datetime | None
    revision: int
    number: str
    name: str
    untextable: str | None
    first_text_at: datetime | None
    line_type: str | None
    consent: str
    consent_at: datetime | None
    suppressed: bool
    has_appointment: bool
    elsewhere: int
    language: str | None


@dataclass(frozen=True, slots=True)
class Pending:
    """An event nobody has handled yet. `ready` is False for a timer of the future."""

    id: int
    conversation: int
    kind: str
    due_at: datetime
    ready: bool
    body: str
    trace: str | None


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
    media: msgspec.Raw | None
    created_at: datetime
    reading: msgspec.Raw | None = None
    trace: str | None = None


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
    answers: msgspec.Raw
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
    guards: msgspec.Raw
    would_change: str
    text: str
    call: str = ""


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One change of consent, the `n`-th of its contact in this turn. In the order of `_CONSENTS`."""

    business: int
    contact: int
    number: str
    at: datetime
    state: str
    source: str
    evidence: str
    disclosure: str
    n: int


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
    team: str = "desk"
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a conversation stands after the turn. In the order of `_OUTCOMES`."""

    id: int
    state: msgspec.Raw
    phase: str
    epoch: int
    wake_at: datetime | None
    last_at: datetime | None
    ended_at: datetime | None
    reopens: bool = False


def last_said(cursor: Cursor, conversations: Sequence[int], since: datetime) -> dict[int, str]:
    """The last text each customer wrote since then."""
    cursor.execute(_LAST_SAID, {"conversations": list(conversations), "since": since})
    return dict(cursor.fetchall())


_LAST_SAID = """
    SELECT DISTINCT ON (conversation_id) conversation_id, body FROM message
    WHERE conversation_id = ANY(%(conversations)s) AND author = 'customer' AND created_at > %(since)s
    ORDER BY conversation_id, created_at DESC, id DESC
"""


def claim(cursor: Cursor, now: datetime, limit: int, *, new: bool) -> list[Woken]:
    """Lock up to `limit` conversations that are due and nobody else has, the longest waiting first.

    `new` takes those that never had a turn, otherwise those that had.
    """
    cursor.execute(_CLAIM, {"now": now, "limit": limit, "new": new})
    return [Woken(*row) for row in cursor.fetchall()]


def pending(cursor: Cursor, conversations: Sequence[int], now: datetime) -> list[Pending]:
    """All events of these conversations that wait, in the order they must be handled."""
    cursor.execute(_PENDING, {"ids": list(conversations), "now": now})
    return [Pending(*row) for row in cursor.fetchall()]


def unsent(cursor: Cursor, conversations: Sequence[int]) -> dict[int, set[str]]:
    """Keys of automatic texts that were planned and never handed over, by conversation."""
    found: dict[int, set[str]] = {}
    if conversations:
        cursor.execute(_UNSENT, [list(conversations)])
        for conversation, key in cursor.fetchall():
            found.setdefault(conversation, set()).add(key)
    return found


def write_outcomes(cursor: Cursor, rows: Sequence[Outcome], handled: Sequence[int], now: datetime) -> None:
    """Write the new states and mark the events handled."""
    cursor.execute(_OUTCOMES, [as_json(rows)])
    cursor.execute("UPDATE event SET handled_at = %s WHERE id = ANY(%s)", [now, list(handled)])


def write_leads(cursor: Cursor, rows: Sequence[LeadRow]) -> None:
    """Create or update these leads, one per conversation."""
    if rows:
        ordered = sorted(rows, key=lambda row: row.conversation)
        cursor.execute(_LEADS, [as_json(ordered)])


def write_texts(cursor: Cursor, rows: Sequence[TextRow]) -> None:
    """Write these texts down; the unique key makes a second writing an error, never a second text."""
    if rows:
        cursor.execute(_TEXTS, [as_json(rows)])


def write_reasons(cursor: Cursor, rows: Sequence[ReasonRow]) -> None:
    """Write these decision receipts."""
    if rows:
        cursor.execute(_REASONS, [as_json(rows)])


def write_consents(cursor: Cursor, rows: Sequence[ConsentRow]) -> None:
    """Write down these changes of consent and bring their contacts up to date."""
    if rows:
        cursor.execute(_CONSENTS, [as_json(rows)])


def write_todos(cursor: Cursor, rows: Sequence[TodoRow]) -> None:
    """Open these to-dos; of one that is open under the same key only the words are brought up to date."""
    if rows:
        cursor.execute(_TODOS, [as_json(rows)])


def close_todos(cursor: Cursor, conversations: Sequence[int], effect: CloseTodos, now: datetime) -> None:
    """Close the open to-dos of these conversations that the effect names."""
    cursor.execute(
        """
        UPDATE todo SET closed_at = %s, outcome = %s
        WHERE conversation_id = ANY(%s) AND kind = ANY(%s) AND closed_at IS NULL AND %s IN ('', key) AND key <> %s
        """,
        [now, effect.outcome[:40], list(conversations), list(effect.kinds), effect.key, effect.but],
    )


def withdraw(cursor: Cursor, conversations: dict[int, str]) -> None:
    """Take back the automatic texts of these conversations that wait: conversation -> why."""
    if conversations:
        rows = [{"conversation": id, "why": why[:300]} for id, why in sorted(conversations.items())]
        cursor.execute(_WITHDRAW, [as_json(rows)])


def set_back(cursor: Cursor, conversation: int, until: datetime) -> None:
    """Put a conversation whose turn failed aside until then."""
    cursor.execute(
        "UPDATE conversation SET wake_at = %s, stuck = LEAST(stuck + 1, 30) WHERE id = %s", [until, conversation]
    )


def next_wake(cursor: Cursor) -> datetime | None:
    """When the next conversation is due."""
    cursor.execute("SELECT min(wake_at) FROM conversation WHERE wake_at IS NOT NULL")
    row = cursor.fetchone()
    return row[0] if row else None


# Everything that may have changed since the row was last seen is read in the statement that locks it: PostgreSQL
# re-reads a row it
# had to wait for, while a join to a second copy of the table would show the state before the other worker's commit.
_CLAIM = f"""
SELECT c.id, c.business_id, c.contact_id, c.line_id, c.playbook_id, c.state::text, c.epoch, c.stuck, c.ended_at,
    b.revision,
       k.number, k.name, k.untextable, k.first_text_at, k.line_type, k.consent, k.consent_at,
       EXISTS (SELECT 1 FROM suppression s
               WHERE s.business_id = c.business_id AND s.number = k.number AND s.lifted_at IS NULL),
       EXISTS (SELECT 1 FROM appointment a
               WHERE a.contact_id = c.contact_id AND a.status = 'booked' AND upper(a.during) > %(now)s),
       CASE WHEN b.set_up IS NOT NULL THEN 0 ELSE (
           SELECT count(*) FROM contact o WHERE o.number = k.number AND o.number LIKE '+%%' AND o.id <> k.id
              AND (o.created_at > %(now)s::timestamptz - interval '1 hour'
                   OR o.first_text_at > %(now)s::timestamptz - interval '1 day')) END,
       CASE WHEN COALESCE(c.state ->> 'phase', 'quiet') = 'quiet' THEN ({spoken.BEFORE}) END
FROM conversation c
JOIN contact k ON k.id = c.contact_id
JOIN business b ON b.id = c.business_id
WHERE c.wake_at <= %(now)s AND (c.state IS NULL) = %(new)s
ORDER BY c.wake_at
LIMIT %(limit)s
FOR NO KEY UPDATE OF c SKIP LOCKED
"""

_PENDING = """
SELECT id, conversation_id, kind, due_at, due_at <= %(now)s OR kind <> 'TimerDue', body::text, trace
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
    ended_at = v.ended_at, stuck = 0, held_by_id = CASE WHEN v.phase = 'human' THEN COALESCE(c.held_by_id, (
        SELECT min(m.id) FROM member m
        WHERE v.state ->> 'held_by' <> '' AND m.business_id = c.business_id AND m.left_at IS NULL
          AND lower(m.name) = lower(v.state ->> 'held_by') HAVING count(*) = 1)) END,
    done_at = CASE WHEN v.reopens THEN NULL ELSE c.done_at END,
    snoozed_until = CASE WHEN v.reopens THEN NULL ELSE c.snoozed_until END
FROM json_to_recordset(%s::json) AS v (id bigint, state jsonb, phase text, epoch int, wake_at timestamptz, last_at
    timestamptz,
                                       ended_at timestamptz, reopens bool)
WHERE c.id = v.id
"""

# Of several changes of one contact in one turn the last stands on the contact; all are kept.
_CONSENTS = """
WITH v AS (
    SELECT * FROM json_to_recordset(%s::json)
        AS v (business bigint, contact bigint, number text, at timestamptz, state text, source text, evidence text,
              disclosure text, n int)
), kept AS (
    INSERT INTO consent (business_id, number, at, state, source, evidence, disclosure)
    SELECT business, number, at, state, source, evidence, disclosure FROM v ORDER BY n
)
UPDATE contact k SET consent = v.state, consent_at = v.at
FROM (SELECT DISTINCT ON (contact) * FROM v ORDER BY contact, n DESC) v WHERE k.id = v.contact
"""

_LEADS = """
INSERT INTO lead (business_id, contact_id, conversation_id, line_id, status, service, urgency, missed_reason, priority,
                  answers, next_step, next_step_at, created_at, updated_at)
SELECT v.*, v.at FROM json_to_recordset(%s::json)
    AS v (business bigint, contact bigint, conversation bigint, line bigint, status text, service text, urgency text,
          missed_reason text, priority int, answers jsonb, next_step text, next_step_at timestamptz, at timestamptz)
ON CONFLICT (conversation_id) DO UPDATE SET
    status = CASE WHEN EXCLUDED.status = 'new' THEN lead.status ELSE EXCLUDED.status END,
    service = EXCLUDED.service, urgency = EXCLUDED.urgency,
    missed_reason = CASE WHEN EXCLUDED.missed_reason = '' THEN lead.missed_reason ELSE EXCLUDED.missed_reason END,
    priority = EXCLUDED.priority, answers = EXCLUDED.answers, next_step = EXCLUDED.next_step,
    next_step_at = EXCLUDED.next_step_at, updated_at = EXCLUDED.updated_at
"""

# A text of ours is written down for the line that can send it, which need not be the one the conversation runs on.
_TEXTS = """
INSERT INTO message (business_id, conversation_id, contact_id, line_id, author, "to", key, purpose, text_class, body,
                     status, epoch, priority, due_at, stale_at, cooldown_until, detail, media, created_at, reading,
                     trace, attempt, failure)
SELECT v.business, v.conversation, v.contact,
       CASE v.author WHEN 'customer' THEN v.line
           ELSE COALESCE((SELECT l.texts_by_id FROM line l WHERE l.id = v.line), v.line) END,
       v.author, v."to", v.key, v.purpose, v.text_class, v.body, v.status, v.epoch, v.priority, v.due_at, v.stale_at,
       v.cooldown_until, v.detail, v.media, v.created_at, v.reading, v.trace, 0, ''
FROM json_to_recordset(%s::json)
    AS v (business bigint, conversation bigint, contact bigint, line bigint, author text, "to" text, key text,
        purpose text,
          text_class text, body text, status text, epoch int, priority int, due_at timestamptz, stale_at timestamptz,
          cooldown_until timestamptz, detail text, media jsonb, created_at timestamptz, reading jsonb,
          trace text)
"""

_REASONS = """
INSERT INTO decision_receipt (business_id, conversation_id, at, rule, verdict, why, guards, would_change, text, call)
SELECT * FROM json_to_recordset(%s::json)
    AS v (business bigint, conversation bigint, at timestamptz, rule text, verdict text, why text, guards jsonb,
          would_change text, text text, call text)
"""

_TODOS = """
INSERT INTO todo
    (business_id, conversation_id, key, kind, title, urgent, due_at, opened_at, team, next_at, outcome, owner_id)
SELECT v.*, '', (SELECT c.held_by_id FROM conversation c WHERE v.urgent AND c.id = v.conversation)
FROM json_to_recordset(%s::json)
    AS v (business bigint, conversation bigint, key text, kind text, title text, urgent bool, due_at timestamptz,
          opened_at timestamptz, team text, next_at timestamptz)
ON CONFLICT (conversation_id, key) WHERE closed_at IS NULL
    DO UPDATE SET title = EXCLUDED.title WHERE todo.key = 'repeat_call' AND todo.title <> EXCLUDED.title
"""

_WITHDRAW = """
UPDATE message m SET status = 'withdrawn', detail = v.why
FROM json_to_recordset(%s::json) AS v (conversation bigint, why text)
WHERE m.conversation_id = v.conversation AND m.status = 'queued' AND m.author = 'machine'
"""
