"""Keeps the words a business sends often, under short names. Nothing here sends anything."""

from collections.abc import Iterator

from django.utils.translation import gettext

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


def begin_with(business: int, member: int | None) -> None:
    """What is sent from the road, for a new business to send or to change, in the language of whoever sets it up."""

    def put(cursor: Cursor) -> None:
        for name, body in _from_the_road():
            _put(cursor, business, member, name, body)

    transaction.run(put)


def _from_the_road() -> Iterator[tuple[str, str]]:
    yield gettext("On my way"), gettext("Hi {name}, this is {me} from {business}. I am on my way to you now.")
    yield gettext("At the door"), gettext("Hi {name}, this is {me} from {business}. I am at your door.")
    yield (
        gettext("Running late"),
        gettext("Hi {name}, this is {me} from {business}. I am running late and will be there as soon as I can."),
    )


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
    id = _put(cursor, business, actor.member, name, body)
    if before is None:
        return Undo(act="no_snippet", business=business, id=id)
    return Undo(act="snippet", business=business, id=id, words=f"{name}\n{before[0]}")


def _put(cursor: Cursor, business: int, member: int | None, name: str, body: str) -> int:
    cursor.execute(
        """
        INSERT INTO snippet (business_id, name, body, member_id, created_at) VALUES (%s, %s, %s, %s, %s)
        ON CONFLICT (business_id, name) WHERE removed_at IS NULL
        DO UPDATE SET body = excluded.body, member_id = excluded.member_id
        RETURNING id
        """,
        [business, name, body, member, clock.now()],
    )
    (id,) = cursor.fetchone() or (0,)
    return int(id)
