"""Keeps the words a business sends often, under short names. Nothing here sends anything."""

from collections.abc import Iterator

from django.utils.translation import gettext

from answerback.store import models
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, saved, transaction
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import Undo

LONGEST_NAME = 40
LONGEST_BODY = 1600


def keep(business: int, actor: Actor, name: str, body: str) -> Undo | None:
    """Keep these words under this name, instead of those that were there; None where they were.

    Raises `NotAllowed` where one is missing.
    """
    name, body = name.strip(), body.replace("\r\n", "\n").strip()
    if not name or not body:
        raise NotAllowed("A snippet needs a short name and the words. Write both.", "body" if name else "name")
    if len(name) > LONGEST_NAME or len(body) > LONGEST_BODY:
        raise NotAllowed(
            f"A name has room for {LONGEST_NAME} characters and a text for {LONGEST_BODY}. Shorten it.",
            "body" if len(name) <= LONGEST_NAME else "name",
        )
    return saved.putting(
        models.Snippet,
        {"business_id": business, "name": name, "removed_at": None},
        {"body": body, "member_id": actor.member},
        made={"created_at": clock.now()},
        act="mine",
    )


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


def remove(snippet: int) -> Undo | None:
    """Take this snippet out of the list; None where it is out of it already."""
    row = models.Snippet.objects.get(id=snippet)

    def take_out(_cursor: Cursor) -> None:
        models.Snippet.objects.filter(id=snippet, removed_at=None).update(removed_at=clock.now())

    return saved.saving(row, take_out, "mine")


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
