"""Keeps the words a business sends often, under short names. Nothing here sends anything."""

from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, transaction
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import Undo

LONGEST_NAME = 40
LONGEST_BODY = 1600


def keep(business: int, actor: Actor, name: str, body: str) -> Undo:
    """Keep these words under this name, instead of those that were there. Raises `NotAllowed` where one is missing."""
    name, body = name.strip(), body.replace("\r\n", "\n").strip()
    if not name or not body:
        raise NotAllowed("A snippet needs a short name and the words. Write both.", "body" if name else "name")
    if len(name) > LONGEST_NAME or len(body) > LONGEST_BODY:
        raise NotAllowed(
            f"A name has room for {LONGEST_NAME} characters and a text for {LONGEST_BODY}. Shorten it.",
            "body" if len(name) <= LONGEST_NAME else "name",
        )
    return transaction.run(lambda cursor: _keep(cursor, business, actor, name, body))


def remove(snippet: int) -> None:
    """Take this snippet out of the list."""
    transaction.run(
        lambda cursor: cursor.execute(
            "UPDATE snippet SET removed_at = %s WHERE id = %s AND removed_at IS NULL", [clock.now(), snippet]
        )
    )


def _keep(cursor: Cursor, business: int, actor: Actor, name: str, body: str) -> Undo:
    cursor.execute(
        "SELECT body FROM snippet WHERE business_id = %s AND name = %s AND removed_at IS NULL", [business, name]
    )
    before = cursor.fetchone()
    cursor.execute(
        """
        INSERT INTO snippet (business_id, name, body, member_id, created_at) VALUES (%s, %s, %s, %s, %s)
        ON CONFLICT (business_id, name) WHERE removed_at IS NULL
        DO UPDATE SET body = excluded.body, member_id = excluded.member_id
        RETURNING id
        """,
        [business, name, body, actor.member, clock.now()],
    )
    (id,) = cursor.fetchone() or (0,)
    if before is None:
        return Undo(act="no_snippet", business=business, id=id)
    return Undo(act="snippet", business=business, id=id, words=f"{name}\n{before[0]}")
