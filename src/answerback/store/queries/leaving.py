"""Takes from a member who leaves what they had in hand, and asks others for it. Decides nothing."""

from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries.leads import OPEN
from answerback.store.queries.rows import Cursor


@dataclass(frozen=True, slots=True)
class Left:
    """A conversation they had. `urgent` says that the customer waits for an urgent call. In the order of `_HELD`."""

    id: int
    business: int
    revision: int
    playbook: int
    line: str
    urgent: bool


def release(cursor: Cursor, member: int) -> list[Left]:
    """Nobody has their conversations, to-dos and open leads from now on; returns the conversations held, locked."""
    cursor.execute(_HELD, [member])
    held = [Left(*row) for row in cursor.fetchall()]
    ids = [each.id for each in held]
    cursor.execute("UPDATE conversation SET held_by_id = NULL, relayed = false WHERE id = ANY(%s)", [ids])
    cursor.execute("UPDATE todo SET owner_id = NULL WHERE owner_id = %s AND closed_at IS NULL", [member])
    cursor.execute("UPDATE conversation SET assigned_to_id = NULL WHERE assigned_to_id = %s", [member])
    cursor.execute("UPDATE lead SET owner_id = NULL WHERE owner_id = %s AND status = ANY(%s)", [member, list(OPEN)])
    return held


def ask(cursor: Cursor, left: Left, title: str, due_at: datetime, now: datetime) -> None:
    """Open a to-do for the desk, unless one is open that says the same."""
    cursor.execute(
        """
        INSERT INTO todo
            (business_id, conversation_id, key, kind, title, urgent, due_at, opened_at, team, next_at, outcome)
        VALUES (%s, %s, 'left', 'review', %s, false, %s, %s, 'desk', %s, '')
        ON CONFLICT (conversation_id, key) WHERE closed_at IS NULL DO NOTHING
        """,
        [left.business, left.id, title[:200], due_at, now, due_at],
    )


_HELD = """
SELECT c.id, c.business_id, b.revision, c.playbook_id, l.number, EXISTS (
    SELECT 1 FROM todo t WHERE t.conversation_id = c.id AND t.urgent AND t.closed_at IS NULL)
FROM conversation c JOIN business b ON b.id = c.business_id JOIN line l ON l.id = c.line_id
WHERE c.held_by_id = %s AND c.ended_at IS NULL ORDER BY c.id FOR NO KEY UPDATE OF c
"""
