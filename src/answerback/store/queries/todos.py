"""Reads to-dos whose time to be looked at has come, and writes when they are looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries.rows import Cursor


@dataclass(frozen=True, slots=True)
class Due:
    """An open to-do to look at, locked. In the order of `_DUE`."""

    id: int
    business: int
    conversation: int
    contact: int
    epoch: int
    title: str
    urgent: bool
    due_at: datetime
    reminded: int
    owner: int | None
    owner_name: str
    team: str
    name: str
    number: str
    line: int
    line_number: str
    playbook: int
    revision: int
    location: int | None
    ended: bool
    kind: str


def open_of(cursor: Cursor, conversation: int) -> tuple[int, ...]:
    """Which to-dos of this conversation are open."""
    cursor.execute("SELECT id FROM todo WHERE conversation_id = %s AND closed_at IS NULL", [conversation])
    return tuple(row[0] for row in cursor.fetchall())


ANSWERED = ("question", "picture", "corrected", "unsure", "unsaid", "review")
"""The keys of to-dos that a text to the customer settles: what they asked, sent or meant, and what we could not say."""


def asking_for_an_answer(cursor: Cursor, conversation: int) -> tuple[int, ...]:
    """Which open to-dos of this conversation a text to the customer settles."""
    cursor.execute(
        "SELECT id FROM todo WHERE conversation_id = %s AND closed_at IS NULL AND kind = 'review' AND key = ANY(%s) "
        "ORDER BY id",
        [conversation, list(ANSWERED)],
    )
    return tuple(row[0] for row in cursor.fetchall())


def settled_of(cursor: Cursor, ids: Sequence[int]) -> list[int]:
    """Which of these to-dos are closed by now."""
    cursor.execute("SELECT id FROM todo WHERE id = ANY(%s) AND closed_at IS NOT NULL ORDER BY id", [list(ids)])
    return [row[0] for row in cursor.fetchall()]


def reopen(cursor: Cursor, todo: int) -> tuple[int, int, str, str] | None:
    """Open a to-do again, unless one like it is open by now; its business, conversation, kind and key."""
    cursor.execute(
        """
        UPDATE todo t SET closed_at = NULL, closed_by_id = NULL, outcome = ''
        WHERE t.id = %s AND t.closed_at IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM todo o WHERE o.conversation_id = t.conversation_id AND o.key = t.key AND o.closed_at IS NULL)
        RETURNING business_id, conversation_id, kind, key
        """,
        [todo],
    )
    row: tuple[int, int, str, str] | None = cursor.fetchone()
    return row


def not_tried(cursor: Cursor, conversation: int, todo: int, since: datetime, now: datetime) -> str:
    """Nobody called in vain: what has asked for another try since then, instead of this to-do, is closed; its kind."""
    cursor.execute(
        """
        UPDATE todo SET closed_at = %s, outcome = 'dismissed'
        WHERE conversation_id = %s AND id <> %s AND opened_at >= %s AND closed_at IS NULL
          AND (key LIKE 'again:%%' OR key = 'not_reached')
        RETURNING kind
        """,
        [now, conversation, todo, since],
    )
    row = cursor.fetchone()
    return row[0] if row else ""


def due(cursor: Cursor, now: datetime, limit: int) -> list[Due]:
    """Lock the to-dos that somebody is to be told of, which nobody else is at work on."""
    cursor.execute(_DUE, [now, limit])
    return [Due(*row) for row in cursor.fetchall()]


def next_due(cursor: Cursor) -> datetime | None:
    """When the next to-do is to be looked at."""
    cursor.execute("SELECT min(next_at) FROM todo WHERE closed_at IS NULL")
    row = cursor.fetchone()
    return row[0] if row else None


def looked_at(cursor: Cursor, rows: Sequence[tuple[int, datetime, bool]]) -> None:
    """(to-do, when to look again, whether somebody was told of it)."""
    cursor.execute(
        """
        UPDATE todo t SET next_at = v.next_at, reminded = t.reminded + v.told::int
        FROM unnest(%s::bigint[], %s::timestamptz[], %s::bool[]) AS v (id, next_at, told) WHERE t.id = v.id
        """,
        [[row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]],
    )


def promised(cursor: Cursor, businesses: Sequence[int], since: datetime) -> dict[int, int]:
    """How many customers of each business were promised a call since then and wait for it."""
    cursor.execute(
        """
        SELECT business_id, count(DISTINCT conversation_id) FROM todo
        WHERE business_id = ANY(%s) AND closed_at IS NULL AND kind = 'callback' AND opened_at > %s GROUP BY 1
        """,
        [list(businesses), since],
    )
    return dict(cursor.fetchall())


def give(cursor: Cursor, conversation: int, member: int | None, due_at: datetime) -> None:
    """The open urgent to-dos of a conversation are this member's, due then."""
    cursor.execute(
        """
        UPDATE todo SET owner_id = %s, due_at = %s, next_at = %s, reminded = 0
        WHERE conversation_id = %s AND urgent AND closed_at IS NULL
        """,
        [member, due_at, due_at, conversation],
    )


# In the order of `todo_due`: by id, every to-do there ever was would be read for those that are due.
_DUE = """
SELECT t.id, t.business_id, t.conversation_id, c.contact_id, c.epoch, t.title, t.urgent, t.due_at, t.reminded,
       t.owner_id, COALESCE(o.name, ''), t.team, k.name, k.number, c.line_id, l.number, c.playbook_id, b.revision,
       l.location_id, c.ended_at IS NOT NULL, t.kind
FROM todo t
JOIN conversation c ON c.id = t.conversation_id
JOIN contact k ON k.id = c.contact_id
JOIN line l ON l.id = c.line_id
JOIN business b ON b.id = t.business_id
LEFT JOIN member o ON o.id = t.owner_id
WHERE t.closed_at IS NULL AND t.next_at <= %s
ORDER BY t.next_at, t.id LIMIT %s FOR NO KEY UPDATE OF t SKIP LOCKED
"""
