"""The calls of a conversation as the ledger tells them: when each came, on which line, and whether it counts as missed.

Read by the desk and the console. Nothing here decides what became of a call.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.backends.utils import CursorWrapper

from answerback.store.queries.rows import Cursor

CALL_FACTS = ("CallRang", "LegEnded", "CallAnswered", "CallEnded", "VoicemailLeft", "VoicemailTranscribed")


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call. `missed` is what we took it for, and `reason` why; `rang_seconds` how long it rang before it was picked
    up, as far as some phone systems tell only at the end of it."""

    call: str
    line: str
    at: datetime
    missed: bool
    rang_seconds: int | None
    reason: str


def of_conversation(cursor: Cursor | CursorWrapper, conversation: int, limit: int = 20) -> list[CallRow]:
    """The calls of this conversation that were judged, the newest first."""
    cursor.execute(_CALLS, {"id": conversation, "kinds": list(CALL_FACTS), "limit": limit})
    return [CallRow(*row) for row in cursor.fetchall()]


_CALLS = """
WITH facts AS (
    SELECT e.body ->> 'call' AS call, e.body ->> 'line' AS line, e.at,
           CASE WHEN e.kind = 'CallAnswered' THEN (e.body ->> 'rang_seconds')::int END AS rang,
           CASE WHEN e.kind = 'CallEnded' THEN (e.body ->> 'rang_seconds')::int END AS rang_at_end
    FROM event e WHERE e.conversation_id = %(id)s AND e.kind = ANY(%(kinds)s)
)
SELECT f.call, min(f.line), min(f.at),
       EXISTS (SELECT 1 FROM jsonb_array_elements(COALESCE(c.state -> 'misses', '[]')) m WHERE m ->> 'call' = f.call),
       COALESCE(max(f.rang), max(f.rang_at_end)),
       COALESCE((SELECT m ->> 'reason' FROM jsonb_array_elements(COALESCE(c.state -> 'misses', '[]')) m
                 WHERE m ->> 'call' = f.call LIMIT 1), '')
FROM facts f JOIN conversation c ON c.id = %(id)s
WHERE f.call IS NOT NULL
  AND (c.state -> 'judged' ? f.call OR c.state -> 'noise' ? f.call)
GROUP BY f.call, c.state ORDER BY min(f.at) DESC, f.call DESC LIMIT %(limit)s
"""
