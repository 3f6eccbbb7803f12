"""Keeps what a language model was asked about a text and what it answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from answerback.engine.advice import Proposal
from answerback.store.queries.rows import Cursor, as_json


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to write down. In the order of `_ASK`."""

    business: int
    conversation: int
    event: int
    model: str
    question: msgspec.Raw
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is known of the question about one event: when it was asked, what became of it."""

    asked_at: datetime
    outcome: str
    proposal: Proposal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How a question ended: `answered` with a proposal, `refused`, `unavailable`."""

    outcome: str
    milliseconds: int
    proposal: Proposal | None = None
    tokens_in: int = 0
    tokens_out: int = 0
    dollars: float = 0.0


def ask(cursor: Cursor, rows: Sequence[Asked]) -> None:
    """Write these questions down, each once."""
    if rows:
        cursor.execute(_ASK, [as_json(rows)])


def of(cursor: Cursor, events: Sequence[int]) -> dict[int, Kept]:
    """What was asked about these events, by event."""
    cursor.execute("SELECT event_id, asked_at, outcome, proposal FROM advice WHERE event_id = ANY(%s)", [list(events)])
    return {
        event: Kept(asked_at=asked_at, outcome=outcome, proposal=_proposal(body))
        for event, asked_at, outcome, body in cursor.fetchall()
    }


def settle(cursor: Cursor, event: int, how: Settled) -> None:
    """Write down how it ended and wake the conversation, unless its text has been decided already."""
    cursor.execute(
        _SETTLE,
        [
            how.outcome,
            msgspec.json.encode(how.proposal).decode() if how.proposal else None,
            how.milliseconds,
            how.tokens_in,
            how.tokens_out,
            how.dollars,
            event,
        ],
    )


def wake(cursor: Cursor, event: int, now: datetime) -> None:
    """Let the conversation of this event take its turn now, if the event still waits."""
    cursor.execute(
        """
        UPDATE conversation SET wake_at = LEAST(wake_at, %s) FROM event
        WHERE event.id = %s AND event.handled_at IS NULL AND conversation.id = event.conversation_id
          AND conversation.wake_at IS NOT NULL
        """,
        [now, event],
    )


def _proposal(body: object) -> Proposal | None:
    if body is None:
        return None
    return msgspec.json.decode(body, type=Proposal) if isinstance(body, str) else msgspec.convert(body, Proposal)


_ASK = """
INSERT INTO advice (business_id, conversation_id, event_id, model, question, asked_at, outcome, tokens_in, tokens_out,
                    dollars)
SELECT business, conversation, event, model, question, asked_at, '', 0, 0, 0 FROM json_to_recordset(%s::json)
    AS v (business bigint, conversation bigint, event bigint, model text, question jsonb, asked_at timestamptz)
ON CONFLICT (event_id) DO NOTHING
"""

_SETTLE = """
UPDATE advice SET outcome = %s, proposal = %s::jsonb, milliseconds = %s, tokens_in = %s, tokens_out = %s, dollars = %s
WHERE event_id = %s AND outcome = ''
"""
