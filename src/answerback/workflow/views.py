"""Keeps filters of the leads under names. Nothing here reads or changes a lead."""

from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, transaction
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import Undo

LONGEST_NAME = 40
LONGEST_QUERY = 500


def keep(business: int, actor: Actor, name: str, query: str) -> Undo:
    """Keep this query under this name, instead of the one that was there. Raises `NotAllowed` without a name.

    Where it is kept under another name already, that view has the new name: one query never stands there twice.
    """
    name = name.strip()
    if not name:
        raise NotAllowed("Give the view a short name.")
    if len(name) > LONGEST_NAME or len(query) > LONGEST_QUERY:
        raise NotAllowed(f"A name has room for {LONGEST_NAME} characters. Make it shorter.")
    return transaction.run(lambda cursor: _keep(cursor, business, actor, name, query))


def remove(view: int) -> None:
    """Take this view away."""
    transaction.run(lambda cursor: cursor.execute("DELETE FROM saved_view WHERE id = %s", [view]))


def _keep(cursor: Cursor, business: int, actor: Actor, name: str, query: str) -> Undo:
    cursor.execute("SELECT query FROM saved_view WHERE business_id = %s AND name = %s", [business, name])
    before = cursor.fetchone()
    if before is None and (renamed := _rename(cursor, business, name, query)) is not None:
        return renamed
    cursor.execute(
        """
        INSERT INTO saved_view (business_id, name, query, member_id, created_at) VALUES (%s, %s, %s, %s, %s)
        ON CONFLICT (business_id, name) DO UPDATE SET query = excluded.query, member_id = excluded.member_id
        RETURNING id
        """,
        [business, name, query, actor.member, clock.now()],
    )
    (id,) = cursor.fetchone() or (0,)
    if before is None:
        return Undo(act="no_view", business=business, id=id)
    return Undo(act="view", business=business, id=id, words=f"{name}\n{before[0]}")


def _rename(cursor: Cursor, business: int, name: str, query: str) -> Undo | None:
    """Give the view of this query this name; None where nobody keeps this query."""
    cursor.execute(
        "SELECT id, name FROM saved_view WHERE business_id = %s AND query = %s ORDER BY id LIMIT 1 FOR UPDATE",
        [business, query],
    )
    row = cursor.fetchone()
    if row is None:
        return None
    cursor.execute("UPDATE saved_view SET name = %s WHERE id = %s", [name, row[0]])
    return Undo(act="view", business=business, id=row[0], words=f"{row[1]}\n{query}")
