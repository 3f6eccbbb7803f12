"""What a person entered of a customer, that they said stop or that it is a wrong number, and taking that back.

A stop that the customer sent is never lifted here; what was written down stays, with when it was lifted and by whom.
"""

from datetime import datetime
from typing import Literal

from answerback.engine.desk_events import SaidByMistake
from answerback.engine.events import ToldToStop
from answerback.store.queries import paging, waiting
from answerback.store.queries.rows import Cursor
from answerback.workflow import acting, bell, clock, contacts, handling, taking, transaction
from answerback.workflow.acting import Place, act
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import Undo

What = Literal["stop", "wrong_number"]


def told_to_stop(conversation: int, actor: Actor) -> Undo | None:
    """The customer told a person to stop the texts; effective from this commit on. None where a stop stood already."""
    return transaction.run(lambda cursor: _told_to_stop(cursor, conversation, actor))


def not_told_to_stop(conversation: int, actor: Actor, suppression: int, texts: tuple[int, ...]) -> None:
    """The customer never said stop. Raises `NotAllowed` where they have said so themselves since."""
    transaction.run(lambda cursor: _not_told_to_stop(cursor, conversation, actor, suppression, texts))


def wrong_number(cursor: Cursor, business: int, conversation: int, todo: int, now: datetime) -> Undo:
    """A to-do was closed as a wrong number, and the turn will end all that stands here: what takes that back."""
    cursor.execute("SELECT id FROM todo WHERE conversation_id = %s AND closed_at IS NULL", [conversation])
    others = tuple(row[0] for row in cursor.fetchall())
    page = paging.open_page_of(cursor, conversation)
    return Undo(
        act="wrong_number",
        business=business,
        id=conversation,
        at=now,
        ids=waiting.of(cursor, conversation),
        words=str(page[0]) if page else "",
        others=(Undo(act="again", business=business, id=conversation, ids=(todo, *others)),),
    )


def right_number(asked: Undo, actor: Actor) -> None:
    """It is no wrong number after all; `asked.at` is when it was said to be one, `asked.words` the page that closed."""
    transaction.run(lambda cursor: _right_number(cursor, asked, actor))


def _told_to_stop(cursor: Cursor, conversation: int, actor: Actor) -> Undo | None:
    now, queued = clock.now(), waiting.of(cursor, conversation)
    event = ToldToStop(at=now, member=actor.name, written=True)
    place = act(cursor, conversation, actor, event, holds=None)
    evidence = f"{actor.name} was told so"
    entered = contacts.suppress(cursor, place.business, place.number, evidence, now, member=actor.member)
    if entered is None or actor.member is None:
        return None
    return Undo(act="stop", business=place.business, id=conversation, ids=(entered, *queued))


def _not_told_to_stop(
    cursor: Cursor, conversation: int, actor: Actor, suppression: int, texts: tuple[int, ...]
) -> None:
    now, place = clock.now(), acting.lock(cursor, conversation)
    entered = contacts.entered_by_mistake(cursor, suppression, actor.name, now)
    if entered is None:
        raise NotAllowed("The customer has said stop themselves since, so it stands. Their START is what ends it.")
    _never_said(cursor, place, actor, "stop", texts, entered)


def _right_number(cursor: Cursor, asked: Undo, actor: Actor) -> None:
    place = acting.lock(cursor, asked.id)
    _never_said(cursor, place, actor, "wrong_number", asked.ids, asked.at or clock.now())
    if asked.words:
        taking.wake_again(cursor, int(asked.words), clock.now())


def _never_said(  # noqa: PLR0917  what, about whom, and by whom
    cursor: Cursor, place: Place, actor: Actor, what: What, texts: tuple[int, ...], said_at: datetime
) -> None:
    now = clock.now()
    keys = waiting.not_stale(cursor, texts, now)
    consent, consent_at = contacts.consent_before(cursor, place.business, place.number, said_at)
    event = SaidByMistake(
        at=now, member=actor.name, what=what, consent=consent, consent_at=consent_at, texts=tuple(keys.values())
    )
    act(cursor, place.id, actor, event, holds=None)
    waiting.queue_again(cursor, list(keys), now)
    handling.log(cursor, place.business, place.id, actor, "mistaken")
    bell.ring(cursor, bell.TEXT)
