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


def not_stale(cursor: Cursor, texts: Sequence[int], now: datetime) -> tuple[str, ...]:
    """The keys of those of these texts that were taken back and could leave still."""
    cursor.execute(
        """
        SELECT key FROM message
        WHERE id = ANY(%s) AND status = 'withdrawn' AND author = 'machine' AND (stale_at IS NULL OR stale_at > %s)
        ORDER BY id
        """,
        [list(texts), now],
    )
    return tuple(row[0] for row in cursor.fetchall())


def queue_again(cursor: Cursor, conversation: int, keys: Sequence[str], epoch: int, now: datetime) -> None:
    """These texts, which were taken back, wait again in this epoch."""
    cursor.execute(
        """
        UPDATE message SET status = 'queued', detail = '', epoch = %s, due_at = GREATEST(due_at, %s)
        WHERE conversation_id = %s AND key = ANY(%s) AND status = 'withdrawn' AND author = 'machine'
          AND (stale_at IS NULL OR stale_at > %s)
        """,
        [epoch, now, conversation, list(keys), now],
    )
