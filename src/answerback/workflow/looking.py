"""Who has a conversation open just now, and what they typed there and have not sent. It never speaks to a customer."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, transaction

SEEN_WITHIN = timedelta(seconds=20)
TYPING_WITHIN = timedelta(seconds=8)
LONGEST_DRAFT = 1600
MOST_OVER = 2000
"""Characters: the tabs that sent something in a conversation are remembered, some forty of a member's."""

WRITING = re.compile(r"([0-9a-f]{32})\.([0-9]{1,6})", re.ASCII)
"""The tab in which it is written, and how many texts that one has sent before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Somebody else who has the conversation open."""

    name: str
    types: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in a box and is not sent.

    `before` is what the box held when it was last told of (None: not said): another tab may have told since. `writing`
    names the text it is going to be (`WRITING`; else: not said), from its first letter until it is sent.
    """

    draft: str
    before: str | None = None
    writing: str = ""


def look(conversation: int, member: int, typed: Typed | None = None) -> tuple[Other, ...]:
    """This member has the conversation open, with this in the box (None: not said); who else has."""
    return transaction.run(lambda cursor: _look(cursor, conversation, member, typed))


def keep_draft(cursor: Cursor, conversation: int, member: int, typed: Typed, now: datetime) -> None:
    """Keep what this member typed, unless it was sent meanwhile; of words that another tab of theirs typed and `before`
    knows nothing of, the longer.
    """
    values = {
        "conversation": conversation,
        "member": member,
        "now": now,
        "draft": typed.draft[:LONGEST_DRAFT],
        "before": None if typed.before is None else typed.before[:LONGEST_DRAFT],
    }
    cursor.execute(_KEEP, values | _named(typed.writing))


def forget_draft(cursor: Cursor, conversation: int, member: int | None, writing: str, now: datetime) -> None:
    """What this member typed was sent, and this `writing` is over, with those of its tab before; a program types
    nothing.
    """
    if member is not None:
        values = {"conversation": conversation, "member": member, "now": now, "most": MOST_OVER} | _named(writing)
        cursor.execute(_OVER if values["tab"] else _FORGET, values)


def _named(writing: str) -> dict[str, str | int]:
    found = WRITING.fullmatch(writing)
    return {"tab": found[1], "sent": int(found[2])} if found else {"tab": "", "sent": 0}


def _look(cursor: Cursor, conversation: int, member: int, typed: Typed | None) -> tuple[Other, ...]:
    now = clock.now()
    if typed is not None:
        keep_draft(cursor, conversation, member, typed, now)
    else:
        cursor.execute(_SEEN, {"conversation": conversation, "member": member, "now": now})
    cursor.execute(
        """
        SELECT m.name, COALESCE(l.typed_at > %(types)s, false) FROM looking l JOIN member m ON m.id = l.member_id
        WHERE l.conversation_id = %(conversation)s AND l.member_id <> %(member)s AND l.seen_at > %(seen)s
        ORDER BY m.name, m.id
        """,
        {
            "conversation": conversation,
            "member": member,
            "seen": now - SEEN_WITHIN,
            "types": now - TYPING_WITHIN,
        },
    )
    return tuple(Other(name=name, types=types) for name, types in cursor.fetchall())


_SEEN = """
INSERT INTO looking (conversation_id, member_id, seen_at, draft) VALUES (%(conversation)s, %(member)s, %(now)s, '')
ON CONFLICT (conversation_id, member_id) DO UPDATE SET seen_at = excluded.seen_at
"""

_FORGET = """
UPDATE looking SET draft = '', typed_at = NULL
WHERE conversation_id = %(conversation)s AND member_id = %(member)s AND draft <> ''
"""

# What is told of it may be on its way and be here before anything else of theirs is, so the row is made if need be.
_OVER = """
INSERT INTO looking AS l (conversation_id, member_id, seen_at, draft, over)
VALUES (%(conversation)s, %(member)s, %(now)s, '', jsonb_build_object(%(tab)s::text, %(sent)s::int))
ON CONFLICT (conversation_id, member_id) DO UPDATE
SET seen_at = excluded.seen_at, draft = '', typed_at = NULL,
    over = CASE WHEN length(l.over::text) > %(most)s THEN '{}' ELSE l.over END
        || jsonb_build_object(%(tab)s::text, GREATEST((l.over ->> %(tab)s::text)::int, %(sent)s::int))
"""

_KEEP = """
INSERT INTO looking AS l (conversation_id, member_id, seen_at, typed_at, draft)
VALUES (%(conversation)s, %(member)s, %(now)s, CASE WHEN %(draft)s <> '' THEN %(now)s::timestamptz END, %(draft)s)
ON CONFLICT (conversation_id, member_id) DO UPDATE
SET seen_at = excluded.seen_at,
    draft = CASE WHEN (l.over ->> %(tab)s::text)::int >= %(sent)s THEN l.draft
                 WHEN %(before)s::text IS NULL OR %(before)s = l.draft OR length(excluded.draft) >= length(l.draft)
                 THEN excluded.draft ELSE l.draft END,
    typed_at = CASE WHEN (l.over ->> %(tab)s::text)::int >= %(sent)s THEN l.typed_at
                    WHEN excluded.draft = '' THEN NULL
                    WHEN excluded.draft <> l.draft THEN excluded.typed_at ELSE l.typed_at END
"""
