"""Quiets what a restored backup or an imported business would do a second time.

Between the moment a copy was made and now, the original went on: what waited in the copy has long been sent, called
back or answered. So waiting texts are taken back with a reason, timers that were due are taken as gone by, a text that
may yet be planned is stale (`epoch`), callers still waiting for their turn become leads without a first text, and a
person is asked to look. What is due in the future stays. Never here: a lead lost, or anything sent.
"""

from datetime import datetime

from answerback.store.queries.rows import Cursor

HELD_BY_US = "Texts are held after a restore"
"""How `line.sender_says` begins while a restore holds the line's texts."""

HOLD_EVERYTHING = "UPDATE line SET paused_until = '9999-01-01', sender_says = 'Texts are held after a restore.'"
"""For ever, in words that `psql` takes; until then no line sends, whatever breaks off."""


def quiet(cursor: Cursor, copied_at: datetime, now: datetime, business: int | None = None) -> int:
    """Quiet this business, or all; returns how many conversations a person is asked to look at."""
    values = {"now": now, "copied_at": copied_at, "business": business, "title": _title(copied_at)}
    cursor.execute(_TEXTS, values)
    talks = {row[0] for row in cursor.fetchall()}
    cursor.execute(_TIMERS, values)
    talks |= {row[0] for row in cursor.fetchall()}
    cursor.execute(_GREETED, values)
    cursor.execute(_STALE, values)
    cursor.execute(_TODOS, values | {"talks": sorted(talks)})
    return cursor.rowcount


def hold(cursor: Cursor, until: datetime) -> None:
    """No line sends before that moment, so that what was said meanwhile (a stop) can be read from the providers."""
    cursor.execute("UPDATE line SET paused_until = %s, sender_says = %s", [until, f"{HELD_BY_US}."])


def resume(cursor: Cursor) -> int:
    """Let lines that a restore holds send again; returns how many."""
    cursor.execute(
        "UPDATE line SET paused_until = NULL, sender_says = '' WHERE sender_says LIKE %s", [f"{HELD_BY_US}%"]
    )
    return cursor.rowcount


def _title(copied_at: datetime) -> str:
    return (
        f"answerback was restored from a copy of {copied_at:%d %B %Y, %H:%M} UTC. Look what happened since, and answer."
    )


_OURS = "(%(business)s::bigint IS NULL OR {0}.business_id = %(business)s)"

_TEXTS = f"""
WITH taken AS (
    UPDATE message m SET status = 'withdrawn', detail = 'restored' WHERE status = 'queued' AND {_OURS.format("m")}
    RETURNING business_id, conversation_id, key, author
), why AS (
    INSERT INTO decision_receipt (business_id, conversation_id, at, rule, verdict, why, guards, would_change, text)
    SELECT business_id, conversation_id, %(now)s::timestamptz, 'restore.withdrawn', 'withdrawn',
        'It was waiting when the copy was made that this was restored from; whether it was sent since, the copy cannot '
        || 'know.', '[]'::jsonb, 'No restore.', key FROM taken
)
SELECT DISTINCT conversation_id FROM taken WHERE author <> 'page'
"""  # noqa: S608  constants of this module

# Only timers: an event that somebody else made is still to be decided on, or a missed call would be no lead.
_TIMERS = f"""
UPDATE event e SET handled_at = %(now)s::timestamptz FROM conversation c
WHERE c.id = e.conversation_id AND c.ended_at IS NULL AND {_OURS.format("c")}
  AND e.handled_at IS NULL AND e.kind = 'TimerDue' AND e.due_at <= %(now)s::timestamptz
RETURNING c.id
"""  # noqa: S608  constants of this module

_GREETED = f"""
UPDATE contact k SET first_text_at = %(now)s::timestamptz FROM conversation c
WHERE c.contact_id = k.id AND c.wake_at <= %(now)s::timestamptz AND k.first_text_at IS NULL AND {_OURS.format("k")}
"""  # noqa: S608  constants of this module

_STALE = f"""
UPDATE conversation c SET epoch = epoch + 1,
    wake_at = (SELECT min(e.due_at) FROM event e WHERE e.conversation_id = c.id AND e.handled_at IS NULL)
WHERE ended_at IS NULL AND {_OURS.format("c")}
"""  # noqa: S608  constants of this module

_TODOS = """
INSERT INTO todo (business_id, conversation_id, key, kind, title, urgent, due_at, opened_at, outcome)
SELECT c.business_id, c.id, 'restored', 'review', %(title)s::text, false, %(now)s::timestamptz, %(now)s::timestamptz, ''
FROM conversation c WHERE c.id = ANY(%(talks)s::bigint[]) ORDER BY c.id
ON CONFLICT (conversation_id, key) WHERE closed_at IS NULL DO NOTHING
"""
