"""Notices to programs: claims those that are due, writes down what came of each try.

Notices of one target and one conversation are claimed in their order: a later one waits until the earlier has arrived
or was given up. Every function takes a cursor inside a transaction that `workflow` opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from answerback.store import codec
from answerback.store.queries.rows import Cursor

AT_ONCE = 4
"""How many notices one target is handed at the same time, so that a slow one keeps no others waiting."""

LOST_AFTER = timedelta(minutes=5)
"""A notice still being sent after this long belongs to a process that died: it is sent again, with the same name."""

KEPT = timedelta(days=30)

REMOVED_KEPT = timedelta(hours=1)
"""So long a target that was removed can be had back, as long as a toast offers it; then its secret is forgotten."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A notice to hand over now. In the order of `_CLAIM`. `tries` counts this one; `was` is JSON or None."""

    id: int
    business: int
    target: int
    key: UUID
    kind: str
    subject: int | None
    thread: int | None
    was: str | None
    at: datetime
    tries: int
    body: str
    url: str
    sealed: bytes
    old_until: datetime | None
    failing_since: datetime | None


def claim(cursor: Cursor, limit: int, now: datetime) -> list[Claimed]:
    """Take at most so many notices that are due."""
    cursor.execute(_RECOVER, {"lost": now - LOST_AFTER, "now": now})
    cursor.execute(_CLAIM, {"now": now, "limit": limit, "at_once": AT_ONCE})
    return sorted((Claimed(*row) for row in cursor.fetchall()), key=lambda each: each.id)


def write_body(cursor: Cursor, notice: int, body: str) -> None:
    """What this notice says, at every try."""
    cursor.execute("UPDATE notice SET body = %s WHERE id = %s", [body, notice])


def arrived(cursor: Cursor, notice: Claimed, attempt: dict[str, object], now: datetime) -> None:
    """The target took it."""
    values = {"id": notice.id, "now": now, "attempt": codec.encode([attempt])}
    cursor.execute(_ARRIVED, values)
    cursor.execute(
        "UPDATE target SET arrived_at = %s, failing_since = NULL, wait_until = NULL WHERE id = %s", [now, notice.target]
    )


def failed(
    cursor: Cursor,
    notice: Claimed,
    attempt: dict[str, object],
    now: datetime,
    *,
    again_at: datetime | None,
    wait_until: datetime | None,
) -> None:
    """It did not arrive: it is tried again then, or given up where None. `wait_until` spares the whole target."""
    status = "failed" if again_at is None else "waiting"
    values = {"id": notice.id, "status": status, "due_at": again_at or now, "attempt": codec.encode([attempt])}
    cursor.execute(_FAILED, values)
    cursor.execute(
        """
        UPDATE target SET failing_since = COALESCE(failing_since, %s), wait_until = GREATEST(wait_until, %s)
        WHERE id = %s
        """,
        [now, wait_until, notice.target],
    )


def switch_off(cursor: Cursor, target: int, why: str, now: datetime) -> bool:
    """Tell this target nothing more until somebody switches it on; what waits is held. False when it was off."""
    cursor.execute(
        "UPDATE target SET disabled_at = %s, disabled_why = %s WHERE id = %s AND disabled_at IS NULL",
        [now, why[:300], target],
    )
    off = cursor.rowcount == 1
    cursor.execute("UPDATE notice SET status = 'held' WHERE target_id = %s AND status = 'waiting'", [target])
    return off


def remove(cursor: Cursor, target: int, now: datetime) -> None:
    """Tell this target nothing any more; nothing of it is forgotten yet."""
    cursor.execute("UPDATE target SET removed_at = %s WHERE id = %s AND removed_at IS NULL", [now, target])


def put_back(cursor: Cursor, target: int, now: datetime) -> bool:
    """A target that was removed lately is as it was; False when it stands, or is forgotten."""
    cursor.execute(
        "UPDATE target SET removed_at = NULL WHERE id = %s AND removed_at > %s AND sealed <> ''",
        [target, now - REMOVED_KEPT],
    )
    return cursor.rowcount == 1


def kinds_kept(cursor: Cursor, target: int) -> list[str]:
    """The kinds of what this target was told, or waits to be told, as long as it is kept."""
    cursor.execute("SELECT DISTINCT kind FROM notice WHERE target_id = %s", [target])
    return [kind for (kind,) in cursor.fetchall()]


def forget_removed(cursor: Cursor, now: datetime) -> None:
    """Forget the secrets of targets that were removed, and what they were told."""
    cursor.execute(
        "UPDATE target SET sealed = '' WHERE removed_at <= %s AND sealed <> '' RETURNING id", [now - REMOVED_KEPT]
    )
    gone = [row[0] for row in cursor.fetchall()]
    cursor.execute("DELETE FROM notice WHERE target_id = ANY(%s)", [gone])


def switch_on(cursor: Cursor, target: int, now: datetime, *, with_held: bool) -> None:
    """Tell this target again, and what was held meanwhile where wanted."""
    cursor.execute(
        """
        UPDATE target SET disabled_at = NULL, disabled_why = '', failing_since = NULL, wait_until = NULL,
            alarmed_at = NULL
        WHERE id = %s
        """,
        [target],
    )
    if with_held:
        again(cursor, target, ("held", "failed"), now)


def again(cursor: Cursor, target: int, statuses: Sequence[str], now: datetime) -> int:
    """Send every notice with one of these statuses again; returns how many."""
    cursor.execute(
        "UPDATE notice SET status = 'waiting', due_at = %s, tries = 0 WHERE target_id = %s AND status = ANY(%s)",
        [now, target, list(statuses)],
    )
    return cursor.rowcount


def replay(cursor: Cursor, notice: int, now: datetime) -> bool:
    """Send this notice again as it was, under its own name; False while it waits or is being sent."""
    cursor.execute(
        """
        UPDATE notice SET status = 'waiting', due_at = %s, tries = 0
        WHERE id = %s AND status IN ('sent', 'failed', 'held')
        """,
        [now, notice],
    )
    return cursor.rowcount == 1


def next_due(cursor: Cursor) -> datetime | None:
    """When the next notice is due."""
    cursor.execute(
        "SELECT min(n.due_at) FROM notice n JOIN target t ON t.id = n.target_id "
        "WHERE n.status = 'waiting' AND t.removed_at IS NULL"
    )
    row = cursor.fetchone()
    return row[0] if row else None


def forget(cursor: Cursor, now: datetime) -> None:
    """Forget old notices, whatever became of them."""
    cursor.execute("DELETE FROM notice WHERE at < %s AND status <> 'sending'", [now - KEPT])


_RECOVER = """
UPDATE notice SET status = 'waiting', due_at = %(now)s WHERE status = 'sending' AND claimed_at < %(lost)s
"""

_CLAIM = """
WITH due AS (
    SELECT n.id FROM notice n JOIN target t ON t.id = n.target_id
    WHERE n.status = 'waiting' AND n.due_at <= %(now)s AND t.disabled_at IS NULL AND t.removed_at IS NULL
      AND (t.wait_until IS NULL OR t.wait_until <= %(now)s)
      AND (n.thread IS NULL OR NOT EXISTS (
          SELECT 1 FROM notice e WHERE e.target_id = n.target_id AND e.thread = n.thread AND e.id < n.id
              AND e.status IN ('waiting', 'sending')))
      AND (SELECT count(*) FROM notice b WHERE b.target_id = n.target_id AND b.status = 'sending') < %(at_once)s
    ORDER BY n.due_at, n.id LIMIT %(limit)s FOR UPDATE OF n SKIP LOCKED)
UPDATE notice n SET status = 'sending', claimed_at = %(now)s, tries = n.tries + 1
FROM due, target t WHERE n.id = due.id AND t.id = n.target_id
RETURNING n.id, n.business_id, n.target_id, n.key, n.kind, n.subject, n.thread, n.changed::text, n.at, n.tries, n.body,
    t.url, t.sealed, t.old_until, t.failing_since
"""

_ARRIVED = """
UPDATE notice SET status = 'sent', sent_at = %(now)s, attempts = attempts || %(attempt)s::jsonb WHERE id = %(id)s
"""

_FAILED = """
UPDATE notice SET status = %(status)s, due_at = %(due_at)s, attempts = attempts || %(attempt)s::jsonb
WHERE id = %(id)s
"""
