"""Takes from a member who leaves what they had in hand, and asks others for it. Decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries.leads import OPEN
from answerback.store.queries.rows import Cursor


@dataclass(frozen=True, slots=True)
class Left:
    """A conversation they had. `urgent` says that the customer waits for an urgent call, `over` that its lead was won,
    lost or not for us and that nobody is asked for anything. In the order of `_HELD`.
    """

    id: int
    business: int
    revision: int
    playbook: int
    line: str
    urgent: bool
    over: bool


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody had: the conversations they spoke in, those that were theirs at the desk, to-dos, open leads, the
    conversations they answered from their own phone, times held for them and until when. `asked` are the to-dos and
    `pages` the pages that their going opened.
    """

    conversations: tuple[int, ...]
    assigned: tuple[int, ...]
    todos: tuple[int, ...]
    leads: tuple[int, ...]
    relayed: tuple[int, ...] = ()
    times: tuple[tuple[int, datetime], ...] = ()
    asked: tuple[int, ...] = ()
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An appointment they had, and its conversation."""

    left: Left
    id: int
    starts_at: datetime


def held(cursor: Cursor, member: int) -> Held:
    """What this member has now."""
    cursor.execute(_ALL, {"member": member, "open": list(OPEN)})
    return Held(*(tuple(each) for each in cursor.fetchone() or ((), (), (), (), ())))


def give_back(cursor: Cursor, member: int, had: Held, now: datetime) -> None:
    """It is theirs again, unless somebody has it by now."""
    values = {"member": member, "open": list(OPEN)}
    again = (had.conversations, had.relayed, had.assigned, had.todos, had.leads)
    for statement, ids in zip(_AGAIN, again, strict=True):
        cursor.execute(statement, values | {"ids": list(ids)})
    for id, until in had.times:
        cursor.execute(_HELD_AGAIN, {"id": id, "member": member, "until": until, "now": now})


def theirs_of(cursor: Cursor, member: int, pages: Sequence[int]) -> list[int]:
    """Those of these pages whose conversation this member has."""
    cursor.execute(
        "SELECT p.id FROM page p JOIN conversation c ON c.id = p.conversation_id "
        "WHERE p.id = ANY(%s) AND c.held_by_id = %s ORDER BY p.id",
        [list(pages), member],
    )
    return [row[0] for row in cursor.fetchall()]


def dismiss(cursor: Cursor, ids: Sequence[int], member: int | None, now: datetime) -> list[tuple[int, int, str, str]]:
    """Dismiss those of these to-dos that are open, for this member; their (business, conversation, key, kind)."""
    cursor.execute(
        """
        UPDATE todo SET closed_at = %s, closed_by_id = %s, outcome = 'dismissed'
        WHERE id = ANY(%s) AND closed_at IS NULL
        RETURNING business_id, conversation_id, key, kind
        """,
        [now, member, list(ids)],
    )
    return cursor.fetchall()


def release(cursor: Cursor, member: int) -> list[Left]:
    """Nobody has their conversations, to-dos and open leads from now on; returns the conversations held, locked."""
    cursor.execute(_HELD, [member])
    held = [Left(*row) for row in cursor.fetchall()]
    ids = [each.id for each in held]
    cursor.execute("UPDATE conversation SET held_by_id = NULL, relayed = false WHERE id = ANY(%s)", [ids])
    cursor.execute("UPDATE todo SET owner_id = NULL WHERE owner_id = %s AND closed_at IS NULL", [member])
    cursor.execute("UPDATE conversation SET assigned_to_id = NULL WHERE assigned_to_id = %s", [member])
    cursor.execute("UPDATE lead SET owner_id = NULL WHERE owner_id = %s AND status = ANY(%s)", [member, list(OPEN)])
    return held


def let_times_go(cursor: Cursor, member: int, now: datetime) -> list[tuple[int, datetime]]:
    """Times held for them are nobody's; which they were, and until when."""
    cursor.execute(_LET_TIMES_GO, {"member": member, "now": now})
    return cursor.fetchall()


def visits(cursor: Cursor, member: int, now: datetime) -> list[Visit]:
    """The appointments they would still have kept, soonest first."""
    cursor.execute(_VISITS, [member, now])
    return [Visit(left=Left(*row[2:]), id=row[0], starts_at=row[1]) for row in cursor.fetchall()]


def ask(cursor: Cursor, left: Left, title: str, due_at: datetime, now: datetime, *, key: str = "left") -> int | None:
    """Open a to-do for the desk and return its id; None where one is open that says the same."""
    cursor.execute(
        """
        INSERT INTO todo
            (business_id, conversation_id, key, kind, title, urgent, due_at, opened_at, team, next_at, outcome)
        VALUES (%s, %s, %s, 'review', %s, false, %s, %s, 'desk', %s, '')
        ON CONFLICT (conversation_id, key) WHERE closed_at IS NULL DO NOTHING RETURNING id
        """,
        [left.business, left.id, key, title[:200], due_at, now, due_at],
    )
    row = cursor.fetchone()
    return row[0] if row else None


def kept(cursor: Cursor, appointment: int, now: datetime) -> None:
    """Somebody else keeps this appointment, or it was given up: nobody is asked any more who does."""
    cursor.execute(
        "UPDATE todo SET closed_at = %s, outcome = 'done' WHERE closed_at IS NULL AND key = %s AND conversation_id = "
        "(SELECT conversation_id FROM appointment WHERE id = %s)",
        [now, f"left:{appointment}", appointment],
    )


_ALL = """
SELECT ARRAY(SELECT id FROM conversation WHERE held_by_id = %(member)s AND ended_at IS NULL),
    ARRAY(SELECT id FROM conversation WHERE assigned_to_id = %(member)s),
    ARRAY(SELECT id FROM todo WHERE owner_id = %(member)s AND closed_at IS NULL),
    ARRAY(SELECT id FROM lead WHERE owner_id = %(member)s AND status = ANY(%(open)s)),
    ARRAY(SELECT id FROM conversation WHERE held_by_id = %(member)s AND ended_at IS NULL AND relayed)
"""

_AGAIN = (
    """
    UPDATE conversation SET held_by_id = %(member)s
    WHERE id = ANY(%(ids)s) AND held_by_id IS NULL AND phase = 'human' AND ended_at IS NULL
    """,
    "UPDATE conversation SET relayed = true WHERE id = ANY(%(ids)s) AND held_by_id = %(member)s",
    "UPDATE conversation SET assigned_to_id = %(member)s WHERE id = ANY(%(ids)s) AND assigned_to_id IS NULL",
    "UPDATE todo SET owner_id = %(member)s WHERE id = ANY(%(ids)s) AND owner_id IS NULL AND closed_at IS NULL",
    "UPDATE lead SET owner_id = %(member)s WHERE id = ANY(%(ids)s) AND owner_id IS NULL AND status = ANY(%(open)s)",
)

_LET_TIMES_GO = """
WITH theirs AS (
    SELECT id, hold_until FROM appointment WHERE member_id = %(member)s AND status = 'held' AND hold_until > %(now)s
    ORDER BY id FOR UPDATE)
UPDATE appointment a SET hold_until = %(now)s FROM theirs WHERE a.id = theirs.id RETURNING a.id, theirs.hold_until
"""

# What is `held` still, though over, nobody else can have taken: one time is never there twice.
_HELD_AGAIN = """
UPDATE appointment SET hold_until = %(until)s
WHERE id = %(id)s AND member_id = %(member)s AND status = 'held' AND hold_until <= %(now)s AND %(until)s > %(now)s
"""

_HELD = """
SELECT c.id, c.business_id, b.revision, c.playbook_id, l.number, EXISTS (
    SELECT 1 FROM todo t WHERE t.conversation_id = c.id AND t.urgent AND t.closed_at IS NULL),
    EXISTS (SELECT 1 FROM lead WHERE lead.conversation_id = c.id AND lead.status IN ('won', 'lost', 'not_served'))
    AND NOT EXISTS (SELECT 1 FROM todo t WHERE t.conversation_id = c.id AND t.closed_at IS NULL)
FROM conversation c JOIN business b ON b.id = c.business_id JOIN line l ON l.id = c.line_id
WHERE c.held_by_id = %s AND c.ended_at IS NULL ORDER BY c.id FOR NO KEY UPDATE OF c
"""

_VISITS = """
SELECT a.id, lower(a.during), c.id, c.business_id, b.revision, c.playbook_id, l.number, false, false
FROM appointment a JOIN conversation c ON c.id = a.conversation_id JOIN business b ON b.id = c.business_id
    JOIN line l ON l.id = c.line_id
WHERE a.member_id = %s AND a.status = 'booked' AND upper(a.during) > %s ORDER BY lower(a.during), a.id
"""
