"""Gives leads to a member, one or many at once: one transaction, and as many statements for a hundred as for one.

Whose already is what was asked for is left alone: given once more, its timeline would tell of it. So is what somebody
has given to another since it was looked at. Never here: the rest
of a plan (`handling`), and what became of leads (`marking`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from answerback.store.queries.rows import Cursor
from answerback.workflow import acting, clock, handling, transaction
from answerback.workflow.actors import Actor
from answerback.workflow.handling import Undo


@dataclass(frozen=True, slots=True)
class Given:
    """What takes it back, one undo for all that were the same member's; which leads were given; how many conversations
    have no lead; and which somebody has given `elsewhere` since they were looked at, with whose they are by name.
    """

    undos: tuple[Undo, ...]
    conversations: tuple[int, ...]
    without: int
    elsewhere: Mapping[int, str] = field(default_factory=dict)


def give(seen: Mapping[int, int | None], actor: Actor, business: int, member: int | None) -> Given:
    """The leads of these conversations of one business are this member's from now on, or nobody's. Each comes with
    whose it was `seen` to be: 0 for nobody's, None where nobody looked.

    Raises `NotAllowed` for somebody of another business, or who has left.
    """
    return transaction.run(lambda cursor: _give(cursor, seen, actor, business, member))


def give_back(asked: Undo, actor: Actor) -> None:
    """They are whose they were before; what a colleague has given to somebody since stays theirs."""
    to = int(asked.words) if asked.words else None
    transaction.run(lambda cursor: _give_back(cursor, asked, actor, to))


def _give(cursor: Cursor, seen: Mapping[int, int | None], actor: Actor, business: int, member: int | None) -> Given:
    name = handling.person(cursor, business, member)
    owners = _owners(cursor, business, seen)
    wanted = [id for id, owner in owners.items() if owner != member]
    going = [id for id in wanted if seen[id] in {None, owners[id] or 0}]
    elsewhere = {id: owners[id] for id in wanted if id not in set(going)}
    note = _write(cursor, business, going, actor, member, name)
    by_owner = sorted(going, key=lambda id: (owners[id] or 0, id))
    undos = tuple(
        Undo(act="given", business=business, id=ids[0], ids=ids, member=before, words=str(member or ""), note=note)
        for before, ids in ((owner, tuple(each)) for owner, each in groupby(by_owner, key=lambda id: owners[id]))
    )
    return Given(undos, tuple(going), len(seen) - len(owners), _names(cursor, elsewhere))


def _names(cursor: Cursor, owners: Mapping[int, int | None]) -> dict[int, str]:
    """The names of these members, by what they own; empty for nobody."""
    if not owners:
        return {}
    cursor.execute("SELECT id, name FROM member WHERE id = ANY(%s)", [[each for each in owners.values() if each]])
    names: dict[int, str] = dict(cursor.fetchall())
    return {id: names.get(owner or 0, "") for id, owner in owners.items()}


def _give_back(cursor: Cursor, asked: Undo, actor: Actor, to: int | None) -> None:
    name = handling.person(cursor, asked.business, asked.member)
    owners = _owners(cursor, asked.business, asked.ids)
    cursor.execute(_GIVEN_BY_ANOTHER, [list(owners), asked.note, actor.member])
    moved = {row[0] for row in cursor.fetchall()}
    going = [id for id, owner in owners.items() if owner == to and id not in moved]
    _write(cursor, asked.business, going, actor, asked.member, name)


def _owners(cursor: Cursor, business: int, conversations: Collection[int]) -> dict[int, int | None]:
    """Whose the leads of these are; locked, after their conversations, as a turn does."""
    locked = [id for id, place in acting.lock_all(cursor, list(conversations)).items() if place.business == business]
    cursor.execute(
        """
        SELECT conversation_id, owner_id FROM lead WHERE conversation_id = ANY(%s)
        ORDER BY conversation_id FOR NO KEY UPDATE
        """,
        [locked],
    )
    return dict(cursor.fetchall())


def _write(  # noqa: PLR0917  what, by whom, to whom
    cursor: Cursor, business: int, conversations: Sequence[int], actor: Actor, member: int | None, name: str
) -> int | None:
    """The last of the notes that tell of it, None where nothing is to be done."""
    if not conversations:
        return None
    now, ids = clock.now(), list(conversations)
    cursor.execute("UPDATE lead SET owner_id = %s, updated_at = %s WHERE conversation_id = ANY(%s)", [member, now, ids])
    cursor.execute(
        """
        INSERT INTO note (business_id, conversation_id, member_id, kind, body, at)
        SELECT %s, id, %s, 'given', %s, %s FROM unnest(%s::bigint[]) AS given(id)
        RETURNING id
        """,
        [business, actor.member, name, now, ids],
    )
    return max(int(row[0]) for row in cursor.fetchall())


_GIVEN_BY_ANOTHER = """
SELECT conversation_id FROM note
WHERE conversation_id = ANY(%s) AND id > %s AND kind = 'given' AND member_id IS DISTINCT FROM %s
"""
