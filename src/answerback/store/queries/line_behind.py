"""The texts and calls that the findings of a line count, one by one; the newest first. It only reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from answerback.store.queries.rows import Cursor

ROWS = 50

What = Literal["sent", "filtered", "silent", "calls", "always", "boxed"]


@dataclass(frozen=True, slots=True)
class Behind:
    """One text or call. In the order of the statements; `conversation` is None where a call belongs to none."""

    id: int
    conversation: int | None
    name: str
    number: str
    at: datetime


def listed(cursor: Cursor, what: What, asked: Mapping[str, Any]) -> list[Behind]:
    """One more than `ROWS` of what counts: `asked` names the line, the moments and seconds, and `before` which id."""
    cursor.execute(_STATEMENTS[what], {**asked, "rows": ROWS + 1})
    return [Behind(*row) for row in cursor.fetchall()]


_TEXTS = """
SELECT m.id, m.conversation_id, CASE WHEN m.to = k.number THEN k.name ELSE '' END, m.to,
       COALESCE(m.sent_at, m.created_at)
FROM message m JOIN contact k ON k.id = m.contact_id
WHERE m.line_id = %(line)s AND m.author <> 'customer' AND m.created_at >= %(since)s
  AND (%(before)s::bigint IS NULL OR m.id < %(before)s) AND {wanted}
ORDER BY m.id DESC LIMIT %(rows)s
"""

_CALLS = """
SELECT e.id, e.conversation_id, COALESCE(k.name, ''), COALESCE(k.number, ''), e.at
FROM (
    SELECT max(e.id) AS id, max(e.conversation_id) AS conversation_id, max(e.at) AS at
    FROM event e WHERE e.connection_id = %(connection)s AND e.at >= %(since)s AND e.body->>'line' = %(number)s
      AND e.kind IN ('CallRang', 'CallEnded', 'CallAnswered') AND {wanted}
    GROUP BY e.body->>'call') e
LEFT JOIN conversation c ON c.id = e.conversation_id LEFT JOIN contact k ON k.id = c.contact_id
WHERE %(before)s::bigint IS NULL OR e.id < %(before)s
ORDER BY e.id DESC LIMIT %(rows)s
"""

_BOXED = """
e.kind = 'CallAnswered' AND abs((e.body->>'rang_seconds')::int - %(seconds)s::int) <= 1
  AND COALESCE(e.body->>'evidence', '') NOT IN ('press_1', 'phone_system')
"""

_STATEMENTS: dict[What, str] = {
    "sent": _TEXTS.format(wanted="m.sent_at IS NOT NULL"),
    "filtered": _TEXTS.format(wanted="m.failure = 'filtered'"),
    "silent": _TEXTS.format(wanted="m.status = 'sent' AND m.sent_at < %(silent_before)s"),
    "calls": _CALLS.format(wanted="true"),
    "always": _CALLS.format(wanted="e.body->>'forwarded_because' = 'always'"),
    "boxed": _CALLS.format(wanted=_BOXED),
}
