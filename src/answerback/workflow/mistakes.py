"""What a person entered of a customer or a lead by mistake, a to-do closed or a stop, and taking that back.

A stop that the customer sent is never lifted here; what was written down stays, with when it was lifted and by whom.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NoReturn

from answerback.engine.desk_events import SaidByMistake, TodoReopened
from answerback.engine.events import TodoOutcome, ToldToStop
from answerback.store.queries import ledger, paging, todos, waiting
from answerback.store.queries.rows import Cursor
from answerback.workflow import acting, bell, clock, contacts, handling, taking, transaction
from answerback.workflow.acting import Place, act
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import Undo

What = Literal["stop", "wrong_number"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in a conversation before an act that may end it: open to-dos, texts that wait, the open page."""

    todos: tuple[int, ...]
    texts: tuple[int, ...]
    page: str


@dataclass(frozen=True, slots=True)
class Closed:
    """A to-do that was closed just now, and with what."""

    id: int
    business: int
    conversation: int
    at: datetime
    outcome: TodoOutcome


def standing(cursor: Cursor, conversation: int) -> Standing:
    """What stands here, for whoever takes back what comes next."""
    page = paging.open_page_of(cursor, conversation)
    return Standing(
        todos=todos.open_of(cursor, conversation),
        texts=waiting.of(cursor, conversation),
        page=str(page[0]) if page else "",
    )


def closed(cursor: Cursor, todo: Closed, holder: int | None) -> Undo:
    """A to-do was closed, by which this `holder` has the conversation: what takes that back."""
    stood = standing(cursor, todo.conversation)
    settles = stood.todos if todo.outcome in {"reached", "done"} else ()
    return Undo(
        act="todo",
        business=todo.business,
        id=todo.id,
        member=holder,
        at=todo.at,
        words=stood.page,
        ids=stood.texts,
        fields=("call_tries",) if todo.outcome in {"no_answer", "left_voicemail"} else (),
        others=(Undo(act="again", business=todo.business, id=todo.conversation, ids=settles),) if settles else (),
    )


def not_closed(asked: Undo) -> None:
    """A to-do was closed by mistake at `asked.at`: it stands again, and so does what ended with it; without a time it
    is only opened. Raises `NotAllowed` where one like it is open.
    """
    transaction.run(lambda cursor: _not_closed(cursor, asked))


def reopen(cursor: Cursor, todo: int) -> None:
    """Open a to-do again. Raises `NotAllowed` where one like it is open by now."""
    business, conversation, kind, key = todos.reopen(cursor, todo) or _is_open()
    _tell(cursor, business, conversation, TodoReopened(at=clock.now(), todo=key, kind=kind))


def told_to_stop(conversation: int, actor: Actor) -> Undo | None:
    """The customer told a person to stop the texts; effective from this commit on. None where a stop stood already."""
    return transaction.run(lambda cursor: _told_to_stop(cursor, conversation, actor))


def not_told_to_stop(conversation: int, actor: Actor, suppression: int, texts: tuple[int, ...]) -> None:
    """The customer never said stop. Raises `NotAllowed` where they have said so themselves since."""
    transaction.run(lambda cursor: _not_told_to_stop(cursor, conversation, actor, suppression, texts))


def wrong_number(cursor: Cursor, business: int, conversation: int, todo: int, now: datetime) -> Undo:
    """A to-do was closed as a wrong number, and the turn will end all that stands here: what takes that back."""
    stood = standing(cursor, conversation)
    return Undo(
        act="wrong_number",
        business=business,
        id=conversation,
        at=now,
        ids=stood.texts,
        words=stood.page,
        others=(Undo(act="again", business=business, id=conversation, ids=(todo, *stood.todos)),),
    )


def right_number(asked: Undo, actor: Actor) -> None:
    """It is no wrong number after all; `asked.at` is when it was said to be one, `asked.words` the page that closed."""
    transaction.run(lambda cursor: _right_number(cursor, asked, actor))


def _not_closed(cursor: Cursor, asked: Undo) -> None:
    now = clock.now()
    business, conversation, kind, key = todos.reopen(cursor, asked.id) or _is_open()
    texts = waiting.not_stale(cursor, asked.ids, now)
    tried = asked.at is not None and "call_tries" in asked.fields
    instead = todos.not_tried(cursor, conversation, asked.id, asked.at, now) if tried and asked.at else ""
    let_go = asked.member is not None and acting.holder(cursor, conversation) == asked.member
    if let_go:
        cursor.execute("UPDATE conversation SET held_by_id = NULL WHERE id = %s", [conversation])
    event = TodoReopened(
        at=now,
        todo=key,
        kind=kind,
        closed_at=asked.at,
        let_go=acting.named(cursor, asked.member).name if let_go and asked.member else "",
        instead=instead,
        texts=tuple(texts.values()),
    )
    _tell(cursor, business, conversation, event)
    waiting.queue_again(cursor, list(texts), now)
    bell.ring(cursor, bell.TEXT)
    if asked.words:
        taking.wake_again(cursor, int(asked.words), now)


def _is_open() -> NoReturn:
    raise NotAllowed("This to-do is open already, or another like it is.")


def _tell(cursor: Cursor, business: int, conversation: int, event: TodoReopened) -> None:
    ledger.record(cursor, [ledger.Own(business=business, conversation=conversation, event=event)], event.at)
    bell.ring(cursor, bell.TURN)


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
