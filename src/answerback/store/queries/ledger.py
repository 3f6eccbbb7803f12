"""Writes events of our own into the ledger: what staff did, what became of texts, timers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerback.engine.events import Event
from answerback.store import codec
from answerback.store.queries.arrivals import wake_open_or_ended
from answerback.store.queries.rows import Cursor, as_json, raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """An event of ours: whose, which conversation's, when it must be looked at, how much it raises the epoch."""

    business: int
    conversation: int
    event: Event
    due_at: datetime | None = None
    bump: int = 0
    trace: str | None = None


def record(cursor: Cursor, events: Sequence[Own], now: datetime) -> None:
    """Write these events and wake their conversations."""
    if not events:
        return
    write(cursor, events, now)
    due: dict[int, tuple[datetime, int, datetime]] = {}
    for own in events:
        earliest, bump, _ = due.get(own.conversation, (own.due_at or now, 0, now))
        due[own.conversation] = (min(earliest, own.due_at or now), bump + own.bump, now)
    wake_open_or_ended(cursor, due)


def write(cursor: Cursor, events: Sequence[Own], now: datetime, *, handled: bool = False) -> None:
    """Write these events without waking anybody; for a turn that sets the time of the next one itself.

    `handled` events have been decided on already.
    """
    cursor.execute(_WRITE, [now if handled else None, as_json([_row(own, now) for own in events])])


def _row(own: Own, now: datetime) -> dict[str, object]:
    return {
        "business": own.business,
        "conversation": own.conversation,
        "kind": codec.event_kind(own.event),
        "at": own.event.at,
        "due_at": own.due_at or now,
        "body": raw(codec.encode_event(own.event)),
        "trace": own.trace,
    }


_WRITE = """
INSERT INTO event (business_id, conversation_id, kind, at, due_at, body, trace, handled_at)
SELECT v.*, %s::timestamptz FROM json_to_recordset(%s::json)
    AS v (business bigint, conversation bigint, kind text, at timestamptz, due_at timestamptz, body jsonb, trace text)
"""
