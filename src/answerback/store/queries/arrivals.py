"""Keeps what providers report: each event once, in the one open conversation of its business and contact.

Every function takes a cursor inside a transaction that `workflow.intake` opened, and handles many rows in one
statement. Nothing here decides what follows from an event.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.backends.utils import CursorWrapper


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One event to keep. `due_at` is when it must be looked at, `bump` how much it raises the conversation's epoch."""

    business: int
    connection: int
    line: int
    playbook: int
    key: str
    caller: str
    kind: str
    at: datetime
    due_at: datetime
    body: str
    raw: str
    bump: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Something recorded and not acted on: an event kind we do not know, with the reason."""

    business: int
    connection: int
    key: str
    at: datetime
    body: str
    raw: str


class Moved(Exception):
    """A conversation ended while an event was being attached to it: roll back and keep the events again."""


def keep(cursor: CursorWrapper, arrivals: Sequence[Arrival], now: datetime) -> int:
    """Keep these events and wake their conversations; returns how many were new. Raises `Moved`."""
    columns = [
        [getattr(arrival, name) for arrival in arrivals]
        for name in ("business", "connection", "line", "playbook", "key", "caller", "kind", "at", "due_at", "body", "raw")
    ]
    incoming: dict[str, Any] = dict(zip(_NAMES, columns, strict=True)) | {"now": now}
    cursor.execute(_CONTACTS, incoming)
    cursor.execute(_CONVERSATIONS, incoming)
    opened = {row[0] for row in cursor.fetchall()}
    cursor.execute(_EVENTS, incoming)
    kept = cursor.fetchall()
    if len(kept) < len({(arrival.connection, arrival.key) for arrival in arrivals}):
        _all_known(cursor, incoming)
    _wake(cursor, [row for row in kept if row[0] not in opened], arrivals)
    return len(kept)


_NAMES = ("businesses", "connections", "lines", "playbooks", "keys", "callers", "kinds", "ats", "dues", "bodies", "raws")

_INCOMING = """
    unnest(%(businesses)s::bigint[], %(connections)s::bigint[], %(lines)s::bigint[], %(playbooks)s::bigint[],
           %(keys)s::text[], %(callers)s::text[], %(kinds)s::text[], %(ats)s::timestamptz[], %(dues)s::timestamptz[],
           %(bodies)s::jsonb[], %(raws)s::jsonb[])
    AS i (business_id, connection_id, line_id, playbook_id, provider_key, number, kind, at, due_at, body, raw)
"""

_CONTACTS = f"""
INSERT INTO contact (business_id, number, name, created_at)
SELECT DISTINCT i.business_id, i.number, '', %(now)s FROM {_INCOMING}
WHERE NOT EXISTS (SELECT 1 FROM contact c WHERE c.business_id = i.business_id AND c.number = i.number)
ORDER BY 1, 2
ON CONFLICT DO NOTHING
"""

# A redelivery of an event whose conversation has ended must not open a new one, so known events are left out here.
_CONVERSATIONS = f"""
INSERT INTO conversation (business_id, contact_id, line_id, playbook_id, phase, epoch, wake_at, opened_at, last_at, stuck)
SELECT DISTINCT ON (i.business_id, c.id) i.business_id, c.id, i.line_id, i.playbook_id, 'quiet', 0,
       min(i.due_at) OVER (PARTITION BY i.business_id, c.id), %(now)s::timestamptz, %(now)s::timestamptz, 0
FROM {_INCOMING}
JOIN contact c ON c.business_id = i.business_id AND c.number = i.number
WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.connection_id = i.connection_id AND e.provider_key = i.provider_key)
  AND NOT EXISTS (SELECT 1 FROM conversation o WHERE o.business_id = i.business_id AND o.contact_id = c.id
                  AND o.ended_at IS NULL)
ORDER BY i.business_id, c.id, i.due_at
ON CONFLICT (business_id, contact_id) WHERE ended_at IS NULL DO NOTHING
RETURNING id
"""

_EVENTS = f"""
INSERT INTO event (business_id, connection_id, provider_key, conversation_id, kind, at, due_at, body, raw)
SELECT i.business_id, i.connection_id, i.provider_key, o.id, i.kind, i.at, i.due_at, i.body, i.raw
FROM {_INCOMING}
JOIN contact c ON c.business_id = i.business_id AND c.number = i.number
JOIN conversation o ON o.business_id = i.business_id AND o.contact_id = c.id AND o.ended_at IS NULL
ON CONFLICT (connection_id, provider_key) DO NOTHING
RETURNING conversation_id, connection_id, provider_key
"""

_UNKNOWN = f"""
SELECT 1 FROM {_INCOMING}
WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.connection_id = i.connection_id AND e.provider_key = i.provider_key)
LIMIT 1
"""

_LOCK = "SELECT id, ended_at FROM conversation WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"

_WAKE = """
UPDATE conversation c
SET wake_at = LEAST(COALESCE(c.wake_at, v.due_at), v.due_at), epoch = c.epoch + v.bump, last_at = GREATEST(c.last_at, v.at)
FROM unnest(%s::bigint[], %s::timestamptz[], %s::int[], %s::timestamptz[]) AS v (id, due_at, bump, at)
WHERE c.id = v.id
"""


def _all_known(cursor: CursorWrapper, incoming: dict[str, Any]) -> None:
    cursor.execute(_UNKNOWN, incoming)
    if cursor.fetchone():
        raise Moved


def _wake(cursor: CursorWrapper, kept: Sequence[tuple[int, int, str]], arrivals: Sequence[Arrival]) -> None:
    if not kept:
        return
    by_key = {(arrival.connection, arrival.key): arrival for arrival in arrivals}
    due: dict[int, tuple[datetime, int, datetime]] = {}
    for conversation, connection, key in kept:
        arrival = by_key[connection, key]
        earliest, bump, latest = due.get(conversation, (arrival.due_at, 0, arrival.at))
        due[conversation] = (min(earliest, arrival.due_at), bump + arrival.bump, max(latest, arrival.at))
    wake_many(cursor, due)


def wake_many(cursor: CursorWrapper, due: dict[int, tuple[datetime, int, datetime]]) -> None:
    """Wake these conversations: id -> (when, how much the epoch rises, when it happened). Raises `Moved`.

    Locks are taken in the order of ids, as everywhere, so that two writers never wait for each other.
    """
    cursor.execute(_LOCK, [list(due)])
    if sum(ended is None for _, ended in cursor.fetchall()) < len(due):
        raise Moved
    _write_wakes(cursor, due)


def wake_open_or_ended(cursor: CursorWrapper, due: dict[int, tuple[datetime, int, datetime]]) -> None:
    """The same for conversations that may have ended: what became of their texts is still told to them."""
    cursor.execute(_LOCK, [list(due)])
    _write_wakes(cursor, due)


def _write_wakes(cursor: CursorWrapper, due: dict[int, tuple[datetime, int, datetime]]) -> None:
    ids = sorted(due)
    cursor.execute(_WAKE, [ids, *([due[each][part] for each in ids] for part in range(3))])


def set_aside(cursor: CursorWrapper, asides: Sequence[Aside], now: datetime) -> None:
    """Record what is not acted on, each once."""
    cursor.executemany(
        """
        INSERT INTO event (business_id, connection_id, provider_key, kind, at, due_at, handled_at, body, raw)
        VALUES (%s, %s, %s, 'Ignored', %s, %s, %s, %s::jsonb, %s::jsonb) ON CONFLICT DO NOTHING
        """,
        [(a.business, a.connection, a.key, a.at, now, now, a.body, a.raw) for a in asides],
    )
