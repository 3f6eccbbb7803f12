"""Writes down what became of a letter, weekly or monthly."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from answerback.store.queries.rows import Cursor

Letters = Literal["weekly_letter", "monthly_letter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of handing a letter over; one that is `waiting` is due again at `due_at`."""

    status: Literal["sent", "waiting", "failed", "unclear"]
    due_at: datetime
    sent_at: datetime | None = None
    problem: str = ""


def write_outcome(cursor: Cursor, table: Letters, letter: int, outcome: Outcome) -> None:
    """Write it down."""
    cursor.execute(
        f"UPDATE {table} SET status = %s, problem = %s, due_at = %s, sent_at = %s WHERE id = %s",
        [outcome.status, outcome.problem[:300], outcome.due_at, outcome.sent_at, letter],
    )
