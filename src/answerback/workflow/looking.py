"""Who has a conversation open just now, and what they typed there and have not sent. It never speaks to a customer."""

import json
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

MOST_TABS = 8
"""So many tabs of a member hold words in one conversation; a ninth drops the oldest."""

NEVER = -1
"""So many texts has a tab sent that has sent none, counted as the name of its first text counts them."""

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
    """Keep what this member typed in this tab, unless it was sent meanwhile; what other tabs of theirs hold stays, but
    for the words that this one was shown and went on from.
    """
    row = _hold(cursor, conversation, member, now)
    tab, sent = _named(typed.writing)
    if row.over.get(tab, NEVER) >= sent:
        return
    words = typed.draft[:LONGEST_DRAFT]
    before = None if typed.before is None else typed.before[:LONGEST_DRAFT]
    held = dict(row.drafts).get(tab, "")
    if not tab and before not in {None, held} and len(words) < len(held):
        return  # of tabs that are not told apart, this one never showed what is there: the longer stays
    if words != held:
        row.typed_at = now if words else None
    row.drafts = _kept(row.drafts, tab, words, before)
    _write(cursor, row)


def forget_draft(cursor: Cursor, conversation: int, member: int | None, writing: str, now: datetime) -> None:
    """What this member typed in this tab was sent, and this `writing` is over, with those of its tab before; a program
    types nothing. Where no tab is named (a page without scripts), it is what they typed last.
    """
    if member is None:
        return
    row = _hold(cursor, conversation, member, now)  # made, if what is told of it is on its way and will be here later
    tab, sent = _named(writing)
    sender = tab or (row.drafts[-1][0] if row.drafts else "")
    row.drafts = [each for each in row.drafts if each[0] != sender]
    row.typed_at = None
    if tab:
        known = {} if len(json.dumps(row.over)) > MOST_OVER else row.over
        row.over = known | {tab: max(sent, row.over.get(tab, NEVER))}
    _write(cursor, row)


@dataclass(slots=True)
class _Row:
    """What is known of a member in a conversation; `drafts` are what each tab holds, the newest last."""

    id: int
    typed_at: datetime | None
    drafts: list[tuple[str, str]]
    over: dict[str, int]


def _hold(cursor: Cursor, conversation: int, member: int, now: datetime) -> _Row:
    there = {"conversation": conversation, "member": member, "now": now}
    cursor.execute(_SEEN, there)
    cursor.execute(_HOLD, there)
    row = cursor.fetchone()
    if row is None:
        raise AssertionError("a row that was just made is not there")
    id, typed_at, drafts, over = row
    return _Row(id, typed_at, [(tab, words) for tab, words in json.loads(drafts)], json.loads(over))


def _write(cursor: Cursor, row: _Row) -> None:
    draft = row.drafts[-1][1] if row.drafts else ""
    values = [draft, row.typed_at, json.dumps(row.drafts), json.dumps(row.over), row.id]
    cursor.execute(_WRITE, values)


def _kept(drafts: list[tuple[str, str]], tab: str, words: str, before: str | None) -> list[tuple[str, str]]:
    """The drafts of each tab with this one. A tab that had none went on from the words it was shown (`before`), which
    are its own from then on.
    """
    held = dict(drafts)
    shown = next((other for other, theirs in reversed(drafts) if theirs == before), tab)
    gone = {tab} if tab in held else {tab, shown}
    kept = [each for each in drafts if each[0] not in gone]
    return [*kept, *([(tab, words)] if words else [])][-MOST_TABS:]


def _named(writing: str) -> tuple[str, int]:
    found = WRITING.fullmatch(writing)
    return (found[1], int(found[2])) if found else ("", 0)


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

_HOLD = """
SELECT id, typed_at, drafts::text, over::text FROM looking
WHERE conversation_id = %(conversation)s AND member_id = %(member)s FOR NO KEY UPDATE
"""

_WRITE = "UPDATE looking SET draft = %s, typed_at = %s, drafts = %s, over = %s WHERE id = %s"
