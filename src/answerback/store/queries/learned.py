"""What corrections of calls have taught of each line: when its own voicemail picks up, and what was said against it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from answerback.store.queries.rows import Cursor

NO_VOICEMAIL = 0
"""Stands for a point that is none: a person picks up then."""


@dataclass(frozen=True, slots=True)
class Knows:
    """What is known of a line's voicemail: the `point` in seconds, when and by which member it was taught; and the one
    word against it: when, of which call, and the point it spoke for (`NO_VOICEMAIL` where a person picked up). `source`
    is where callers find the line.
    """

    line: int
    point: int | None = None
    taught_at: datetime | None = None
    taught_by: int | None = None
    doubted_at: datetime | None = None
    doubted_call: str = ""
    doubted_for: int | None = None
    source: str = field(default="", compare=False)


def of_number(cursor: Cursor, business: int, number: str) -> Knows | None:
    """What the line of this number knows, held until the transaction ends; None where there is no such line."""
    cursor.execute(f"{_KNOWS} WHERE n.business_id = %s AND n.number = %s {_HELD}", [business, number])
    row = cursor.fetchone()
    return Knows(*row) if row else None


def of_line(cursor: Cursor, line: int) -> Knows | None:
    """The same, of one line."""
    cursor.execute(f"{_KNOWS} WHERE n.id = %s {_HELD}", [line])
    row = cursor.fetchone()
    return Knows(*row) if row else None


def of_lines(business: int) -> dict[str, Knows]:
    """What every line of a business knows, by its number."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT n.number, {_COLUMNS} FROM line n WHERE n.business_id = %s ORDER BY n.id", [business])
        rows: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return {number: Knows(*known) for number, *known in rows}


_COLUMNS = "n.id, n.voicemail_after, n.taught_at, n.taught_by_id, n.doubted_at, n.doubted_call, n.doubted_for, n.source"
_KNOWS = f"SELECT {_COLUMNS} FROM line n"
_HELD = "ORDER BY n.id DESC LIMIT 1 FOR NO KEY UPDATE"
