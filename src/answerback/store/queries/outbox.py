"""The outbox: claims due texts line by line, and writes down what became of them, many at once.

Claiming re-checks in the same statement what may have changed since a text was planned: a stop, a moved epoch,
lateness. A text that fails a check is taken back there and then. Nothing here hands anything over.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from answerback.store.queries.rows import Cursor, as_json


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line with texts due, locked; what its sender's limits leave. In the order of `_LINES`."""

    id: int
    connection: int
    number: str
    per_second: float
    per_day: int
    free_at: datetime | None
    day: date | None
    sent_today: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """A text in our hands (`taken_back` empty), or one taken back and why. In the order of `_CLAIM`'s RETURNING."""

    id: int
    business: int
    conversation: int
    connection: int
    sender: str
    to: str
    key: str
    purpose: str
    text_class: str
    author: str
    body: str
    attempt: int
    claimed_at: datetime
    stale_at: datetime
    created_at: datetime
    due_at: datetime
    zone: str
    place: str
    media: str
    trace: str | None
    taken_back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What became of one hand-over. `status` is sent, refused, queued (try again at `due_at`) or unclear."""

    id: int
    attempt: int
    status: str
    at: datetime
    connection: int
    message: str | None = None
    failure: str = ""
    detail: str = ""
    due_at: datetime | None = None


def lines_due(cursor: Cursor, now: datetime) -> list[LineRow]:
    """Lock the lines that have texts due and that no other worker is claiming from."""
    cursor.execute(_LINES, {"now": now})
    return [LineRow(*row) for row in cursor.fetchall()]


def claim(cursor: Cursor, allowed: dict[int, int], now: datetime) -> list[Claimed]:
    """Take up to this many due texts of each line, urgent first: line -> how many."""
    cursor.execute(_CLAIM, {"lines": list(allowed), "allowed": list(allowed.values()), "now": now})
    return [Claimed(*row) for row in cursor.fetchall()]


def playbooks(cursor: Cursor, conversations: Collection[int]) -> dict[int, int]:
    """The version of a playbook that each of these conversations is pinned to."""
    cursor.execute("SELECT id, playbook_id FROM conversation WHERE id = ANY(%s)", [list(conversations)])
    return dict(cursor.fetchall())


def put_back(cursor: Cursor, until: dict[int, datetime]) -> None:
    """These texts may not leave yet: message -> from when. The hand-over that did not happen is not counted."""
    cursor.execute(
        """
        UPDATE message m SET status = 'queued', attempt = attempt - 1, due_at = v.due_at
        FROM unnest(%s::bigint[], %s::timestamptz[]) AS v (id, due_at) WHERE m.id = v.id AND m.status = 'sending'
        """,
        [list(until), list(until.values())],
    )


def queue_again(cursor: Cursor, until: dict[int, datetime]) -> set[int]:
    """Undelivered texts that may be tried again: message -> from when. Returns those that are still right then.

    What the provider said is the end of that attempt, so a worker that comes back with its outcome writes nothing; and
    a first text that did not arrive greets nobody.
    """
    cursor.execute(_QUEUE_AGAIN, [list(until), list(until.values())])
    return {row[0] for row in cursor.fetchall()}


def spend(cursor: Cursor, lines: Sequence[tuple[int, datetime, date, int]]) -> None:
    """Write down what each line has used: (line, spent up to, day, sent that day)."""
    if lines:
        cursor.execute(
            """
            UPDATE line l SET free_at = v.free_at, day = v.day, sent_today = v.sent
            FROM json_to_recordset(%s::json) AS v (id bigint, free_at timestamptz, day date, sent int)
            WHERE l.id = v.id
            """,
            [as_json([dict(zip(("id", "free_at", "day", "sent"), line, strict=True)) for line in lines])],
        )


def write_handed(cursor: Cursor, handed: Sequence[Handed], now: datetime) -> list[tuple[Any, ...]]:
    """Write these outcomes; one whose text has moved on since (another attempt) is not written.

    Returns (message, business, conversation, key, purpose, author, status) of those that were.
    """
    ordered = sorted(handed, key=lambda each: each.id)
    cursor.execute(_HANDED, {"rows": as_json(ordered), "now": now})
    return list(cursor.fetchall())


def sending_since(cursor: Cursor, before: datetime, asked_before: datetime, limit: int = 100) -> list[Claimed]:
    """Texts handed over before that moment of which nothing was heard, nor asked lately; locked so that one worker
    asks.
    """
    cursor.execute(_LOST, {"before": before, "asked_before": asked_before, "limit": limit})
    return [Claimed(*row) for row in cursor.fetchall()]


def asked_about(cursor: Cursor, ids: Sequence[int], now: datetime) -> None:
    """The provider is being asked about these texts."""
    cursor.execute("UPDATE message SET asked_at = %s WHERE id = ANY(%s)", [now, list(ids)])


def take_back_stale(cursor: Cursor, before: datetime, limit: int = 200) -> list[Claimed]:
    """Take back waiting texts that went stale before that moment, whatever their line may still send."""
    cursor.execute(_TAKE_BACK_STALE, {"before": before, "limit": limit})
    return [Claimed(*row) for row in cursor.fetchall()]


def settle_capped(
    cursor: Cursor, opens: dict[int, datetime | None], now: datetime, limit: int = 20_000
) -> list[Claimed]:
    """Texts due on lines that may send no more today: line -> when it may again, None for never.

    A text that is still right then waits until then (`taken_back` is `waits`), any other is taken back (`volume_cap`).
    What wakes people is left alone: it leaves over the cap.
    """
    lines = {"lines": list(opens), "opens": list(opens.values()), "now": now, "limit": limit}
    cursor.execute(_CAPPED, lines)
    return [Claimed(*row) for row in cursor.fetchall()]


def next_due(cursor: Cursor, now: datetime) -> datetime | None:
    """When the next text may leave: due, and its line free."""
    cursor.execute(
        """
        SELECT min(GREATEST(m.due_at, CASE WHEN l.free_at <= %(now)s::timestamptz + interval '1 minute'
            THEN l.free_at + make_interval(secs => 1 / GREATEST(l.per_second, 1 / 86400.0)) ELSE m.due_at END))
        FROM line l CROSS JOIN LATERAL (
            SELECT min(due_at) AS due_at FROM message WHERE line_id = l.id AND status = 'queued'
              AND (l.per_day > 0 OR author <> 'page')) m
        WHERE m.due_at IS NOT NULL
        """,
        {"now": now},
    )
    row = cursor.fetchone()
    return row[0] if row else None


_LINES = """
SELECT l.id, l.connection_id, l.number, l.per_second, l.per_day, l.free_at, l.day, l.sent_today FROM line l
WHERE EXISTS (SELECT 1 FROM message m WHERE m.line_id = l.id AND m.status = 'queued' AND m.due_at <= %(now)s)
ORDER BY l.id FOR NO KEY UPDATE SKIP LOCKED
"""

# The first reply's marks on contact are made here, at the moment of hand-over, so that the cooldown counts from a
# text that left.
_CLAIM = """
WITH picked AS (
    SELECT m.id, v.line FROM unnest(%(lines)s::bigint[], %(allowed)s::int[]) AS v (line, allowed)
    CROSS JOIN LATERAL (
        SELECT id FROM message WHERE line_id = v.line AND status = 'queued' AND due_at <= %(now)s
        ORDER BY priority, due_at, id LIMIT v.allowed FOR UPDATE SKIP LOCKED) m
), checked AS (
    SELECT p.id, l.connection_id, l.number, b.zone,
        CASE WHEN m.text_class IN ('follow_up', 'reminder', 'marketing')
            THEN (SELECT COALESCE(jsonb_agg(s.said), '[]') FROM (
                SELECT value AS said FROM jsonb_each_text(COALESCE(c.state -> 'answers', '{}'))
                UNION ALL
                SELECT t.body FROM message t WHERE t.conversation_id = c.id AND t.author = 'customer') s)::text
            ELSE '' END AS place, CASE
        WHEN m.stale_at <= %(now)s THEN 'too_late'
        WHEN m.author = 'page' AND EXISTS (
            SELECT 1 FROM member h WHERE h.business_id = m.business_id AND h.phone = m."to"
              AND (h.stopped_at > m.created_at
                OR m.purpose IN ('alert', 'todo', 'relay', 'page') AND h.stopped_at IS NOT NULL
                OR m.purpose IN ('alert', 'todo', 'relay') AND h.confirmed <> h.phone)) THEN 'unconfirmed'
        WHEN m.author = 'page' THEN ''
        WHEN m.text_class <> 'opt_out_confirmation' AND EXISTS (
            SELECT 1 FROM suppression s
            WHERE s.business_id = m.business_id AND s.number = m."to" AND s.lifted_at IS NULL) THEN 'suppressed'
        WHEN m.author = 'machine' AND m.epoch <> c.epoch THEN 'moved_on'
        ELSE '' END AS taken_back
    FROM picked p JOIN message m ON m.id = p.id JOIN conversation c ON c.id = m.conversation_id JOIN line l ON l.id =
        p.line
    JOIN business b ON b.id = m.business_id
), greeted AS (
    UPDATE contact k SET first_text_at = %(now)s
    FROM checked d JOIN message m ON m.id = d.id
    WHERE d.taken_back = '' AND m.purpose = 'first_text' AND k.id = m.contact_id
)
UPDATE message m
SET status = CASE WHEN d.taken_back = '' THEN 'sending' ELSE 'withdrawn' END,
    attempt = m.attempt + CASE WHEN d.taken_back = '' THEN 1 ELSE 0 END,
    claimed_at = %(now)s, asked_at = NULL, connection_id = d.connection_id,
    detail = CASE WHEN d.taken_back = '' THEN m.detail ELSE d.taken_back END
FROM checked d WHERE m.id = d.id
RETURNING m.id, m.business_id, m.conversation_id, d.connection_id, d.number, m."to", m.key, m.purpose, m.text_class,
    m.author,
          m.body, m.attempt, m.claimed_at, m.stale_at, m.created_at, m.due_at, d.zone, d.place,
    COALESCE(m.media::text, '[]'), m.trace, d.taken_back
"""

_TAKE_BACK_STALE = """
UPDATE message m SET status = 'withdrawn', detail = 'too_late', claimed_at = %(before)s
FROM line l, business b
WHERE m.id IN (SELECT id FROM message WHERE status = 'queued' AND stale_at <= %(before)s
               ORDER BY id LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
  AND l.id = m.line_id AND b.id = m.business_id
RETURNING m.id, m.business_id, m.conversation_id, l.connection_id, l.number, m."to", m.key, m.purpose, m.text_class,
          m.author, m.body, m.attempt, m.claimed_at, m.stale_at, m.created_at, m.due_at, b.zone, '', '[]', m.trace,
          'too_late'
"""

_CAPPED = """
WITH capped AS (
    SELECT m.id, v.opens, COALESCE(m.stale_at > v.opens, false) AS waits
    FROM unnest(%(lines)s::bigint[], %(opens)s::timestamptz[]) AS v (line, opens)
    JOIN message m ON m.line_id = v.line AND m.status = 'queued' AND m.due_at <= %(now)s AND m.author <> 'page'
    ORDER BY m.id LIMIT %(limit)s FOR UPDATE OF m SKIP LOCKED
)
UPDATE message m SET status = CASE WHEN d.waits THEN 'queued' ELSE 'withdrawn' END,
    due_at = CASE WHEN d.waits THEN d.opens ELSE m.due_at END, detail = 'volume_cap', claimed_at = %(now)s
FROM capped d, line l, business b
WHERE m.id = d.id AND l.id = m.line_id AND b.id = m.business_id
RETURNING m.id, m.business_id, m.conversation_id, l.connection_id, l.number, m."to", m.key, m.purpose, m.text_class,
          m.author, m.body, m.attempt, m.claimed_at, m.stale_at, m.created_at, m.due_at, b.zone, '', '[]', m.trace,
          CASE WHEN d.waits THEN 'waits' ELSE 'volume_cap' END
"""

# A first text that did not leave greets nobody: the mark its claim made on the contact is taken back. A worker that
# was paused beyond its lease may come back with the truth after the text was put back in the queue or given up
# as unclear: as long as nobody has taken it since (the same attempt), it did go out, and must not go out again.
_HANDED = """
WITH v AS (
    SELECT * FROM json_to_recordset(%(rows)s::json)
        AS v (id bigint, attempt int, status text, at timestamptz, message text, failure text, detail text,
              due_at timestamptz)
), written AS (
    UPDATE message m
    SET status = v.status, sent_at = CASE WHEN v.status = 'sent' THEN v.at END,
        provider_message = COALESCE(v.message, m.provider_message), failure = v.failure, detail = v.detail,
        due_at = COALESCE(v.due_at, m.due_at)
    FROM v WHERE m.id = v.id AND m.attempt = v.attempt
      AND (m.status = 'sending' OR (v.status = 'sent' AND m.status IN ('queued', 'unclear')))
    RETURNING m.id, m.business_id, m.conversation_id, m.key, m.purpose, m.author, m.status, m.contact_id, m.claimed_at
), ungreeted AS (
    UPDATE contact k SET first_text_at = NULL
    FROM written w
    WHERE w.status IN ('refused', 'queued') AND w.purpose = 'first_text' AND k.id = w.contact_id
      AND k.first_text_at = w.claimed_at
), contacted AS (
    UPDATE lead l SET status = 'contacted', updated_at = %(now)s
    WHERE l.status = 'new' AND l.conversation_id = ANY(ARRAY(
        SELECT conversation_id FROM written WHERE status = 'sent' AND author <> 'page'))
)
SELECT * FROM written ORDER BY conversation_id, id
"""

_QUEUE_AGAIN = """
WITH queued AS (
    UPDATE message m SET status = 'queued', attempt = m.attempt + 1, due_at = v.due_at, provider_message = NULL
    FROM unnest(%s::bigint[], %s::timestamptz[]) AS v (id, due_at)
    WHERE m.id = v.id AND m.status = 'undelivered' AND m.stale_at > v.due_at
    RETURNING m.id, m.purpose, m.contact_id, m.claimed_at
), ungreeted AS (
    UPDATE contact k SET first_text_at = NULL FROM queued q
    WHERE q.purpose = 'first_text' AND k.id = q.contact_id AND k.first_text_at = q.claimed_at
)
SELECT id FROM queued
"""

_LOST = """
SELECT m.id, m.business_id, m.conversation_id, m.connection_id, l.number, m."to", m.key, m.purpose, m.text_class,
    m.author,
       m.body, m.attempt, m.claimed_at, m.stale_at, m.created_at, m.due_at, b.zone, '',
    COALESCE(m.media::text, '[]'), m.trace, CASE WHEN m.asked_at IS NULL THEN '' ELSE
       'asked' END
FROM message m JOIN line l ON l.id = m.line_id JOIN business b ON b.id = m.business_id
WHERE m.status = 'sending' AND m.claimed_at < %(before)s AND (m.asked_at IS NULL OR m.asked_at < %(asked_before)s)
ORDER BY m.claimed_at LIMIT %(limit)s FOR UPDATE OF m SKIP LOCKED
"""
