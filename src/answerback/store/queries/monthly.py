"""Which agency admins are told about a month, and what of it still has to leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from answerback.store.queries.rows import Cursor, as_json


@dataclass(frozen=True, slots=True)
class Admin:
    """An admin who may be told, and the zones of their agency's businesses. In the order of `_ADMINS`."""

    id: int
    zones: tuple[str, ...]

    def westmost(self, now: datetime) -> ZoneInfo:
        """The zone in which it is earliest now: when the month is over there, it is over everywhere."""
        return min((ZoneInfo(zone) for zone in self.zones), key=lambda zone: now.astimezone(zone).replace(tzinfo=None))


@dataclass(frozen=True, slots=True)
class Claimed:
    """One letter in our hands. In the order of `_CLAIM`'s RETURNING."""

    id: int
    month: date
    tries: int
    agency: int
    agency_name: str
    name: str
    to: str
    language: str


def admins(cursor: Cursor) -> list[Admin]:
    """Every admin with an address who wants the letter and whose agency has a business."""
    cursor.execute(_ADMINS)
    return [Admin(row[0], tuple(row[1])) for row in cursor.fetchall()]


def write(cursor: Cursor, due: Sequence[tuple[int, date]], now: datetime) -> int:
    """Write these letters down, each once; returns how many are new."""
    if not due:
        return 0
    cursor.execute(_WRITE, {"rows": as_json([{"admin": admin, "month": month} for admin, month in due]), "now": now})
    return cursor.rowcount


def claim(cursor: Cursor, now: datetime, lost_before: datetime) -> list[Claimed]:
    """Letters to send now. One whose sender died on the way is never sent again: nobody can say whether it went."""
    cursor.execute(
        "UPDATE monthly_letter SET status = 'unclear' WHERE status = 'sending' AND due_at < %s", [lost_before]
    )
    cursor.execute(_CLAIM, {"now": now})
    return [Claimed(*row) for row in cursor.fetchall()]


_ADMINS = """
SELECT a.id, array_agg(DISTINCT b.zone) FROM agency_admin a JOIN account u ON u.id = a.user_id
JOIN business b ON b.agency_id = a.agency_id
WHERE a.monthly_letter AND u.is_active AND u.email <> '' GROUP BY a.id ORDER BY a.id
"""

_WRITE = """
INSERT INTO monthly_letter (admin_id, month, status, due_at, tries, problem)
SELECT admin, month, 'waiting', %(now)s, 0, '' FROM json_to_recordset(%(rows)s::json) AS v (admin bigint, month date)
ON CONFLICT (admin_id, month) DO NOTHING
"""

_CLAIM = """
UPDATE monthly_letter l SET status = 'sending', tries = tries + 1, due_at = %(now)s
FROM agency_admin a, agency g, account u
WHERE l.id IN (SELECT id FROM monthly_letter WHERE status = 'waiting' AND due_at <= %(now)s
               ORDER BY due_at LIMIT 10 FOR UPDATE SKIP LOCKED)
  AND a.id = l.admin_id AND g.id = a.agency_id AND u.id = a.user_id
RETURNING l.id, l.month, l.tries, g.id, g.name, a.name, u.email, COALESCE(NULLIF(u.language, ''), 'en')
"""
