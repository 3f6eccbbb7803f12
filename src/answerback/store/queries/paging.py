"""Reads open pages and whom they have woken, and writes what becomes of both.

Every function takes a cursor inside a transaction that `workflow` opened; pages are locked in the order of ids. Nothing
here decides who is woken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerback.store.queries.rows import Cursor, as_json

NUMBERS_REST = timedelta(minutes=10)
"""A number is not given to another page before: somebody may be typing it still."""

LATE_ANSWERS_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Page:
    """An open page, locked, with what a text about it says (`answers` as JSON). In the order of `_OPEN`."""

    id: int
    business: int
    conversation: int
    contact: int
    line: int
    location: int | None
    key: str
    reason: str
    summary: str
    service: str
    drill: bool
    opened_at: datetime
    round: int
    round_at: datetime | None
    rung: int
    rung_at: datetime | None
    is_last: bool
    epoch: int
    held_by: int | None
    name: str
    number: str
    answers: str
    said: str
    place: str
    revision: int
    playbook: int
    relayed: bool


@dataclass(frozen=True, slots=True)
class Woken:
    """One wake of the round that runs. In the order of `_WOKEN`."""

    page: int
    member: int
    rung: int
    by: str
    state: str


@dataclass(frozen=True, slots=True)
class WakeRow:
    """One wake to write down. In the order of `_WAKES`."""

    business: int
    page: int
    member: int
    round: int
    rung: int
    by: str
    number: int
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answerable:
    """A wake somebody answers. `taken_by` is the name of who has the case, empty while it waits."""

    id: int
    page: int
    conversation: int
    state: str
    taken: bool
    taken_by: str
    ended: str
    drill: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A wake that waits for the next list to its member. In the order of `_LISTED`."""

    id: int
    page: int
    member: int
    phone: str
    number: int


def open_one(
    cursor: Cursor,
    *,
    business: int,
    conversation: int,
    key: str,
    reason: str,
    summary: str,
    service: str,
    now: datetime,
    line: int | None = None,
    drill: bool = False,
) -> int | None:
    """Open this page unless one of the conversation is open; its id, None when one is."""
    cursor.execute(
        """
        INSERT INTO page
            (business_id, conversation_id, key, reason, summary, service, opened_at, next_at, line_id, drill)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id
        """,
        [business, conversation, key, reason[:60], summary[:300], service[:60], now, now, line, drill],
    )
    row = cursor.fetchone()
    return row[0] if row else None


def raise_open(cursor: Cursor, conversation: int, reason: str, summary: str, now: datetime) -> int | None:
    """The conversation's open page says this from now on and begins anew; its id, None where none is open."""
    cursor.execute(
        """
        UPDATE page SET reason = %s, summary = %s, next_at = %s, is_last = true, rung_at = opened_at - interval '1 day'
        WHERE conversation_id = %s AND taken_at IS NULL RETURNING id
        """,
        [reason[:60], summary[:300], now, conversation],
    )
    row = cursor.fetchone()
    return row[0] if row else None


def open_page_of(cursor: Cursor, conversation: int) -> tuple[int, str] | None:
    """(page, reason) of the conversation's open page."""
    cursor.execute("SELECT id, reason FROM page WHERE conversation_id = %s AND taken_at IS NULL", [conversation])
    row = cursor.fetchone()
    return (row[0], row[1]) if row else None


def due(cursor: Cursor, now: datetime, limit: int) -> list[Page]:
    """Lock pages whose time has come and nobody else is at work on."""
    cursor.execute(_OPEN.format(which="p.next_at <= %(now)s"), {"now": now, "limit": limit, "ids": []})
    return [Page(*row) for row in cursor.fetchall()]


def locked(cursor: Cursor, ids: Sequence[int]) -> list[Page]:
    """Lock these pages, those that are open still."""
    cursor.execute(
        _OPEN.replace("SKIP LOCKED", "").format(which="p.id = ANY(%(ids)s)"),
        {"ids": list(ids), "limit": len(ids), "now": None},
    )
    return [Page(*row) for row in cursor.fetchall()]


def next_due(cursor: Cursor) -> datetime | None:
    """When the next page goes on, or the next list leaves."""
    cursor.execute(
        """
        SELECT LEAST((SELECT min(next_at) FROM page WHERE taken_at IS NULL),
                     (SELECT min(at) FROM wake WHERE state = 'queued' AND by = 'list'))
        """
    )
    row = cursor.fetchone()
    return row[0] if row else None


def woken(cursor: Cursor, pages: Sequence[Page]) -> dict[int, list[Woken]]:
    """Whom these pages have woken in the round that runs, by page."""
    cursor.execute(_WOKEN, [as_json([{"page": page.id, "round": page.round} for page in pages])])
    found: dict[int, list[Woken]] = {}
    for row in cursor.fetchall():
        found.setdefault(row[0], []).append(Woken(*row))
    return found


def write_progress(cursor: Cursor, page: int, values: Sequence[object]) -> None:
    """How far a page has come: (round, round_at, rung, rung_at, is_last, next_at)."""
    cursor.execute(
        """
        UPDATE page SET round = %s, round_at = %s, rung = %s, rung_at = %s, is_last = %s, next_at = %s WHERE id = %s
        """,
        [*values, page],
    )


def rest(cursor: Cursor, page: int, members: Sequence[int]) -> None:
    """What was asked of these people about this page before counts no more: they are asked anew."""
    cursor.execute(
        "UPDATE wake SET state = 'over' WHERE page_id = %s AND member_id = ANY(%s) AND state IN ('queued', 'asked')",
        [page, list(members)],
    )


def numbers(cursor: Cursor, members: Sequence[int], page: int, now: datetime) -> dict[int, frozenset[int]]:
    """Numbers these people cannot be given for this page: in use, or used a moment ago for another. Locks the members,
    so that no two pages are given the same.
    """
    cursor.execute("SELECT id FROM member WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [list(members)])
    cursor.execute(
        """
        SELECT member_id, number FROM wake
        WHERE member_id = ANY(%s) AND number > 0 AND page_id <> %s
          AND (state IN ('queued', 'asked') OR COALESCE(answered_at, at) > %s)
        """,
        [list(members), page, now - NUMBERS_REST],
    )
    found: dict[int, set[int]] = {member: set() for member in members}
    for member, number in cursor.fetchall():
        found[member].add(number)
    return {member: frozenset(taken) for member, taken in found.items()}


def last_list(cursor: Cursor, member: int, since: datetime) -> datetime | None:
    """When the last list left for this member."""
    cursor.execute(
        "SELECT max(at) FROM wake WHERE member_id = %s AND by = 'list' AND state <> 'queued' AND at > %s",
        [member, since],
    )
    row = cursor.fetchone()
    return row[0] if row else None


def write_wakes(cursor: Cursor, rows: Sequence[WakeRow]) -> None:
    """Write these wakes down."""
    if rows:
        cursor.execute(_WAKES, [as_json(rows)])


def link(cursor: Cursor, page: int, keys: Sequence[tuple[int, int, str]]) -> None:
    """Tie the wakes by text of a page to their messages: (member, round, key of the message)."""
    for member, turn, key in keys:
        cursor.execute(
            """
            UPDATE wake w SET message_id = m.id FROM page p, message m
            WHERE w.page_id = %s AND p.id = w.page_id AND w.member_id = %s AND w.round = %s AND w.by = 'text'
              AND m.conversation_id = p.conversation_id AND m.key = %s
            """,
            [page, member, turn, key],
        )


def lists_due(cursor: Cursor, now: datetime) -> dict[int, list[Listed]]:
    """Wakes whose list may leave now, by member, locked."""
    cursor.execute(_LISTED, [now])
    found: dict[int, list[Listed]] = {}
    for row in cursor.fetchall():
        found.setdefault(row[2], []).append(Listed(*row))
    return found


def list_left(cursor: Cursor, ids: Sequence[int], conversation: int, key: str, now: datetime) -> None:
    """These wakes were told in one list, the message with this key."""
    cursor.execute(
        """
        UPDATE wake SET state = 'asked', at = %s,
            message_id = (SELECT id FROM message WHERE conversation_id = %s AND key = %s)
        WHERE id = ANY(%s)
        """,
        [now, conversation, key, list(ids)],
    )


def fail(cursor: Cursor, messages: Sequence[int], why: str, now: datetime) -> list[int]:
    """The texts of these wakes did not arrive; returns the pages they were about."""
    cursor.execute(
        """
        UPDATE wake SET state = 'failed', detail = %s, answered_at = %s
        WHERE message_id = ANY(%s) AND state IN ('queued', 'asked') RETURNING page_id
        """,
        [why[:200], now, list(messages)],
    )
    return sorted({row[0] for row in cursor.fetchall()})


def answerable(cursor: Cursor, member: int | None, number: int, now: datetime) -> Answerable | None:
    """The wake this number means to this member: one that is open, else the last one it meant within a day."""
    cursor.execute(_ANSWERABLE, {"member": member, "number": number, "since": now - LATE_ANSWERS_FOR})
    row = cursor.fetchone()
    return Answerable(*row) if row else None


def waiting(cursor: Cursor, member: int | None) -> list[int]:
    """The numbers of the cases that wait for an answer of this member."""
    cursor.execute(
        """
        SELECT DISTINCT w.number FROM wake w JOIN page p ON p.id = w.page_id
        WHERE w.member_id = %s AND w.number > 0 AND w.state = 'asked' AND p.taken_at IS NULL ORDER BY w.number
        """,
        [member],
    )
    return [row[0] for row in cursor.fetchall()]


def passed(cursor: Cursor, page: int, member: int | None, now: datetime) -> None:
    """This member cannot; whatever they were asked about this page is answered."""
    cursor.execute(
        """
        UPDATE wake SET state = 'passed', answered_at = %s
        WHERE page_id = %s AND member_id = %s AND state IN ('queued', 'asked')
        """,
        [now, page, member],
    )


def pass_all(cursor: Cursor, member: int, now: datetime) -> list[int]:
    """This member is woken no more about anything; returns the pages they were asked about."""
    cursor.execute(
        """
        UPDATE wake SET state = 'passed', answered_at = %s WHERE member_id = %s AND state IN ('queued', 'asked')
        RETURNING page_id
        """,
        [now, member],
    )
    return sorted({row[0] for row in cursor.fetchall()})


def end(cursor: Cursor, page: int, member: int | None, how: str, now: datetime) -> bool:
    """Somebody has the case, or it is closed; False when it was before. Nobody else is woken any more."""
    cursor.execute(
        "UPDATE page SET taken_at = %s, taken_by_id = %s, ended = %s WHERE id = %s AND taken_at IS NULL RETURNING id",
        [now, member, how, page],
    )
    if cursor.fetchone() is None:
        return False
    cursor.execute(
        """
        UPDATE wake SET state = CASE WHEN member_id = %s THEN 'took' ELSE 'over' END, answered_at = %s
        WHERE page_id = %s AND state IN ('queued', 'asked')
        """,
        [member, now, page],
    )
    cursor.execute(
        """
        UPDATE message m SET status = 'withdrawn', detail = 'Somebody has it.'
        FROM page p WHERE p.id = %s AND m.conversation_id = p.conversation_id AND m.author = 'page'
          AND m.status = 'queued' AND m.key LIKE p.key || ':to:%%'
        """,
        [page],
    )
    return True


_OPEN = """
SELECT p.id, p.business_id, p.conversation_id, c.contact_id, COALESCE(p.line_id, c.line_id), l.location_id, p.key,
       p.reason, p.summary, p.service, p.drill, p.opened_at, p.round, p.round_at, p.rung, p.rung_at, p.is_last,
       c.epoch, c.held_by_id, k.name, k.number, COALESCE(d.answers::text, '{{}}'),
       COALESCE((SELECT m.body FROM message m WHERE m.conversation_id = c.id AND m.author = 'customer'
                 ORDER BY m.id DESC LIMIT 1), ''),
       COALESCE(o.name, ''), b.revision, c.playbook_id, c.relayed
FROM page p
JOIN conversation c ON c.id = p.conversation_id
JOIN contact k ON k.id = c.contact_id
JOIN business b ON b.id = p.business_id
JOIN line l ON l.id = COALESCE(p.line_id, c.line_id)
LEFT JOIN location o ON o.id = l.location_id
LEFT JOIN lead d ON d.conversation_id = c.id
WHERE p.taken_at IS NULL AND {which}
ORDER BY p.id LIMIT %(limit)s FOR NO KEY UPDATE OF p SKIP LOCKED
"""

_WOKEN = """
SELECT w.page_id, w.member_id, w.rung, w.by, w.state
FROM json_to_recordset(%s::json) AS v (page bigint, round int)
JOIN wake w ON w.page_id = v.page AND w.round = v.round ORDER BY w.id
"""

_WAKES = """
INSERT INTO wake (business_id, page_id, member_id, round, rung, by, number, state, at, detail)
SELECT v.*, '' FROM json_to_recordset(%s::json)
    AS v (business bigint, page bigint, member bigint, round int, rung int, by text, number int, state text,
          at timestamptz)
"""

_LISTED = """
SELECT w.id, w.page_id, w.member_id, m.phone, w.number FROM wake w JOIN member m ON m.id = w.member_id
JOIN page p ON p.id = w.page_id
WHERE w.state = 'queued' AND w.by = 'list' AND p.taken_at IS NULL AND w.member_id IN (
    SELECT member_id FROM wake WHERE state = 'queued' AND by = 'list' AND at <= %s)
ORDER BY w.id FOR UPDATE OF w SKIP LOCKED
"""

_ANSWERABLE = """
SELECT w.id, w.page_id, p.conversation_id, w.state, p.taken_at IS NOT NULL, COALESCE(m.name, ''), p.ended, p.drill
FROM wake w JOIN page p ON p.id = w.page_id LEFT JOIN member m ON m.id = p.taken_by_id
WHERE w.member_id = %(member)s AND w.number = %(number)s
  AND (w.state IN ('queued', 'asked') OR w.at > %(since)s)
ORDER BY w.state IN ('queued', 'asked') DESC, w.at DESC, w.id DESC LIMIT 1
"""
