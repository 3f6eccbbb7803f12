"""Writes and reads the times at which members cannot be booked for reasons that are no appointments of ours.

Outside calendars write here what blocks somebody; time off is written here too. A busy time never moves or cancels an
appointment that stands: it only keeps new ones away. Every function takes a cursor inside a transaction of `workflow`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries.rows import Cursor, as_json

TIME_OFF = "time_off"
"""The source of what staff write down themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyTime:
    """One busy time: from `start` to before `end`. `key` is what its source calls it, unique within the source."""

    key: str
    start: datetime
    end: datetime
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A busy time as it is stored. In the order of `_BETWEEN`."""

    id: int
    member: int
    start: datetime
    end: datetime
    source: str
    key: str
    summary: str


def put(cursor: Cursor, member: int, source: str, times: Sequence[BusyTime], now: datetime) -> None:
    """Write these busy times of one member down, or bring those with the same key up to date."""
    rows = {each.key: each for each in times if each.start < each.end}
    if rows:
        cursor.execute(_PUT, {"member": member, "source": source, "now": now, "rows": as_json([*rows.values()])})


def remove(cursor: Cursor, member: int, source: str, keys: Sequence[str]) -> int:
    """Forget the busy times with these keys; returns how many there were."""
    cursor.execute(
        "DELETE FROM busy WHERE member_id = %s AND source = %s AND key = ANY(%s)", [member, source, list(keys)]
    )
    return cursor.rowcount


def replace(cursor: Cursor, member: int, source: str, times: Sequence[BusyTime], now: datetime) -> None:
    """Make these all the busy times that this source has of this member, as after a full read."""
    cursor.execute(
        "DELETE FROM busy WHERE member_id = %s AND source = %s AND NOT key = ANY(%s)",
        [member, source, [each.key for each in times if each.start < each.end]],
    )
    put(cursor, member, source, times, now)


def forget_source(cursor: Cursor, business: int, source: str) -> int:
    """Forget everything a source has ever written, as when its connection is removed; returns how much there was."""
    cursor.execute("DELETE FROM busy WHERE business_id = %s AND source = %s", [business, source])
    return cursor.rowcount


def between(cursor: Cursor, members: Sequence[int], start: datetime, end: datetime) -> list[Found]:
    """What these members are busy with between the two moments, soonest first."""
    cursor.execute(_BETWEEN, {"members": list(members), "start": start, "end": end})
    return [Found(*row) for row in cursor.fetchall()]


_PUT = """
INSERT INTO busy (business_id, member_id, during, source, key, summary, written_at)
SELECT m.business_id, m.id, tstzrange(v.start, v.end), %(source)s, v.key, left(v.summary, 200), %(now)s
FROM json_to_recordset(%(rows)s::json) AS v (key text, start timestamptz, "end" timestamptz, summary text)
JOIN member m ON m.id = %(member)s
ON CONFLICT (member_id, source, key) DO UPDATE
    SET during = EXCLUDED.during, summary = EXCLUDED.summary, written_at = EXCLUDED.written_at
"""

_BETWEEN = """
SELECT id, member_id, lower(during), upper(during), source, key, summary FROM busy
WHERE member_id = ANY(%(members)s) AND during && tstzrange(%(start)s, %(end)s)
ORDER BY lower(during), id
"""
