"""Pictures and recordings that came with events, and those that go out: kept once, fetched later, read by the console.

Every function that takes a cursor runs inside a transaction of its caller. Nothing here guards who may see what:
`access` does that first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from answerback.store import models
from answerback.store.queries.rows import Cursor, as_json

Kind = Literal["picture", "recording"]

MOST_EACH = 10
"""A text has at most ten pictures at every provider we know; what is beyond is not ours to fetch."""

BATCH = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """One picture or recording as a page shows it.

    `state` is `waiting` (being fetched), `kept`, `failed` (`problem` says why) or `gone` (its time is over). A kept
    picture has its measures in points; `id` opens it at `console:media`, small at `console:media_small`.
    """

    id: int
    kind: Kind
    state: str
    problem: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One that is to be fetched now, for the `tries`th time."""

    id: int
    kind: Kind
    link: str
    connection: int
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of one: ours, never the bytes of a provider where they are a picture's."""

    content: bytes
    content_type: str
    small: bytes | None = None
    width: int = 0
    height: int = 0


def expect(cursor: Cursor, events: Iterable[tuple[int, str]], now: datetime) -> int:
    """Expect what these events (connection, key) brought, each once; returns how many are new."""
    rows = [{"connection": connection, "key": key} for connection, key in events]
    cursor.execute(_EXPECT, {"rows": as_json(rows), "now": now, "most": MOST_EACH})
    return cursor.rowcount


def claim(cursor: Cursor, now: datetime, again: Sequence[int]) -> list[Waiting]:
    """Those that are due, for the caller to fetch; each is due again after so many seconds by its try (`again`)."""
    cursor.execute(_CLAIM, {"now": now, "again": list(again), "batch": BATCH})
    return [
        Waiting(id=id, kind=kind, link=link, connection=connection, tries=tries)
        for id, kind, link, connection, tries in cursor.fetchall()
    ]


def keep(cursor: Cursor, id: int, kept: Kept, kind: Kind) -> None:
    """It is here, and is of this kind. The provider's link is forgotten: nobody needs it any more."""
    cursor.execute(
        """
        UPDATE attachment SET state = 'kept', content = %s, content_type = %s, small = %s, width = %s, height = %s,
            kind = %s, link = '', due_at = NULL, problem = ''
        WHERE id = %s AND state = 'waiting'
        """,
        [kept.content, kept.content_type, kept.small, kept.width, kept.height, kind, id],
    )


def ask_to_listen(cursor: Cursor, id: int, title: str) -> None:
    """Whoever is asked to look at the picture of a text is asked this instead, where none came but this recording."""
    cursor.execute(_LISTEN, [title, id])


def give_up(cursor: Cursor, id: int, problem: str) -> None:
    """It will not be had, for this reason."""
    cursor.execute(
        "UPDATE attachment SET state = 'failed', problem = %s, due_at = NULL WHERE id = %s AND state = 'waiting'",
        [problem[:300], id],
    )


def enclose(cursor: Cursor, message: int, kept: Kept, now: datetime) -> int:
    """This picture goes out with a text of ours; returns its id."""
    cursor.execute(
        """
        INSERT INTO attachment (business_id, conversation_id, message_id, n, kind, link, state, problem, tries, content,
            content_type, small, width, height, created_at)
        SELECT business_id, conversation_id, id, 0, 'picture', '', 'kept', '', 0, %s, %s, %s, %s, %s, %s
        FROM message WHERE id = %s RETURNING id
        """,
        [kept.content, kept.content_type, kept.small, kept.width, kept.height, now, message],
    )
    id: int = (cursor.fetchone() or (0,))[0]
    return id


def of_conversations(conversations: Sequence[int]) -> tuple[dict[int, list[Attached]], dict[int, list[Attached]]]:
    """Those of these conversations, by the event that brought them and by the message that takes them out."""
    rows = models.Attachment.objects.filter(conversation_id__in=conversations).order_by("n", "id")
    came: dict[int, list[Attached]] = {}
    sent: dict[int, list[Attached]] = {}
    for row in rows.defer("content", "small"):
        if row.event_id is not None:
            came.setdefault(row.event_id, []).append(_shown(row))
        elif row.message_id is not None:
            sent.setdefault(row.message_id, []).append(_shown(row))
    return came, sent


def _shown(row: models.Attachment) -> Attached:
    return Attached(
        id=row.id,
        kind="recording" if row.kind == "recording" else "picture",
        state=row.state,
        problem=row.problem,
        width=row.width,
        height=row.height,
    )


_LISTEN = """
UPDATE todo t SET title = %s
FROM attachment a JOIN event e ON e.id = a.event_id AND e.kind = 'TextReceived'
WHERE a.id = %s AND t.conversation_id = a.conversation_id AND t.key = 'picture' AND t.closed_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM attachment o WHERE o.event_id = a.event_id AND o.kind = 'picture')
"""

_EXPECT = """
INSERT INTO attachment (business_id, conversation_id, event_id, n, kind, link, state, problem, tries, due_at,
    content_type, width, height, created_at)
SELECT e.business_id, e.conversation_id, e.id, m.n,
       CASE e.kind WHEN 'TextReceived' THEN 'picture' ELSE 'recording' END, m.link, 'waiting', '', 0,
       %(now)s::timestamptz, '', 0, 0, %(now)s::timestamptz
FROM json_to_recordset(%(rows)s::json) AS i (connection bigint, key text)
JOIN event e ON e.connection_id = i.connection AND e.provider_key = i.key
CROSS JOIN LATERAL jsonb_array_elements_text(
    CASE jsonb_typeof(e.body -> 'media') WHEN 'array' THEN e.body -> 'media' ELSE jsonb_build_array(e.body -> 'media')
    END) WITH ORDINALITY AS m (link, n)
WHERE e.conversation_id IS NOT NULL AND m.link IS NOT NULL AND m.n <= %(most)s
ON CONFLICT (event_id, n) DO NOTHING
"""

_CLAIM = """
UPDATE attachment a SET tries = a.tries + 1, due_at = %(now)s::timestamptz
    + make_interval(secs => (%(again)s::int[])[LEAST(a.tries + 1, array_length(%(again)s::int[], 1))])
FROM event e
WHERE e.id = a.event_id AND a.id IN (
    SELECT id FROM attachment WHERE state = 'waiting' AND due_at <= %(now)s::timestamptz
    ORDER BY due_at, id LIMIT %(batch)s FOR UPDATE SKIP LOCKED)
RETURNING a.id, a.kind, a.link, e.connection_id, a.tries
"""
