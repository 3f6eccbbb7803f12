"""Who was sent which video, and what they did with it: written by turns and by the watch page, read by reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries.rows import Cursor, as_json

MARKS = ("opened", "played", "quarter", "half", "most", "finished")
"""What a person did with a video, in the order it happens. A later one says that those before happened too."""


@dataclass(frozen=True, slots=True)
class ShowingRow:
    """One video on its way to one person. In the order of `_WRITE`."""

    business: int
    contact: int
    conversation: int
    video: int
    text: str
    at: datetime


def of_contacts(cursor: Cursor, contacts: Sequence[int]) -> dict[int, frozenset[int]]:
    """The videos each of these contacts was sent; one whose text never left counts as never sent."""
    cursor.execute(_SHOWN, [list(contacts)])
    found: dict[int, set[int]] = {}
    for contact, video in cursor.fetchall():
        found.setdefault(contact, set()).add(video)
    return {contact: frozenset(videos) for contact, videos in found.items()}


def write(cursor: Cursor, rows: Sequence[ShowingRow]) -> None:
    """Write these down with the texts that lead to them; one whose earlier text never left is sent anew."""
    if rows:
        cursor.execute(_WRITE, [as_json(rows)])


def mark(cursor: Cursor, conversation: int, video: int, what: str, now: datetime) -> bool:
    """They did this, and so all that comes before it; False where this video was never sent there."""
    done = list(MARKS[: MARKS.index(what) + 1])
    cursor.execute("SELECT id FROM showing WHERE conversation_id = %s AND video_id = %s", [conversation, video])
    found = cursor.fetchone()
    if found is None:
        return False
    cursor.execute(
        """
        INSERT INTO watched (showing_id, what, at) SELECT %s, mark, %s FROM unnest(%s::text[]) AS mark
        ON CONFLICT ON CONSTRAINT a_mark_is_counted_once_a_showing DO NOTHING
        """,
        [found[0], now, done],
    )
    return True


_SHOWN = """
SELECT s.contact_id, s.video_id FROM showing s
JOIN message m ON m.conversation_id = s.conversation_id AND m.key = s.text
WHERE s.contact_id = ANY(%s) AND m.status NOT IN ('withdrawn', 'refused')
"""

_WRITE = """
INSERT INTO showing (business_id, contact_id, conversation_id, video_id, text, at)
SELECT business, contact, conversation, video, text, at
FROM json_to_recordset(%s::json)
     AS row(business bigint, contact bigint, conversation bigint, video bigint, text text, at timestamptz)
ON CONFLICT ON CONSTRAINT a_person_gets_a_video_once
DO UPDATE SET conversation_id = EXCLUDED.conversation_id, text = EXCLUDED.text, at = EXCLUDED.at
"""
