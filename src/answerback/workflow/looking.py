"""Who has a conversation open just now, and what they typed there and have not sent. It never speaks to a customer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, transaction

SEEN_WITHIN = timedelta(seconds=20)
TYPING_WITHIN = timedelta(seconds=8)
LONGEST_DRAFT = 1600


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Somebody else who has the conversation open."""

    name: str
    types: bool


def look(conversation: int, member: int, draft: str | None = None, before: str | None = None) -> tuple[Other, ...]:
    """This member has the conversation open, with this in the box (None: not said); who else has.

    `before` is what the box held when it was last told of (None: not said): another tab of theirs may have told since.
    """
    return transaction.run(lambda cursor: _look(cursor, conversation, member, draft, before))


def keep_draft(  # noqa: PLR0917  where, who, what
    cursor: Cursor, conversation: int, member: int, draft: str, now: datetime, before: str | None = None
) -> None:
    """Keep what this member typed; of words that another tab of theirs typed `before` knows nothing of, the longer."""
    values = {"conversation": conversation, "member": member, "now": now}
    known = None if before is None else before[:LONGEST_DRAFT]
    cursor.execute(_KEEP, values | {"draft": draft[:LONGEST_DRAFT], "before": known})


def forget_draft(cursor: Cursor, conversation: int, member: int | None) -> None:
    """What this member typed was sent; a program types nothing."""
    cursor.execute(
        "UPDATE looking SET draft = '', typed_at = NULL WHERE conversation_id = %s AND member_id = %s AND draft <> ''",
        [conversation, member],
    )


def _look(cursor: Cursor, conversation: int, member: int, draft: str | None, before: str | None) -> tuple[Other, ...]:
    now = clock.now()
    if draft is not None:
        keep_draft(cursor, conversation, member, draft, now, before)
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

_KEEP = """
INSERT INTO looking AS l (conversation_id, member_id, seen_at, typed_at, draft)
VALUES (%(conversation)s, %(member)s, %(now)s, CASE WHEN %(draft)s <> '' THEN %(now)s::timestamptz END, %(draft)s)
ON CONFLICT (conversation_id, member_id) DO UPDATE
SET seen_at = excluded.seen_at,
    draft = CASE WHEN %(before)s::text IS NULL OR %(before)s = l.draft OR length(excluded.draft) >= length(l.draft)
                 THEN excluded.draft ELSE l.draft END,
    typed_at = CASE WHEN excluded.draft = '' THEN NULL
                    WHEN excluded.draft <> l.draft THEN excluded.typed_at ELSE l.typed_at END
"""
