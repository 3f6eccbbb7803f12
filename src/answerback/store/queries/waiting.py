"""Automatic texts that wait, those that were taken back and could leave still, and letting them wait again.

Every function takes a cursor inside a transaction that `workflow` opened, with the conversation locked.
"""

from collections.abc import Sequence
from datetime import datetime

from answerback.store.queries.rows import Cursor


def of(cursor: Cursor, conversation: int) -> tuple[int, ...]:
    """The automatic texts of this conversation that wait."""
    cursor.execute(
        "SELECT id FROM message WHERE conversation_id = %s AND status = 'queued' AND author = 'machine' ORDER BY id",
        [conversation],
    )
    return tuple(row[0] for row in cursor.fetchall())


def not_stale(cursor: Cursor, texts: Sequence[int], now: datetime) -> dict[int, str]:
    """Which of these texts were taken back and could leave still: id -> key."""
    cursor.execute(
        """
        SELECT id, key FROM message
        WHERE id = ANY(%s) AND status = 'withdrawn' AND author = 'machine' AND (stale_at IS NULL OR stale_at > %s)
        ORDER BY id
        """,
        [list(texts), now],
    )
    return dict(cursor.fetchall())


def queue_again(cursor: Cursor, texts: Sequence[int], now: datetime) -> None:
    """These texts, which were taken back, wait again in the epoch of now."""
    cursor.execute(
        """
        UPDATE message m SET status = 'queued', detail = '', epoch = c.epoch, due_at = GREATEST(m.due_at, %s)
        FROM conversation c WHERE m.id = ANY(%s) AND c.id = m.conversation_id
        """,
        [now, list(texts)],
    )
