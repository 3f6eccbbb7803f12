"""How many rows go into one statement: as one JSON array, read back by PostgreSQL with `json_to_recordset`.

Binding fifty values a row one by one, or as arrays, costs the driver more than the rows cost the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

import msgspec
import psycopg

Cursor: TypeAlias = psycopg.Cursor[tuple[Any, ...]]
"""A cursor that binds on the server, so that statements are prepared once and planned once."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list that begins with the newest: behind the conversation `id`, whose moment is `at`.

    The moment alone is no place, since several may share one.
    """

    at: datetime
    id: int

    @staticmethod
    def values(place: "Place | None") -> dict[str, Any]:
        """What a statement names `before` and `behind`; without a place it begins at the top."""
        return {"before": place.at if place else None, "behind": place.id if place else 0}


_encode = msgspec.json.Encoder().encode


def as_json(rows: Sequence[object]) -> str:
    """These rows (dataclasses or dictionaries) as a JSON array; dates as ISO text, `msgspec.Raw` as the JSON it
    holds.
    """
    return _encode(rows).decode()


def raw(text: str) -> msgspec.Raw:
    """JSON text that goes into a row as JSON."""
    return msgspec.Raw(text.encode())
