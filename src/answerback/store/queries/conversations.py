"""What a page of one conversation shows besides its timeline: the plan for the lead, drafts, what is still to come."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True, slots=True)
class Timer:
    """Something the machine may do by itself when its time has come; `ref` says for what. In the order of `_TIMERS`.

    `held_by` is who held it back, empty where nobody did.
    """

    id: int
    timer: str
    ref: str
    due_at: datetime
    held_by: str


def drafts(conversation: int, member: int) -> list[tuple[str, str]]:
    """What this member typed here and has not sent: the name of each tab and its words, the newest last."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT drafts::text FROM looking WHERE conversation_id = %s AND member_id = %s", [conversation, member]
        )
        row = cursor.fetchone()
    return [(tab, words) for tab, words in json.loads(row[0])] if row else []


def unsent(member: int, conversations: Sequence[int]) -> dict[int, str]:
    """The beginning of what this member typed in each of these last and has not sent; those without are left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conversation_id, left(draft, 160) FROM looking"
            " WHERE conversation_id = ANY(%s) AND member_id = %s AND draft <> ''",
            [list(conversations), member],
        )
        return {id: words for id, words in cursor.fetchall() if words.strip()}


def timers(conversation: int, now: datetime) -> list[Timer]:
    """The nudges, reminders and videos that are set, the soonest first; whether they still mean anything the state says
    (`engine.holding_back`).
    """
    with connection.cursor() as cursor:
        cursor.execute(_TIMERS, {"id": conversation, "now": now})
        return [Timer(*row) for row in cursor.fetchall()]


_TIMERS = """
SELECT e.id, e.body ->> 'timer', e.body ->> 'ref', e.due_at, COALESCE(h.by, '') FROM event e
LEFT JOIN LATERAL (
    SELECT CASE WHEN h.body ->> 'after_all' = 'true' THEN '' ELSE h.body ->> 'member' END AS by FROM event h
    WHERE h.conversation_id = e.conversation_id AND h.kind = 'TimerHeldBack'
      AND h.body ->> 'timer' = e.body ->> 'timer' AND h.body ->> 'ref' = e.body ->> 'ref'
    ORDER BY h.id DESC LIMIT 1
) h ON true
WHERE e.conversation_id = %(id)s AND e.handled_at IS NULL AND e.kind = 'TimerDue' AND e.due_at > %(now)s
  AND e.body ->> 'timer' IN ('nudge', 'reminder', 'video')
ORDER BY e.due_at LIMIT 20
"""
