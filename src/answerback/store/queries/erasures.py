"""The log of who was forgotten, by digest only, so that a restored backup forgets them again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries import number_keys
from answerback.store.queries.rows import Cursor, as_json
from answerback.store.secrets import digests

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Somebody was forgotten: of which business, the digest of their number, when."""

    business: int
    digest: str
    at: datetime


def write(cursor: Cursor, erasures: Iterable[Forgotten]) -> None:
    """Write these down; those of a business that is not here, and those that stand there already, are passed over."""
    cursor.execute(_WRITE, [as_json(list(erasures))])


def log(cursor: Cursor) -> list[Forgotten]:
    """Everything in the log, oldest first."""
    cursor.execute("SELECT business_id, digest, at FROM erasure ORDER BY at, id")
    return [Forgotten(*row) for row in cursor.fetchall()]


def known_again(cursor: Cursor, erasures: Sequence[Forgotten]) -> list[tuple[int, str]]:
    """Contacts that these erasures are about and that were there before they were made: (business, number)."""
    forgotten: dict[int, dict[str, datetime]] = {}
    for each in erasures:
        known = forgotten.setdefault(each.business, {})
        known[each.digest] = max(each.at, known.get(each.digest, each.at))
    return [found for business, known in forgotten.items() for found in _known_again(cursor, business, known)]


def _known_again(cursor: Cursor, business: int, known: dict[str, datetime]) -> list[tuple[int, str]]:
    """A digest cannot be turned round, so every number of the business is digested; a million take some seconds."""
    found: list[tuple[int, str]] = []
    last = 0
    keys = number_keys.earlier(cursor)
    while True:
        cursor.execute(_NUMBERS, [business, last, BATCH])
        rows = cursor.fetchall()
        if not rows:
            return found
        for id, number, created_at in rows:
            last = id
            if any(created_at <= known[each] for each in digests(number, keys) if each in known):
                found.append((business, number))


_WRITE = """
INSERT INTO erasure (business_id, digest, at)
SELECT v.business, v.digest, v.at FROM json_to_recordset(%s::json) AS v (business bigint, digest text, at timestamptz)
JOIN business b ON b.id = v.business
ON CONFLICT DO NOTHING
"""

_NUMBERS = """
SELECT id, number, created_at FROM contact WHERE business_id = %s AND id > %s AND number LIKE '+%%'
ORDER BY id LIMIT %s
"""
