"""Keeps what providers report: each event once, in the one open conversation of its business and contact.

Every function takes a cursor inside a transaction that `workflow.intake` opened, and handles many rows in one
statement. Nothing here decides what follows from an event.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from answerback.store.queries import number_keys
from answerback.store.queries.rows import Cursor, as_json
from answerback.store.secrets import digests


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One event to keep. `due_at` is when it must be looked at, `bump` how much it raises the conversation's epoch.

    `wrote` are the words of a text that left from the office phone itself; `brings` says that pictures or a recording
    are to be fetched; `trace` is what its turn goes on with.
    """

    business: int
    connection: int
    line: int
    playbook: int
    key: str
    caller: str
    kind: str
    at: datetime
    due_at: datetime
    body: msgspec.Raw
    raw: msgspec.Raw
    bump: int = 0
    wrote: str | None = None
    brings: bool = False
    trace: str | None = None


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


def keep(cursor: Cursor, arrivals: Sequence[Arrival], now: datetime) -> int:
    """Keep these events and wake their conversations; returns how many were new. Raises `Moved`."""
    incoming: dict[str, object] = {"rows": as_json([_where(arrival) for arrival in arrivals]), "now": now}
    cursor.execute(_CONTACTS, incoming)
    know_again(cursor, cursor.fetchall())
    cursor.execute(_CONVERSATIONS, incoming)
    opened = {row[0] for row in cursor.fetchall()}
    cursor.execute(_EVENTS, {"rows": as_json(arrivals)})
    kept = cursor.fetchall()
    if len(kept) < len({(arrival.connection, arrival.key) for arrival in arrivals}):
        _all_known(cursor, incoming)
    _wake(cursor, [row for row in kept if row[0] not in opened], arrivals)
    return len(kept)


def _where(arrival: Arrival) -> dict[str, object]:
    """What says where an event belongs, without what it says: PostgreSQL reads all it is handed, in each statement."""
    return {
        "business": arrival.business,
        "connection": arrival.connection,
        "line": arrival.line,
        "playbook": arrival.playbook,
        "key": arrival.key,
        "caller": arrival.caller,
        "due_at": arrival.due_at,
    }


def know_again(cursor: Cursor, made: Sequence[tuple[int, str]]) -> None:
    """A stop outlives the erasure of who said it: the number is known again by its digest when they come back."""
    callable_ = [(business, number) for business, number in made if number.startswith("+")]
    if callable_:
        keys = number_keys.earlier(cursor)
        rows = [
            {"business": business, "number": number, "digest": digest}
            for business, number in callable_
            for digest in digests(number, keys)
        ]
        cursor.execute(_KNOW_AGAIN, [as_json(rows)])


def without_our_own(cursor: Cursor, arrivals: Sequence[Arrival], now: datetime) -> list[Arrival]:
    """These arrivals less the texts of ours that an office phone reports back as if its people had written them.

    They are told apart by whom they went to and their words: the report may come before the provider has told us
    under which id it has our text.
    """
    seen = [{"n": n, "business": a.business, "caller": a.caller, "wrote": a.wrote} for n, a in enumerate(arrivals)]
    seen = [each for each in seen if each["wrote"] is not None]
    if not seen:
        return list(arrivals)
    cursor.execute(_OUR_OWN, {"rows": as_json(seen), "now": now})
    ours = {row[0] for row in cursor.fetchall()}
    return [arrival for n, arrival in enumerate(arrivals) if n not in ours]


_OUR_OWN = """
SELECT i.n FROM json_to_recordset(%(rows)s::json) AS i (n int, business bigint, caller text, wrote text)
WHERE EXISTS (
    SELECT 1 FROM contact c JOIN conversation o ON o.contact_id = c.id JOIN message m ON m.conversation_id = o.id
    WHERE c.business_id = i.business AND c.number = i.caller AND m.body = i.wrote AND m.author IN ('machine', 'staff')
      AND m.status IN ('sending', 'sent', 'delivered', 'undelivered', 'unclear')
      AND m.claimed_at > %(now)s::timestamptz - interval '1 day')
"""

_INCOMING = """
    json_to_recordset(%(rows)s::json)
    AS i (business bigint, connection bigint, line bigint, playbook bigint, key text, caller text, due_at timestamptz)
"""

_CONTACTS = f"""
INSERT INTO contact (business_id, number, name, created_at)
SELECT DISTINCT i.business, i.caller, '', %(now)s FROM {_INCOMING}
WHERE NOT EXISTS (SELECT 1 FROM contact c WHERE c.business_id = i.business AND c.number = i.caller)
ORDER BY 1, 2
ON CONFLICT DO NOTHING
RETURNING business_id, number
"""

# One stop of a number stands; said under several secrets, the first is taken.
_KNOW_AGAIN = """
UPDATE suppression s SET number = f.number
FROM (
    SELECT s.id, v.number, row_number() OVER (PARTITION BY v.business, v.number, s.lifted_at IS NULL ORDER BY s.id) AS n
    FROM json_to_recordset(%s::json) AS v (business bigint, number text, digest text)
    JOIN suppression s ON s.business_id = v.business AND s.number = v.digest AND s.number LIKE 'hmac:%%'
) AS f
WHERE s.id = f.id AND (f.n = 1 OR s.lifted_at IS NOT NULL)
"""

# A redelivery of an event whose conversation has ended must not open a new one, so known events are left out here.
_CONVERSATIONS = f"""
INSERT INTO conversation (business_id, contact_id, line_id, playbook_id, phase, epoch, wake_at, opened_at, last_at,
    stuck)
SELECT DISTINCT ON (i.business, c.id) i.business, c.id, i.line, i.playbook, 'quiet', 0,
       min(i.due_at) OVER (PARTITION BY i.business, c.id), %(now)s::timestamptz, %(now)s::timestamptz, 0
FROM {_INCOMING}
JOIN contact c ON c.business_id = i.business AND c.number = i.caller
WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.connection_id = i.connection AND e.provider_key = i.key)
  AND NOT EXISTS (SELECT 1 FROM conversation o WHERE o.business_id = i.business AND o.contact_id = c.id
                  AND o.ended_at IS NULL)
ORDER BY i.business, c.id, i.due_at
ON CONFLICT (business_id, contact_id) WHERE ended_at IS NULL DO NOTHING
RETURNING id
"""

_EVENTS = """
INSERT INTO event (business_id, connection_id, provider_key, conversation_id, kind, at, due_at, body, raw, trace)
SELECT i.business, i.connection, i.key, o.id, i.kind, i.at, i.due_at, i.body, i.raw, i.trace
FROM json_to_recordset(%(rows)s::json)
    AS i (business bigint, connection bigint, key text, caller text, kind text, at timestamptz, due_at timestamptz,
          body jsonb, raw jsonb, trace text)
JOIN contact c ON c.business_id = i.business AND c.number = i.caller
JOIN conversation o ON o.business_id = i.business AND o.contact_id = c.id AND o.ended_at IS NULL
ON CONFLICT (connection_id, provider_key) DO NOTHING
RETURNING conversation_id, connection_id, provider_key
"""

_UNKNOWN = f"""
SELECT 1 FROM {_INCOMING}
WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.connection_id = i.connection AND e.provider_key = i.key)
LIMIT 1
"""

_LOCK = "SELECT id, ended_at FROM conversation WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"

_WAKE = """
UPDATE conversation c
SET wake_at = LEAST(COALESCE(c.wake_at, v.due_at), v.due_at), epoch = c.epoch + v.bump, last_at = GREATEST(c.last_at,
    v.at)
FROM json_to_recordset(%s::json) AS v (id bigint, due_at timestamptz, bump int, at timestamptz)
WHERE c.id = v.id
"""


def _all_known(cursor: Cursor, incoming: dict[str, object]) -> None:
    cursor.execute(_UNKNOWN, incoming)
    if cursor.fetchone():
        raise Moved


def _wake(cursor: Cursor, kept: Sequence[tuple[int, int, str]], arrivals: Sequence[Arrival]) -> None:
    if not kept:
        return
    by_key = {(arrival.connection, arrival.key): arrival for arrival in arrivals}
    due: dict[int, tuple[datetime, int, datetime]] = {}
    for conversation, connection, key in kept:
        arrival = by_key[connection, key]
        earliest, bump, latest = due.get(conversation, (arrival.due_at, 0, arrival.at))
        due[conversation] = (min(earliest, arrival.due_at), bump + arrival.bump, max(latest, arrival.at))
    wake_many(cursor, due)


def wake_many(cursor: Cursor, due: dict[int, tuple[datetime, int, datetime]]) -> None:
    """Wake these conversations: id -> (when, how much the epoch rises, when it happened). Raises `Moved`.

    Locks are taken in the order of ids, as everywhere, so that two writers never wait for each other.
    """
    cursor.execute(_LOCK, [list(due)])
    if sum(ended is None for _, ended in cursor.fetchall()) < len(due):
        raise Moved
    _write_wakes(cursor, due)


def wake_open_or_ended(cursor: Cursor, due: dict[int, tuple[datetime, int, datetime]]) -> None:
    """The same for conversations that may have ended: what became of their texts is still told to them."""
    cursor.execute(_LOCK, [list(due)])
    _write_wakes(cursor, due)


def _write_wakes(cursor: Cursor, due: dict[int, tuple[datetime, int, datetime]]) -> None:
    rows = [{"id": id, "due_at": when, "bump": bump, "at": at} for id, (when, bump, at) in sorted(due.items())]
    cursor.execute(_WAKE, [as_json(rows)])


def set_aside(cursor: Cursor, asides: Sequence[Aside], now: datetime) -> None:
    """Record what is not acted on, each once."""
    cursor.executemany(
        """
        INSERT INTO event (business_id, connection_id, provider_key, kind, at, due_at, handled_at, body, raw)
        VALUES (%s, %s, %s, 'Ignored', %s, %s, %s, %s::jsonb, %s::jsonb) ON CONFLICT DO NOTHING
        """,
        [(a.business, a.connection, a.key, a.at, now, now, a.body, a.raw) for a in asides],
    )
