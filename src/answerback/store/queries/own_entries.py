"""Writes and reads what stands in members' built-in calendars besides appointments.

Every function takes a cursor inside a transaction of `workflow`. Never here: whom it keeps from being booked; that is
written into `busy` by the reading every calendar gets.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries.rows import Cursor


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """Something in a built-in calendar. In the order of `COLUMNS`. `repeats`: other weeks of it stand there too."""

    id: int
    member: int
    key: str
    start: datetime
    end: datetime
    title: str
    notes: str
    place: str
    free: bool
    changed_at: datetime
    repeats: bool


def lock(cursor: Cursor, member: int) -> None:
    """One change at a time in this member's calendar, so that nobody overwrites what they have not seen."""
    cursor.execute("SELECT 1 FROM member WHERE id = %s FOR NO KEY UPDATE", [member])


def one(cursor: Cursor, member: int, key: str) -> OwnEntry | None:
    """The entry of this name."""
    cursor.execute(f"SELECT {COLUMNS} FROM own_entry WHERE member_id = %s AND key = %s", [member, key])
    row = cursor.fetchone()
    return OwnEntry(*row) if row else None


def put(
    cursor: Cursor,
    member: int,
    key: str,
    *,
    start: datetime,
    end: datetime,
    title: str,
    notes: str,
    place: str,
    free: bool,
    changed_at: datetime,
) -> None:
    """Write the entry, or change it where it stands; notes that stand there stay."""
    cursor.execute(
        _PUT,
        {
            "member": member,
            "key": key,
            "start": start,
            "end": end,
            "title": title[:200],
            "notes": notes[:500],
            "place": place[:200],
            "free": free,
            "changed_at": changed_at,
        },
    )


def remove(cursor: Cursor, member: int, key: str) -> None:
    """Take the entry away, if it is there."""
    cursor.execute("DELETE FROM own_entry WHERE member_id = %s AND key = %s", [member, key])


def between(cursor: Cursor, members: Sequence[int], start: datetime, end: datetime) -> list[OwnEntry]:
    """What stands in these members' calendars between the two moments, soonest first."""
    cursor.execute(
        f"""
        SELECT {COLUMNS} FROM own_entry
        WHERE member_id = ANY(%s) AND during && tstzrange(%s, %s) ORDER BY lower(during), id
        """,
        [list(members), start, end],
    )
    return [OwnEntry(*row) for row in cursor.fetchall()]


def series(cursor: Cursor, entry: OwnEntry) -> list[OwnEntry]:
    """This entry and those of its series that come after it."""
    cursor.execute(
        f"""
        SELECT {COLUMNS} FROM own_entry
        WHERE member_id = %s AND left(key, %s) = %s AND lower(during) >= %s ORDER BY lower(during)
        """,
        [entry.member, SERIES, entry.key[:SERIES], entry.start],
    )
    return [OwnEntry(*row) for row in cursor.fetchall()]


SERIES = 60
"""So many characters of a key are those of its series; the last four count within it."""

COLUMNS = f"""
id, member_id, key, lower(during), upper(during), title, notes, place, free, changed_at,
EXISTS (
    SELECT 1 FROM own_entry o WHERE o.member_id = own_entry.member_id AND o.key <> own_entry.key
    AND left(o.key, {SERIES}) = left(own_entry.key, {SERIES})
)
"""

_PUT = """
INSERT INTO own_entry (business_id, member_id, key, during, title, notes, place, free, changed_at)
SELECT m.business_id, m.id, %(key)s, tstzrange(%(start)s, %(end)s), %(title)s, %(notes)s, %(place)s, %(free)s,
       %(changed_at)s
FROM member m WHERE m.id = %(member)s
ON CONFLICT (member_id, key) DO UPDATE
    SET during = EXCLUDED.during, title = EXCLUDED.title, place = EXCLUDED.place, free = EXCLUDED.free,
        changed_at = EXCLUDED.changed_at
"""
