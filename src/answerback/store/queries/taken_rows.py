"""Keeps what came of each row of a file that was taken in: its number, its fate, and whom it is about."""

from collections.abc import Collection, Sequence
from typing import Any

from answerback.store.queries.imports import Written
from answerback.store.queries.rows import Cursor, as_json


def write(
    cursor: Cursor,
    upload: int,
    *,
    of_stops: bool,
    rows: Sequence[dict[str, Any]],
    written: Written,
    repeated: Collection[int],
) -> None:
    """Keep these rows of a file, in the transaction that wrote them."""
    fates = dict.fromkeys(repeated, "repeat")
    fates |= {number: fate for fate in ("new", "updated") for number in written.fates.get(fate, ())}
    told = [(row["row"], row["number"], fates.get(row["row"], "known")) for row in rows]
    shared = set(written.fates.get("people", ()))
    told += [(row["row"], row["number"], "people") for row in rows if row["row"] in shared]
    values = {
        "upload": upload,
        "rows": as_json([{"row": row, "number": number, "fate": fate} for row, number, fate in told]),
    }
    cursor.execute(_STOPS if of_stops else _CONTACTS, values)


_INTO = """
INSERT INTO upload_row (upload_id, "row", fate, subject)
SELECT u.id, i."row", i.fate, s.id
FROM json_to_recordset(%(rows)s::json) AS i ("row" int, number text, fate text)
JOIN upload u ON u.id = %(upload)s::bigint
LEFT JOIN {subject} s ON s.business_id = u.business_id AND s.number = i.number {{which}}
"""
_CONTACTS = _INTO.format(subject="contact").format(which="")
_STOPS = _INTO.format(subject="suppression").format(which="AND s.lifted_at IS NULL")
