"""Who is told about their week, and what of it still has to leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from answerback.store.queries.rows import Cursor, as_json


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner who may be told, in which zone they live, and in which language. In the order of `_OWNERS`.

    `wish` is the setting, `currency` the business's.
    """

    business: int
    name: str
    member: int
    email: str
    phone: str
    zone: str
    wish: str
    currency: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    """One letter to write down; the fields are columns."""

    business_id: int
    member_id: int
    week: date
    by: str
    to: str
    subject: str
    body: str
    due_at: datetime
    html: str = ""


@dataclass(frozen=True, slots=True)
class Claimed:
    """One letter in our hands. In the order of `_CLAIM`'s RETURNING."""

    id: int
    business: int
    week: date
    by: str
    to: str
    name: str
    business_name: str
    subject: str
    body: str
    html: str
    tries: int


def owners(cursor: Cursor) -> list[Owner]:
    """Every owner with an address or a phone."""
    cursor.execute(_OWNERS)
    return [Owner(*row) for row in cursor.fetchall()]


def told(cursor: Cursor, since: date) -> set[tuple[int, date]]:
    """Members and weeks that were written to since then."""
    cursor.execute("SELECT member_id, week FROM weekly_letter WHERE week >= %s", [since])
    return {(row[0], row[1]) for row in cursor.fetchall()}


def write(cursor: Cursor, rows: Sequence[LetterRow]) -> None:
    """Write these letters down, each once."""
    if rows:
        cursor.execute(_WRITE, [as_json(rows)])


def claim(cursor: Cursor, now: datetime, lost_before: datetime) -> list[Claimed]:
    """Letters to send now. A text whose sender died on the way is never sent again: nobody can say whether it went."""
    cursor.execute(
        "UPDATE weekly_letter SET status = 'unclear' WHERE status = 'sending' AND by = 'text' AND due_at < %s",
        [lost_before],
    )
    cursor.execute(_CLAIM, {"now": now, "lost_before": lost_before})
    return [Claimed(*row) for row in cursor.fetchall()]


_OWNERS = """
SELECT b.id, b.name, m.id, COALESCE(NULLIF(m.email, ''), u.email, ''),
       CASE WHEN m.confirmed = m.phone AND m.stopped_at IS NULL THEN m.phone ELSE '' END,
       COALESCE(NULLIF(o.zone, ''), b.zone), COALESCE(b.settings ->> 'weekly_letter', 'both'),
       b.currency, COALESCE(NULLIF(u.language, ''), b.language)
FROM member m JOIN business b ON b.id = m.business_id LEFT JOIN location o ON o.id = m.location_id
LEFT JOIN account u ON u.id = m.user_id
WHERE m.role = 'owner' ORDER BY b.id, m.id
"""

_WRITE = """
INSERT INTO weekly_letter (business_id, member_id, week, by, "to", subject, body, html, status, due_at, tries,
                           problem)
SELECT business_id, member_id, week, by, "to", subject, body, html, 'waiting', due_at, 0, ''
FROM json_to_recordset(%s::json) AS v (business_id bigint, member_id bigint, week date, by text, "to" text,
                                       subject text, body text, html text, due_at timestamptz)
ON CONFLICT (business_id, week, member_id, by) DO NOTHING
"""

_CLAIM = """
UPDATE weekly_letter w SET status = 'sending', tries = tries + 1, due_at = %(now)s
FROM member m, business b
WHERE w.id IN (SELECT id FROM weekly_letter WHERE (status = 'waiting' AND due_at <= %(now)s)
                   OR (status = 'sending' AND due_at < %(lost_before)s)
               ORDER BY due_at LIMIT 50 FOR UPDATE SKIP LOCKED)
  AND m.id = w.member_id AND b.id = w.business_id
RETURNING w.id, w.business_id, w.week, w.by, w.to, m.name, b.name, w.subject, w.body, w.html, w.tries
"""
