"""What copying to a CRM needs of the tables: what is due, whose turn it is, what stands where, what came of it.

Every function takes a cursor inside a transaction of `workflow`. Nothing here decides what is copied or how.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from answerback.store.queries.rows import Cursor


@dataclass(frozen=True, slots=True)
class CopyRow:
    """Something to copy. In the order of `_ROWS`. `written` is what we wrote last, by the CRM's names."""

    id: int
    kind: str
    local: int
    remote: str
    written: Mapping[str, str]
    wanted: int
    tries: int
    unsure: bool
    alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A record there and what we know of it: whose copy it is, what we wrote, what they said last."""

    id: int
    kind: str
    local: int
    contact: int
    remote: str
    written: Mapping[str, str]
    theirs: Mapping[str, str]


def due_crms(cursor: Cursor, now: datetime) -> list[int]:
    """CRMs for which there is something to do now."""
    cursor.execute(
        """
        SELECT c.id FROM outside_crm c
        WHERE NOT c.paused AND NOT c.sign_in_needed AND (c.rests_until IS NULL OR c.rests_until <= %(now)s)
          AND (c.read_due_at <= %(now)s OR EXISTS (
              SELECT 1 FROM crm_copy k WHERE k.crm_id = c.id AND k.due_at <= %(now)s AND k.choices IS NULL))
        ORDER BY c.id
        """,
        {"now": now},
    )
    return [row[0] for row in cursor.fetchall()]


def ask_for(cursor: Cursor, businesses: Sequence[int], now: datetime) -> list[int]:
    """CRMs of these businesses that have something due and no task on its way: from this commit on they have one."""
    cursor.execute(
        """
        UPDATE outside_crm c SET asked_at = %(now)s
        WHERE c.business_id = ANY(%(businesses)s) AND c.asked_at IS NULL AND NOT c.paused AND NOT c.sign_in_needed
          AND (c.rests_until IS NULL OR c.rests_until <= %(now)s)
          AND EXISTS (SELECT 1 FROM crm_copy k WHERE k.crm_id = c.id AND k.due_at <= %(now)s)
        RETURNING c.id
        """,
        {"businesses": list(businesses), "now": now},
    )
    return [row[0] for row in cursor.fetchall()]


def due_contacts(cursor: Cursor, crm: int, now: datetime, limit: int) -> list[int]:
    """Contacts of whom something is due, those of today before a back-fill; not who waits for a person's word."""
    cursor.execute(
        """
        SELECT k.contact_id FROM crm_copy k
        WHERE k.crm_id = %(crm)s AND k.due_at <= %(now)s AND NOT EXISTS (
            SELECT 1 FROM crm_copy p WHERE p.crm_id = k.crm_id AND p.contact_id = k.contact_id AND p.kind = 'contact'
              AND p.remote = '' AND (p.choices IS NOT NULL OR p.dead_at IS NOT NULL))
        GROUP BY k.contact_id ORDER BY bool_and(k.back_fill), min(k.id) LIMIT %(limit)s
        """,
        {"crm": crm, "now": now, "limit": limit},
    )
    return [row[0] for row in cursor.fetchall()]


def claim(cursor: Cursor, crm: int, contact: int, *, mark: str, now: datetime, until: datetime) -> bool:
    """Take this contact's turn, or go on with it; False where somebody else has it.

    One at a time for each contact, and so for each number of a business: two who search at once both find nobody.
    """
    cursor.execute(
        """
        UPDATE crm_copy SET claim = %(mark)s, claimed_until = %(until)s
        WHERE crm_id = %(crm)s AND contact_id = %(contact)s AND kind = 'contact'
          AND (claim = %(mark)s OR claimed_until IS NULL OR claimed_until <= %(now)s)
        """,
        {"crm": crm, "contact": contact, "mark": mark, "now": now, "until": until},
    )
    return cursor.rowcount == 1


def release(cursor: Cursor, crm: int, contact: int, mark: str) -> None:
    """Somebody else may have this contact's turn."""
    cursor.execute(
        """
        UPDATE crm_copy SET claim = '', claimed_until = NULL
        WHERE crm_id = %s AND contact_id = %s AND kind = 'contact' AND claim = %s
        """,
        [crm, contact, mark],
    )


def due_rows(cursor: Cursor, crm: int, contact: int, now: datetime) -> list[CopyRow]:
    """What is due of this contact, in order: who they are, their leads, then what happened as it happened."""
    cursor.execute(_ROWS, {"crm": crm, "contact": contact, "now": now})
    return [_copy(row) for row in cursor.fetchall()]


def stands(cursor: Cursor, crm: int, kind: str, local: int) -> CopyRow | None:
    """The copy of this thing, due or not."""
    cursor.execute(_ROW, {"crm": crm, "kind": kind, "local": local})
    row = cursor.fetchone()
    return _copy(row) if row else None


def remember(cursor: Cursor, row: int, remote: str, url: str = "") -> None:
    """It stands there under this id: written before anything else is asked of the CRM."""
    cursor.execute(
        "UPDATE crm_copy SET remote = %s, url = %s, unsure = false, choices = NULL WHERE id = %s",
        [remote[:120], url[:300], row],
    )


def forget(cursor: Cursor, row: int) -> None:
    """What it stood as is gone; nothing of what was written stands any more."""
    cursor.execute("UPDATE crm_copy SET remote = '', url = '', written = '{}' WHERE id = %s", [row])


def is_copied(cursor: Cursor, row: CopyRow, written: Mapping[str, str], now: datetime) -> None:
    """It stands there as it was wanted; a change asked for since stays due."""
    cursor.execute(
        """
        UPDATE crm_copy SET written = %s, copied_at = %s, problem = '', tries = 0, unsure = false, dead_at = NULL,
               due_at = CASE WHEN wanted = %s THEN NULL ELSE due_at END
        WHERE id = %s
        """,
        [json.dumps(dict(written)), now, row.wanted, row.id],
    )


def wait(cursor: Cursor, row: int, problem: str, again_at: datetime, *, unsure: bool = False) -> None:
    """It could not be copied; it is tried again then. `unsure`: it may have been."""
    cursor.execute(
        """
        UPDATE crm_copy SET problem = %s, due_at = %s, tries = LEAST(tries + 1, 1000), unsure = unsure OR %s
        WHERE id = %s
        """,
        [problem[:300], again_at, unsure, row],
    )


def give_up(cursor: Cursor, row: int, problem: str, now: datetime) -> None:
    """The CRM will not have it: it waits for a person to look and try again."""
    cursor.execute(
        "UPDATE crm_copy SET problem = %s, dead_at = %s, due_at = NULL WHERE id = %s", [problem[:300], now, row]
    )


def ask_a_person(cursor: Cursor, row: int, choices: Sequence[Mapping[str, str]], problem: str) -> None:
    """Several records could be this contact: a person has to say which."""
    cursor.execute(
        "UPDATE crm_copy SET choices = %s, problem = %s WHERE id = %s",
        [json.dumps([dict(each) for each in choices]), problem[:300], row],
    )


def chosen(cursor: Cursor, row: int, remote: str, now: datetime) -> bool:
    """A person said which record it is, or with an empty one that it is none of them; False where nobody was asked."""
    cursor.execute(
        """
        UPDATE crm_copy
        SET remote = %s, alone = %s, choices = NULL, problem = '', due_at = %s, dead_at = NULL, tries = 0
        WHERE id = %s AND choices IS NOT NULL
        """,
        [remote[:120], remote == "", now, row],
    )
    return cursor.rowcount == 1


def try_again(cursor: Cursor, crm: int, now: datetime, row: int | None = None) -> int:
    """What was given up, or this one of it, is tried again now; returns how many."""
    cursor.execute(
        """
        UPDATE crm_copy SET dead_at = NULL, due_at = %s, tries = 0
        WHERE crm_id = %s AND dead_at IS NOT NULL AND id = COALESCE(%s::bigint, id)
        """,
        [now, crm, row],
    )
    return cursor.rowcount


def wake(cursor: Cursor, crm: int, now: datetime) -> int:
    """What waits is tried now; returns how much that is."""
    cursor.execute("UPDATE crm_copy SET due_at = %s WHERE crm_id = %s AND due_at IS NOT NULL", [now, crm])
    waiting = cursor.rowcount
    cursor.execute("UPDATE outside_crm SET rests_until = NULL, tries = 0, read_due_at = %s WHERE id = %s", [now, crm])
    return waiting


def fill_back(cursor: Cursor, crm: int, since: datetime, now: datetime) -> int:
    """Let every lead opened since then, and what happened with it, be copied; returns how many leads."""
    cursor.execute(_FILL, {"crm": crm, "since": since, "now": now})
    return int((cursor.fetchone() or (0,))[0])


def linked(cursor: Cursor, crm: int, kind: str, remotes: Sequence[str]) -> list[Linked]:
    """Copies that stand under these ids there."""
    cursor.execute(_LINKED + " AND kind = %s AND remote = ANY(%s)", [crm, kind, list(remotes)])
    return [_linked(row) for row in cursor.fetchall()]


def every_linked(cursor: Cursor, crm: int, kind: str, after: int, limit: int) -> list[Linked]:
    """Copies of a kind that stand there, by our row's id, from `after` on."""
    cursor.execute(
        _LINKED + " AND kind = %s AND remote <> '' AND id > %s ORDER BY id LIMIT %s", [crm, kind, after, limit]
    )
    return [_linked(row) for row in cursor.fetchall()]


def they_say(cursor: Cursor, row: int, theirs: Mapping[str, str]) -> None:
    """Remember what stands there."""
    cursor.execute("UPDATE crm_copy SET theirs = theirs || %s::jsonb WHERE id = %s", [json.dumps(dict(theirs)), row])


def move(cursor: Cursor, row: int, remote: str) -> None:
    """The record goes by another id now: it was merged there."""
    cursor.execute("UPDATE crm_copy SET remote = %s WHERE id = %s", [remote[:120], row])


def _copy(row: Sequence[Any]) -> CopyRow:
    id, kind, local, remote, written, *more = row
    return CopyRow(id, kind, local, remote, json.loads(written), *more)


def _linked(row: Sequence[Any]) -> Linked:
    id, kind, local, contact, remote, written, theirs = row
    return Linked(
        id=id,
        kind=kind,
        local=local,
        contact=contact,
        remote=remote,
        written=json.loads(written),
        theirs=json.loads(theirs),
    )


_COLUMNS = "id, kind, local, remote, written::text, wanted, tries, unsure, alone"

_ROWS = f"""
SELECT {_COLUMNS} FROM crm_copy
WHERE crm_id = %(crm)s AND contact_id = %(contact)s AND due_at <= %(now)s
ORDER BY CASE kind WHEN 'contact' THEN 1 WHEN 'lead' THEN 2 ELSE 3 END, id
"""

_ROW = f"SELECT {_COLUMNS} FROM crm_copy WHERE crm_id = %(crm)s AND kind = %(kind)s AND local = %(local)s"

_LINKED = "SELECT id, kind, local, contact_id, remote, written::text, theirs::text FROM crm_copy WHERE crm_id = %s"

_FILL = """
WITH old AS (
    SELECT l.id, l.business_id, l.contact_id, l.conversation_id, l.created_at
    FROM lead l JOIN outside_crm c ON c.business_id = l.business_id AND c.id = %(crm)s
    JOIN contact p ON p.id = l.contact_id AND p.number LIKE '+%%' WHERE l.created_at >= %(since)s
), things AS (
    SELECT business_id, contact_id, 'contact' AS kind, contact_id AS local, 1 AS rank, min(created_at) AS at
    FROM old GROUP BY business_id, contact_id
    UNION ALL SELECT business_id, contact_id, 'lead', id, 2, created_at FROM old
    UNION ALL SELECT o.business_id, o.contact_id, t.kind, t.local, 3, t.at
    FROM old o CROSS JOIN LATERAL what_happened_with(o.conversation_id) t
), written AS (
    INSERT INTO crm_copy (crm_id, business_id, contact_id, kind, local, due_at, back_fill)
    SELECT %(crm)s, business_id, contact_id, kind, local, %(now)s, true FROM things ORDER BY contact_id, rank, at, local
    ON CONFLICT (crm_id, kind, local) DO NOTHING RETURNING 1
)
SELECT count(*) FROM old
"""
