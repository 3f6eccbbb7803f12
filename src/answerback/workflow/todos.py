"""Gives to-dos to people. Never here: reminding them (`reminders`), or what a to-do's outcome changes (the engine)."""

from datetime import datetime

from answerback.store.queries.rows import Cursor


def give(cursor: Cursor, conversation: int, member: int | None, due_at: datetime) -> None:
    """Who took an urgent case owes the call: its open urgent to-dos are theirs, due then."""
    cursor.execute(
        """
        UPDATE todo SET owner_id = %s, due_at = %s, next_at = %s, reminded = 0
        WHERE conversation_id = %s AND urgent AND closed_at IS NULL
        """,
        [member, due_at, due_at, conversation],
    )
