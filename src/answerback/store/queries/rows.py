"""How many rows go into one statement: as one JSON array, read back by PostgreSQL with `json_to_recordset`.

Binding fifty values a row one by one, or as arrays, costs the driver more than the rows cost the database.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

import msgspec
import psycopg

Cursor: TypeAlias = psycopg.Cursor[tuple[Any, ...]]
"""A cursor that binds on the server, so that statements are prepared once and planned once."""

_encode = msgspec.json.Encoder().encode


def as_json(rows: Sequence[object]) -> str:
    """These rows (dataclasses or dictionaries) as a JSON array; dates as ISO text, `msgspec.Raw` as the JSON it
    holds.
    """
    return _encode(rows).decode()


def raw(text: str) -> msgspec.Raw:
    """JSON text that goes into a row as JSON."""
    return msgspec.Raw(text.encode())
