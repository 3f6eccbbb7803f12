"""Keeps the provider's word on our texts, and brings texts up to date with it. Status only ever moves forward."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from answerback.engine.events import LineType
from answerback.store.queries.rows import Cursor, as_json


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRow:
    """One receipt to keep."""

    connection: int
    key: str
    message: str
    status: str
    failure: str
    detail: str
    at: datetime
    raw: msgspec.Raw
    line_type: LineType | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """A text that did not arrive: what the engine must hear."""

    message: int
    business: int
    conversation: int
    key: str
    purpose: str
    author: str
    failure: str
    detail: str
    attempt: int = 0


def keep(cursor: Cursor, receipts: Sequence[ReceiptRow]) -> None:
    """Keep these receipts, each once."""
    cursor.execute(_KEEP, [as_json(receipts)])


def apply(cursor: Cursor, messages: Sequence[tuple[int, str]], now: datetime) -> list[Fate]:
    """Bring the texts with these (connection, provider's id) up to date; returns those that did not arrive.

    A receipt whose text is not known yet stays, and is applied when the hand-over is written down.
    """
    ours = [sorted({message[part] for message in messages}, key=str) for part in range(2)]
    cursor.execute(_APPLY, {"connections": ours[0], "messages": ours[1], "now": now})
    return [
        Fate(
            message=row[0],
            business=row[1],
            conversation=row[2],
            key=row[3],
            purpose=row[4],
            author=row[5],
            failure=row[6],
            detail=row[7],
            attempt=row[8],
        )
        for row in cursor.fetchall()
    ]


def overlooked(cursor: Cursor, limit: int = 500) -> list[tuple[int, str]]:
    """(connection, provider's id) of receipts that wait although their text is known.

    A receipt and the outcome of its hand-over may commit at the same moment, where neither sees the other.
    """
    cursor.execute(_OVERLOOKED, [limit])
    return [(row[0], row[1]) for row in cursor.fetchall()]


def learn_line_types(cursor: Cursor, said: Mapping[tuple[int, str], LineType]) -> list[tuple[int, int, LineType]]:
    """(business, conversation, kind of number) for texts whose receipts say something their contact's row does not.

    `said` maps (connection, provider's id) to what was said. The row is brought up to date.
    """
    if not said:
        return []
    rows = [{"connection": key[0], "message": key[1], "line_type": said[key]} for key in sorted(said)]
    cursor.execute(_LEARN, [as_json(rows)])
    return list(cursor.fetchall())


_LEARN = """
WITH v AS (
    SELECT * FROM json_to_recordset(%s::json) AS v (connection bigint, message text, line_type text)
)
UPDATE contact k SET line_type = v.line_type
FROM v JOIN message m ON m.connection_id = v.connection AND m.provider_message = v.message AND m.author <> 'page'
WHERE k.id = m.contact_id AND k.line_type IS DISTINCT FROM v.line_type
RETURNING m.business_id, m.conversation_id, v.line_type
"""

_OVERLOOKED = """
SELECT DISTINCT r.connection_id, r.provider_message FROM receipt r
JOIN message m ON m.connection_id = r.connection_id AND m.provider_message = r.provider_message
WHERE r.applied_at IS NULL LIMIT %s
"""

_KEEP = """
INSERT INTO receipt (connection_id, key, provider_message, status, failure, detail, at, raw)
SELECT * FROM json_to_recordset(%s::json)
    AS v (connection bigint, key text, message text, status text, failure text, detail text, at timestamptz, raw jsonb)
ON CONFLICT (connection_id, key) DO NOTHING
"""

# Providers report out of order: "sent" after "delivered" must not take a text back a step. A delivered text stays
# delivered.
_APPLY = """
WITH word AS (
    UPDATE receipt r SET applied_at = %(now)s
    FROM message m
    WHERE r.connection_id = ANY(%(connections)s) AND r.provider_message = ANY(%(messages)s) AND r.applied_at IS NULL
      AND m.connection_id = r.connection_id AND m.provider_message = r.provider_message
    RETURNING m.id, r.status, r.failure, r.detail, r.at
), last AS (
    SELECT DISTINCT ON (id) id, status, failure, detail, at FROM word
    ORDER BY id, CASE status WHEN 'delivered' THEN 0 WHEN 'undelivered' THEN 1 WHEN 'sent' THEN 2 ELSE 3 END
), changed AS (
    UPDATE message m
    SET status = l.status,
        delivered_at = CASE WHEN l.status = 'delivered' THEN l.at ELSE m.delivered_at END,
        failure = CASE WHEN l.status = 'undelivered' THEN l.failure ELSE m.failure END,
        detail = CASE WHEN l.status = 'undelivered' THEN l.detail ELSE m.detail END
    FROM last l
    WHERE m.id = l.id AND l.status IN ('delivered', 'undelivered')
      AND m.status IN ('sending', 'sent', 'unclear', 'undelivered') AND m.status <> l.status
    RETURNING m.id, m.business_id, m.conversation_id, m.key, m.purpose, m.author, m.status, m.failure, m.detail,
        m.attempt
)
SELECT id, business_id, conversation_id, key, purpose, author, failure, detail, attempt FROM changed
WHERE status = 'undelivered' ORDER BY id
"""
