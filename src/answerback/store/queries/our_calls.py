"""Reads and writes the calls we place ourselves. Nothing here decides what they are for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries.rows import Cursor


@dataclass(frozen=True, slots=True)
class Call:
    """One call of ours, locked. In the order of `_CALL`."""

    id: int
    key: str
    business: int
    conversation: int
    member: int
    member_name: str
    wake: int | None
    page: int | None
    connection: int
    sender: str
    stage: str
    status: str
    to: str
    customer: str
    at: datetime
    alert: int | None


def queue_for_wakes(cursor: Cursor, page: int, members: Sequence[int], turn: int, now: datetime) -> int:
    """Ring these members about this page as well, over the line its texts leave by; returns how many."""
    cursor.execute(
        """
        WITH rung AS (
            INSERT INTO wake (business_id, page_id, member_id, round, rung, by, number, state, at, detail)
            SELECT p.business_id, p.id, m.id, %(round)s, p.rung, 'call', 0, 'asked', %(now)s, ''
            FROM page p JOIN member m ON m.id = ANY(%(members)s) WHERE p.id = %(page)s
            ON CONFLICT DO NOTHING RETURNING id, member_id
        )
        INSERT INTO our_call
            (business_id, conversation_id, member_id, wake_id, line_id, key, stage, status, "to", customer, at,
             provider_call, ended, detail)
        SELECT p.business_id, p.conversation_id, r.member_id, r.id, COALESCE(p.line_id, c.line_id), 'wake-' || r.id,
               'page', 'queued', m.phone, CASE WHEN p.drill OR k.number NOT LIKE '+%%' THEN '' ELSE k.number END,
               %(now)s, '', '', ''
        FROM rung r JOIN member m ON m.id = r.member_id JOIN page p ON p.id = %(page)s
        JOIN conversation c ON c.id = p.conversation_id JOIN contact k ON k.id = c.contact_id
        """,
        {"page": page, "members": list(members), "round": turn, "now": now},
    )
    return cursor.rowcount


def ends(cursor: Cursor, conversation: int, member: int | None) -> tuple[str, str, str]:
    """The provider of the conversation's line, this member's phone, the customer's number."""
    cursor.execute(
        """
        SELECT n.provider, COALESCE(m.phone, ''), k.number FROM conversation c JOIN contact k ON k.id = c.contact_id
        JOIN line l ON l.id = c.line_id JOIN connection n ON n.id = l.connection_id
        LEFT JOIN member m ON m.id = %s AND m.business_id = c.business_id WHERE c.id = %s
        """,
        [member, conversation],
    )
    row = cursor.fetchone()
    return (row[0], row[1], row[2]) if row else ("", "", "")


def providers(cursor: Cursor, member: int | None) -> list[str]:
    """The providers of the lines of this member's business; none where the member has no phone."""
    cursor.execute(
        """
        SELECT DISTINCT n.provider FROM member m JOIN line l ON l.business_id = m.business_id
        JOIN connection n ON n.id = l.connection_id WHERE m.id = %s AND m.phone <> ''
        """,
        [member],
    )
    return [row[0] for row in cursor.fetchall()]


def queue_bridge(cursor: Cursor, conversation: int, member: int | None, now: datetime) -> str:
    """Ring this member to join them with the customer; returns the call's key."""
    key = f"bridge-{member}-{now:%Y%m%d%H%M%S}"
    cursor.execute(
        """
        INSERT INTO our_call
            (business_id, conversation_id, member_id, line_id, key, stage, status, "to", customer, at, provider_call,
             ended, detail)
        SELECT c.business_id, c.id, m.id, c.line_id, %s, 'bridge', 'queued', m.phone, k.number, %s, '', '', ''
        FROM conversation c JOIN contact k ON k.id = c.contact_id JOIN member m ON m.id = %s WHERE c.id = %s
        ON CONFLICT DO NOTHING
        """,
        [key, now, member, conversation],
    )
    return key


def queue_alert(cursor: Cursor, conversation: int, member: int, alert: int, *, key: str, now: datetime) -> None:
    """Ring this member to speak an alert (0 for a test of the way), over the line of its conversation."""
    cursor.execute(
        """
        INSERT INTO our_call
            (business_id, conversation_id, member_id, line_id, key, stage, status, "to", customer, at, provider_call,
             ended, detail, alert)
        SELECT c.business_id, c.id, m.id, c.line_id, %s, 'alert', 'queued', m.phone,
               CASE WHEN k.number LIKE '+%%' THEN k.number ELSE '' END, %s, '', '', '', %s
        FROM conversation c JOIN contact k ON k.id = c.contact_id
        JOIN member m ON m.id = %s AND m.business_id = c.business_id WHERE c.id = %s
        ON CONFLICT DO NOTHING
        """,
        [key, now, alert, member, conversation],
    )


def claim(cursor: Cursor, now: datetime, stale: datetime, limit: int) -> list[Call]:
    """Take calls to place, one a member at a time, an alert last; those that waited too long are given up.

    The status is asked for twice: whoever waited here for another worker's claim finds the call taken.
    """
    cursor.execute(
        """
        UPDATE our_call o SET status = 'over', ended = 'stale' WHERE o.status = 'queued' AND (o.at < %s OR EXISTS (
            SELECT 1 FROM wake w WHERE w.id = o.wake_id AND w.state <> 'asked'))
        """,
        [stale],
    )
    cursor.execute(
        """
        UPDATE our_call SET status = 'placing', placed_at = %s WHERE id IN (
            SELECT DISTINCT ON (q.member_id) q.id FROM our_call q
            WHERE q.status = 'queued' AND q.at <= %s AND NOT EXISTS (
                SELECT 1 FROM our_call b WHERE b.member_id = q.member_id AND b.status IN ('placing', 'ringing'))
            ORDER BY q.member_id, q.stage = 'alert', q.id LIMIT %s)
        AND status = 'queued'
        RETURNING id
        """,
        [now, now, limit],
    )
    return [call for row in cursor.fetchall() if (call := by_id(cursor, row[0])) is not None]


def by_id(cursor: Cursor, id: int) -> Call | None:
    """The call, locked."""
    cursor.execute(_CALL + " WHERE o.id = %s FOR NO KEY UPDATE OF o", [id])
    row = cursor.fetchone()
    return Call(*row) if row else None


def by_key(cursor: Cursor, connection: int, key: str) -> Call | None:
    """The call of this connection with this key, locked."""
    cursor.execute(_CALL + " WHERE o.key = %s AND l.connection_id = %s FOR NO KEY UPDATE OF o", [key, connection])
    row = cursor.fetchone()
    return Call(*row) if row else None


def went(cursor: Cursor, id: int, status: str, *, ended: str = "", provider_call: str = "", detail: str = "") -> None:
    """Where this call stands now; one that is over stays so."""
    cursor.execute(
        """
        UPDATE our_call SET status = %s, ended = COALESCE(NULLIF(%s, ''), ended),
            provider_call = COALESCE(NULLIF(%s, ''), provider_call), detail = COALESCE(NULLIF(%s, ''), detail)
        WHERE id = %s AND status <> 'over'
        """,
        [status, ended, provider_call, detail[:200], id],
    )


def asks(cursor: Cursor, id: int, stage: str, seconds: int | None = None) -> None:
    """What they are asked from now on."""
    cursor.execute(
        "UPDATE our_call SET stage = %s, seconds = COALESCE(%s, seconds) WHERE id = %s", [stage, seconds, id]
    )


def lost(cursor: Cursor, unanswered: datetime, talking: datetime) -> list[int]:
    """Calls of which nothing more was heard are over: those that only ask for a key placed before `unanswered`, others
    before `talking`. Returns their wakes' pages.
    """
    cursor.execute(
        """
        WITH gone AS (
            UPDATE our_call SET status = 'over', ended = 'lost'
            WHERE status IN ('placing', 'ringing')
              AND placed_at < CASE WHEN stage IN ('page', 'alert') THEN %s ELSE %s END
            RETURNING wake_id
        )
        UPDATE wake w SET state = 'failed', detail = 'The call was lost.' FROM gone g
        WHERE w.id = g.wake_id AND w.state = 'asked' RETURNING w.page_id
        """,
        [unanswered, talking],
    )
    return [row[0] for row in cursor.fetchall()]


def wake_failed(cursor: Cursor, wake: int, why: str, now: datetime) -> None:
    """The call did not wake them."""
    cursor.execute(
        "UPDATE wake SET state = 'failed', detail = %s, answered_at = %s WHERE id = %s AND state = 'asked'",
        [why[:200], now, wake],
    )


def next_due(cursor: Cursor) -> datetime | None:
    """When the next call is to be placed: one whose member is not on the phone with us."""
    cursor.execute(
        """
        SELECT min(q.at) FROM our_call q WHERE q.status = 'queued' AND NOT EXISTS (
            SELECT 1 FROM our_call b WHERE b.member_id = q.member_id AND b.status IN ('placing', 'ringing'))
        """
    )
    row = cursor.fetchone()
    return row[0] if row else None


_CALL = """
SELECT o.id, o.key, o.business_id, o.conversation_id, o.member_id, m.name, o.wake_id, w.page_id, l.connection_id,
       l.number, o.stage, o.status, o."to", o.customer, o.at, o.alert
FROM our_call o JOIN member m ON m.id = o.member_id JOIN line l ON l.id = o.line_id LEFT JOIN wake w ON w.id = o.wake_id
"""
