"""Pages of which nobody could be told by phone: notes the first time, finds who is told by e-mail.

Every function takes a cursor inside a transaction that `workflow` opened.
"""

from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries.recipients import AGGREGATED, Recipient, of
from answerback.store.queries.rows import Cursor


@dataclass(frozen=True, slots=True)
class Unheard:
    """A page nobody could be told of by phone, and who is told by e-mail. In the order of `_TO_MAIL`."""

    page: int
    business: str
    conversation: int
    unheard_at: datetime
    business_id: int
    people: tuple[Recipient, ...]


def first(cursor: Cursor, page: int, now: datetime) -> bool:
    """Nobody could be told of this page by phone; True the first time, when everybody is told otherwise."""
    cursor.execute("UPDATE page SET unheard_at = %s WHERE id = %s AND unheard_at IS NULL AND NOT drill", [now, page])
    if cursor.rowcount == 0:
        return False
    cursor.execute(
        "SELECT alert_members(business_id, 'unheard', id, conversation_id, NULL, '', %s) FROM page WHERE id = %s",
        [now, page],
    )
    return True


def to_mail(cursor: Cursor, since: datetime) -> list[Unheard]:
    """Pages that nobody could be told of since then, open still and told by no e-mail yet: to owners and the desk."""
    cursor.execute(_TO_MAIL, [since])
    return [Unheard(row[0], row[1], row[2], row[3], row[4], people=of(row[5:])) for row in cursor.fetchall()]


def mailed(cursor: Cursor, page: int, now: datetime) -> None:
    """People have it by e-mail."""
    cursor.execute("UPDATE page SET mailed_at = %s WHERE id = %s", [now, page])


_TO_MAIL = f"""
SELECT p.id, b.name, p.conversation_id, p.unheard_at, b.id,
       {AGGREGATED}
FROM page p JOIN business b ON b.id = p.business_id
JOIN member m ON m.business_id = b.id AND m.role IN ('owner', 'manager', 'desk') AND m.left_at IS NULL
LEFT JOIN account u ON u.id = m.user_id
WHERE p.unheard_at > %s AND p.taken_at IS NULL AND p.mailed_at IS NULL
  AND COALESCE(NULLIF(m.email, ''), u.email, '') <> ''
GROUP BY p.id, b.id, b.name ORDER BY p.id
"""
