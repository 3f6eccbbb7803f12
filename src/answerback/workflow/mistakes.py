"""What a person entered of a customer or a lead by mistake, a to-do closed or a stop, and taking that back.

A stop that the customer sent is never lifted here; what was written down stays, with when it was lifted and by whom.
"""

from dataclasses import dataclass, replace
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
    """What stands in a conversation before an act that may end it: where its lead stands, empty without one, its open
    to-dos, texts that wait, the open page. `due` is when the lead is looked at again, where nothing else says so.
    """

    business: int
    conversation: int
    lead: str
    todos: tuple[int, ...]
    texts: tuple[int, ...]
    page: str
    due: datetime | None = None

    @property
    def words(self) -> str:
        """The lead's status and the page, as an `Undo` carries them."""
        return f"{self.lead} {self.page}"

    def again(self, *more: int) -> Undo:
        """What opens its to-dos again that are closed by then, and these."""
        return Undo(act="again", business=self.business, id=self.conversation, ids=(*more, *self.todos))


@dataclass(frozen=True, slots=True)
class Closed:
    """A to-do that was closed just now, and with what."""

    id: int
    business: int
    conversation: int
    at: datetime
    outcome: TodoOutcome


def standing(cursor: Cursor, business: int, conversation: int) -> Standing:
    """What stands here, for whoever takes back what comes next; the lead is locked."""
    page = paging.open_page_of(cursor, conversation)
    return Standing(
        business=business,
        conversation=conversation,
        lead=acting.lead(cursor, conversation),
        todos=todos.open_of(cursor, conversation),
        texts=waiting.of(cursor, conversation),
        page=str(page[0]) if page else "",
    )


def closed(cursor: Cursor, todo: Closed, holder: int | None) -> Undo:
    """A to-do was closed, by which this `holder` has the conversation: what takes that back."""
    stood = standing(cursor, todo.business, todo.conversation)
    settles = bool(stood.todos) and todo.outcome in {"reached", "done"}
    return Undo(
        act="todo",
        business=todo.business,
        id=todo.id,
        member=holder,
        at=todo.at,
        words=stood.words,
        ids=stood.texts,
        fields=("call_tries",) if todo.outcome in {"no_answer", "left_voicemail"} else (),
        others=(stood.again(),) if settles else (),
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
    """The customer told a person to stop the texts; effective from this commit on. None where a stop stood already:
    in a conversation that is over nothing is written then.
    """
    return transaction.run(lambda cursor: _told_to_stop(cursor, conversation, actor))


def not_told_to_stop(asked: Undo, actor: Actor) -> None:
    """The customer never said stop. Raises `NotAllowed` where they have said so themselves since."""
    transaction.run(lambda cursor: _not_told_to_stop(cursor, asked, actor))


def wrong_number(cursor: Cursor, todo: Closed) -> Undo:
    """A to-do was closed as a wrong number, and the turn will end all that stands here: what takes that back."""
    stood = standing(cursor, todo.business, todo.conversation)
    return Undo(
        act="wrong_number",
        business=todo.business,
        id=todo.conversation,
        at=todo.at,
        ids=stood.texts,
        words=stood.words,
        others=(stood.again(todo.id),),
    )


def right_number(asked: Undo, actor: Actor) -> None:
    """It is no wrong number after all; `asked.at` is when it was said to be one, `asked.words` the page that closed."""
    transaction.run(lambda cursor: _right_number(cursor, asked, actor))


def not_called_back(asked: Undo, actor: Actor) -> None:
    """Nobody phoned at `asked.at`: the timeline says so, the call counts nowhere, and all goes on as it was."""
    transaction.run(lambda cursor: _not_called_back(cursor, asked, actor))


def never_said(cursor: Cursor, asked: Undo, said: SaidByMistake) -> None:
    """What was entered at `asked.at` was a mistake: lead, page and texts are as before, where nothing has moved on."""
    lead, _, page = asked.words.rpartition(" ")
    made = "contacted" if said.what == "called" or said.reason else "new" if said.what == "call" else "lost"
    acting.lead_as_before(cursor, asked.id, lead, made, asked.at, said.at)
    _tell(cursor, asked.business, asked.id, replace(said, texts=waiting.not_stale(cursor, asked.ids, said.at)))
    if page:
        taking.wake_again(cursor, int(page), said.at)


def _not_closed(cursor: Cursor, asked: Undo) -> None:
    now = clock.now()
    business, conversation, kind, key = todos.reopen(cursor, asked.id) or _is_open()
    texts = waiting.not_stale(cursor, asked.ids, now)
    tried = asked.at is not None and "call_tries" in asked.fields
    instead = todos.not_tried(cursor, conversation, asked.id, asked.at, now) if tried and asked.at else ""
    event = TodoReopened(
        at=now,
        todo=key,
        kind=kind,
        closed_at=asked.at,
        let_go=_let_go(cursor, conversation, asked.member),
        instead=instead,
        texts=texts,
    )
    lead, _, page = asked.words.rpartition(" ")
    if asked.at is not None:
        acting.lead_as_before(cursor, conversation, lead, "contacted", asked.at, now)
    _tell(cursor, business, conversation, event)
    if page:
        taking.wake_again(cursor, int(page), now)


def _let_go(cursor: Cursor, conversation: int, member: int | None) -> str:
    """This member has the conversation no more, if they have it; their name, empty where they have not."""
    if member is None or acting.holder(cursor, conversation) != member:
        return ""
    cursor.execute("UPDATE conversation SET held_by_id = NULL WHERE id = %s", [conversation])
    return acting.named(cursor, member).name


def _is_open() -> NoReturn:
    raise NotAllowed("This to-do is open already, or another like it is.")


def _tell(cursor: Cursor, business: int, conversation: int, event: TodoReopened | SaidByMistake) -> None:
    ledger.record(cursor, [ledger.Own(business=business, conversation=conversation, event=event)], event.at)
    bell.ring(cursor, bell.TURN)


def _told_to_stop(cursor: Cursor, conversation: int, actor: Actor) -> Undo | None:
    now, queued = clock.now(), waiting.of(cursor, conversation)
    before = acting.lock(cursor, conversation)
    if before.suppressed and before.ended:
        return None
    event = ToldToStop(at=now, member=actor.name, written=True)
    place = act(cursor, conversation, actor, event, holds=None)
    evidence = f"{actor.name} was told so"
    entered = contacts.suppress(cursor, place.business, place.number, evidence, now, member=actor.member)
    if entered is None or actor.member is None:
        return None
    return Undo(act="stop", business=place.business, id=conversation, ids=(entered, *queued))


def _not_told_to_stop(cursor: Cursor, asked: Undo, actor: Actor) -> None:
    now, place = clock.now(), acting.lock(cursor, asked.id)
    stop, *queued = asked.ids
    entered = contacts.entered_by_mistake(cursor, stop, actor.name, now)
    if entered is None:
        raise NotAllowed("The customer has said stop themselves since, so it stands. Their START is what ends it.")
    _agreed_before(cursor, replace(asked, ids=tuple(queued)), actor, "stop", place, entered)


def _right_number(cursor: Cursor, asked: Undo, actor: Actor) -> None:
    place = acting.lock(cursor, asked.id)
    _agreed_before(cursor, asked, actor, "wrong_number", place, asked.at or clock.now())


def _agreed_before(  # noqa: PLR0917  what, of whom, by whom and when
    cursor: Cursor, asked: Undo, actor: Actor, what: What, place: Place, said_at: datetime
) -> None:
    consent, consent_at = contacts.consent_before(cursor, place.business, place.number, said_at)
    said = SaidByMistake(at=clock.now(), member=actor.name, what=what, consent=consent, consent_at=consent_at)
    never_said(cursor, asked, said)
    handling.log(cursor, place.business, place.id, actor, "mistaken")


def _not_called_back(cursor: Cursor, asked: Undo, actor: Actor) -> None:
    stood, _, call = asked.words.rpartition(" ")
    place = acting.lock(cursor, asked.id)
    let_go = _let_go(cursor, place.id, asked.member)
    said = SaidByMistake(at=clock.now(), member=actor.name, what="called", said_at=asked.at, let_go=let_go)
    never_said(cursor, replace(asked, words=stood), said)
    handling.log(cursor, place.business, place.id, actor, "uncalled", call)
