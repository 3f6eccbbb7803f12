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
    """One call. `missed` is what we took it for, and `reason` why; `noise` that it counts as nothing: they hung up at
    once, or the phone system blocked it; `picked_up_after` how many seconds it rang before
    something picked up that may have been a person or a phone's own voicemail: None where nothing did, nobody says
    (some phone systems do only at the end of the call), or the carrier heard a machine.
    """

    call: str
    line: str
    at: datetime
    missed: bool
    picked_up_after: int | None
    reason: str
    noise: bool


def of_conversation(cursor: Cursor | CursorWrapper, conversation: int, limit: int = 20) -> list[CallRow]:
    """The calls of this conversation that were judged, the newest first."""
    cursor.execute(_CALLS, {"id": conversation, "kinds": list(CALL_FACTS), "limit": limit})
    return [CallRow(*row) for row in cursor.fetchall()]


JOINED = """COALESCE((f.kind = 'CallAnswered' AND f.body ->> 'by' = 'person')
            OR (f.kind = 'CallEnded' AND f.body ->> 'outcome' = 'answered_human'), false)"""
"""Does this event `f` say that something was joined with the caller, a person or a phone's own voicemail?"""

HEARD = """COALESCE(f.kind = 'CallAnswered' AND f.body ->> 'by' = 'machine'
            AND f.body ->> 'evidence' = 'machine_detection', false)"""
"""Does this event `f` say that the carrier listened and heard a machine?"""

NOISE = "(COALESCE(c.state -> 'noise' ? {call}, false) AND NOT COALESCE(c.state -> 'judged' ? {call}, false))"
"""Does this call count as nothing in its conversation `c`? A person who knows better has it judged."""

ASIDE = "COALESCE(c.state -> 'aside' ? {call}, false)"
"""Was this call missed in its conversation `c`, and nothing made of it, for nobody's or none of a customer's number?"""

MISSED = f"""({ASIDE} OR EXISTS (SELECT 1 FROM jsonb_array_elements(COALESCE(c.state -> 'misses', '[]')) m
                        WHERE m ->> 'call' = {{call}}))"""
"""Was this call missed in its conversation `c`?"""

_OF_E = "(e.body ->> 'call')"

LAST = f"""
    SELECT CASE WHEN {MISSED.format(call=_OF_E)} THEN 'missed' WHEN {NOISE.format(call=_OF_E)} THEN 'noise'
                WHEN COALESCE(c.state -> 'judged' ? {_OF_E}, false) THEN 'answered' END AS came,
           (e.body ->> 'talked_seconds')::int AS talked,
           (SELECT m.name FROM event f JOIN member m ON m.business_id = c.business_id AND m.phone = f.body ->> 'target'
            WHERE f.conversation_id = c.id AND f.kind = 'CallAnswered' AND f.body ->> 'call' = {_OF_E}
                AND m.left_at IS NULL ORDER BY m.id LIMIT 1) AS taken_by
    FROM event e WHERE e.conversation_id = c.id AND e.kind = 'CallEnded' AND w.author IS NULL
    ORDER BY e.id DESC LIMIT 1"""
"""What became of the last call of the conversation `c` whose last text `w` is none. Who took it is known by the phone
that rang.
"""

_CALLS = f"""
WITH facts AS (
    SELECT f.body ->> 'call' AS call, f.body ->> 'line' AS line, f.at,
           CASE WHEN f.kind = 'CallAnswered' THEN (f.body ->> 'rang_seconds')::int END AS rang,
           CASE WHEN f.kind = 'CallEnded' THEN (f.body ->> 'rang_seconds')::int END AS rang_at_end,
           {JOINED} AS joined, {HEARD} AS heard
    FROM event f WHERE f.conversation_id = %(id)s AND f.kind = ANY(%(kinds)s)
)
SELECT f.call, min(f.line), min(f.at),
       {MISSED.format(call="f.call")},
       CASE WHEN bool_or(f.joined) AND NOT bool_or(f.heard) THEN COALESCE(max(f.rang), max(f.rang_at_end)) END,
       COALESCE((SELECT m ->> 'reason' FROM jsonb_array_elements(COALESCE(c.state -> 'misses', '[]')) m
                 WHERE m ->> 'call' = f.call LIMIT 1), ''),
       {NOISE.format(call="f.call")}
FROM facts f JOIN conversation c ON c.id = %(id)s
WHERE f.call IS NOT NULL
  AND (c.state -> 'judged' ? f.call OR c.state -> 'noise' ? f.call)
GROUP BY f.call, c.state ORDER BY min(f.at) DESC, f.call DESC LIMIT %(limit)s
"""
