"""What staff do: take a conversation and give it back, write, call back, close a to-do, say what became of a lead.

Each act is an event of the conversation, recorded in the same transaction that takes back what the machine was about
to say. The engine then decides what follows, as for any other event.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import cast

from django.db import connection

from answerback.engine import lint
from answerback.engine.desk_events import OutcomeMarked
from answerback.engine.effects import LeadStatus
from answerback.engine.events import (
    CalledBack,
    StaffTexted,
    TodoClosed,
    TodoOutcome,
    TookOver,
)
from answerback.store import codec
from answerback.store.queries import attachments, ledger, paging, todos, waiting
from answerback.store.queries.attachments import Kept
from answerback.store.queries.rows import Cursor
from answerback.workflow import (
    acting,
    answers,
    bell,
    clock,
    looking,
    marking,
    mistakes,
    picture_links,
    pictures,
    revenue,
    ringing,
    taking,
    transaction,
)
from answerback.workflow.acting import act, lock, write
from answerback.workflow.actors import Actor, HeldByAnother, NotAllowed
from answerback.workflow.directory import MMS_BYTES
from answerback.workflow.handling import Undo
from answerback.workflow.marking import Marked
from answerback.workflow.mistakes import Closed
from answerback.workflow.pictures import NotAPicture
from answerback.workflow.revenue import Money

__all__ = [
    "Actor",
    "HeldByAnother",
    "Money",
    "NotAllowed",
    "called_back",
    "close_todo",
    "hand_back",
    "mark_outcome",
    "mark_outcomes",
    "marked_elsewhere",
    "not_marked",
    "take_back_text",
    "take_over",
    "take_page",
    "text",
]

UNSENT = timedelta(seconds=5)
"""For so long a text of staff waits in the console, so that it can be taken back."""


def take_over(conversation: int, actor: Actor, *, free: bool = False) -> Undo | None:
    """This member has the conversation; the machine is silent from this commit on. None where they have it already.

    Raises `HeldByAnother` where another member has it and this one saw that it was `free`.
    """

    def take_it(cursor: Cursor) -> Undo | None:
        if free:
            acting.held_by_another(cursor, conversation, actor)
        return _take_over(cursor, conversation, actor)

    return transaction.run(take_it)


def take_again(asked: Undo, who: Actor, held_by: int | None, actor: Actor) -> None:
    """This member has it again, as before an act that was a mistake: whoever has it since that act is at most
    `held_by`. Raises `NotAllowed` where somebody else but the `actor` has it by now, or had it in between.
    """

    def take(cursor: Cursor) -> None:
        if acting.holder(cursor, asked.id) not in {None, held_by} or acting.moved_by_another(
            cursor, asked.id, asked.note, actor
        ):
            raise NotAllowed("Somebody else has taken this conversation since, so it stays with them.")
        _take_over(cursor, asked.id, who)

    transaction.run(take)


def hand_back(conversation: int, actor: Actor) -> Undo | None:
    """The machine may speak again; by itself it says nothing. None where no person has it. Raises `NotAllowed` where
    somebody may be in danger.
    """
    return transaction.run(lambda cursor: _hand_back(cursor, conversation, actor))


def text(
    conversation: int,
    actor: Actor,
    body: str,
    media: Sequence[str] = (),
    *,
    picture: bytes | None = None,
    wait: timedelta = timedelta(),
    sure: bool = False,
    known: int | None = None,
    writing: str = "",
) -> Undo:
    """Text the customer as this member, which also takes the conversation. `media` are https links to pictures,
    `picture` is one as a person chose it; the text waits so long that it can be taken back. `writing` is over with it.

    Raises `HeldByAnother` where another member has the conversation, unless this one is `sure`, or was told of the very
    one who has it (`known`); `NotAllowed` for a number that said stop, words a carrier would block, and pictures the
    line cannot send.
    """
    drawn = _drawn(picture) if picture is not None else None
    if not body.strip() and not media and drawn is None:
        raise NotAllowed("The text is empty. Write something first.")
    for link in media:
        if lint.is_shortened(link):
            raise NotAllowed(f"Carriers block texts with the link shortener {link}. Write the whole address instead.")
    if wrong := [link for link in media if not link.startswith("https://")]:
        raise NotAllowed(f"{wrong[0]} is no address of a picture that can be sent. It must begin with https://.")
    said = Said(body=body.strip(), media=tuple(media), drawn=drawn, writing=writing)

    def write_it(cursor: Cursor) -> Undo:
        if not sure:
            acting.held_by_another(cursor, conversation, actor, known)
        return _text(cursor, conversation, actor, said, wait)

    return transaction.run(write_it)


def take_back_text(message: int, actor: Actor, *, draft: bool = True) -> None:
    """A text of staff that waits is not sent; its words are in the box again (`draft`). Raises `NotAllowed` when it
    left.
    """
    transaction.run(lambda cursor: _take_back_text(cursor, message, actor, draft=draft))


def called_back(conversation: int, actor: Actor, line: str, *, talked: bool) -> Undo:
    """This member phoned the customer by other means than ours."""
    now = clock.now()
    event = CalledBack(at=now, call=f"desk:{now:%Y%m%d%H%M%S%f}", line=line, talked=talked, by=actor.name)
    return transaction.run(lambda cursor: _called_back(cursor, conversation, actor, event))


def can_connect(conversation: int, actor: Actor) -> bool:
    """May this member be connected with the customer by phone: both have a number, and the line can place calls?"""
    try:
        transaction.run(lambda cursor: ringing.connectable(cursor, conversation, actor))
    except NotAllowed:
        return False
    return True


def may_be_rung(actor: Actor) -> bool:
    """Has this member a phone, and their business a line that places calls?"""
    with connection.cursor() as cursor:
        return ringing.may_be_rung(cast("Cursor", cursor), actor)


def connect(conversation: int, actor: Actor) -> None:
    """Ring this member's own phone and connect them with the customer; raises `NotAllowed` where that cannot be."""
    transaction.run(lambda cursor: ringing.connect(cursor, conversation, actor))


def close_todo(todo: int, actor: Actor, outcome: TodoOutcome) -> Undo | None:
    """Close a to-do with what came of it; one that is closed already stays as it is, and there is nothing to undo."""
    return transaction.run(lambda cursor: _close(cursor, todo, actor, outcome))


def mark_outcome(
    conversation: int,
    actor: Actor,
    status: LeadStatus,
    reason: str = "",
    money: Money | None = None,
    *,
    seen: str = "",
) -> Undo | None:
    """Say what became of the lead; money is written into the revenue ledger. None where that changes nothing.

    Raises `NotAllowed` for a job that is in there already, and for money of a lead that is not won; `MarkedMeanwhile`
    for a lead that somebody opened or closed since it was `seen` as this.
    """
    if money is not None and status != "won":
        raise NotAllowed("Money belongs to a lead that is won. Mark it won, or leave the amount out.")
    event = OutcomeMarked(at=clock.now(), member=actor.name, status=status, reason=reason)
    return transaction.run(lambda cursor: _mark(cursor, conversation, actor, event, money, seen=seen))


def mark_outcomes(seen: Mapping[int, str], actor: Actor, status: LeadStatus, reason: str = "") -> Marked:
    """Say the same of many leads, the conversation of each with the status it was seen at; those that may not be marked
    keep no other from it.
    """
    event = OutcomeMarked(at=clock.now(), member=actor.name, status=status, reason=reason)
    return transaction.run(lambda cursor: marking.mark(cursor, seen, actor, event))


def not_marked(asked: Undo, actor: Actor) -> None:
    """What was said of the lead at `asked.at` was a mistake: it goes on as before, and whoever was woken is again."""
    transaction.run(lambda cursor: _not_marked(cursor, asked, actor))


def stands_as_marked(asked: Undo) -> None:
    """Raises `MarkedMeanwhile` where a lead that this takes back was marked since, before any of it is taken back."""
    marks = [(each.id, each.at) for each in asked.steps() if each.act == "outcome" and each.at is not None]

    def work(cursor: Cursor) -> None:
        for conversation, at in marks:
            acting.marked_since(cursor, conversation, at)

    if marks:
        transaction.run(work)


def marked_elsewhere(cursor: Cursor, conversation: int, where: str, status: str) -> None:
    """In a CRM somebody said what became of the lead; `where` is its name. For callers in a transaction of theirs."""
    event = OutcomeMarked(at=clock.now(), member=where, status=cast("LeadStatus", status))
    act(cursor, conversation, Actor(member=None, name=where), event, holds=None)


def take_page(page: int, actor: Actor, *, wait: timedelta = timedelta()) -> Undo | None:
    """This member takes the case of a page; None when somebody else has it already. The customer is told so after this
    `wait`.
    """
    return transaction.run(lambda cursor: answers.take(cursor, page, actor, clock.now(), wait=wait))


def _take_over(cursor: Cursor, conversation: int, actor: Actor) -> Undo | None:
    had, page = acting.holder(cursor, conversation), paging.open_page_of(cursor, conversation)
    if (
        actor.member is not None
        and had == actor.member
        and page is None
        and acting.is_with_people(cursor, conversation)
    ):
        return None
    event = TookOver(at=clock.now(), member=actor.name)
    return taking.take(cursor, conversation, actor, event)[1]


def _hand_back(cursor: Cursor, conversation: int, actor: Actor) -> Undo | None:
    had = acting.holder(cursor, conversation)
    if had is None and not acting.is_with_people(cursor, conversation):
        return None
    place = acting.hand_back(cursor, conversation, actor)
    note = acting.last_move(cursor, conversation)
    return Undo(act="take_over", business=place.business, id=conversation, member=had, note=note)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person texts: words, links to pictures, a picture as we drew it, and under which name it was written."""

    body: str
    media: tuple[str, ...] = ()
    drawn: Kept | None = None
    writing: str = ""


def _drawn(picture: bytes) -> Kept:
    try:
        return pictures.anew(picture, MMS_BYTES)
    except NotAPicture as problem:
        raise NotAllowed(str(problem)) from problem


def _text(cursor: Cursor, conversation: int, actor: Actor, said: Said, wait: timedelta) -> Undo:
    now = clock.now()
    event = StaffTexted(at=now, member=actor.name, asks="?" in said.body)
    place, given_back = taking.take(cursor, conversation, actor, event)
    if said.media or said.drawn is not None:
        cursor.execute(
            "SELECT s.media FROM line l JOIN line s ON s.id = COALESCE(l.texts_by_id, l.id) WHERE l.id = %s",
            [place.line],
        )
        if not (cursor.fetchone() or (False,))[0]:
            raise NotAllowed("This line cannot send pictures. Write the address of the picture into the text instead.")
    message = write(cursor, place, actor, said.body, said.media, wait=wait)
    if said.drawn is not None:
        link = picture_links.address(attachments.enclose(cursor, message, said.drawn, now), now)
        media = codec.encode((*said.media, link))
        cursor.execute("UPDATE message SET media = %s::jsonb WHERE id = %s", [media, message])
    looking.forget_draft(cursor, place.id, actor.member, said.writing, now)
    # What asked for an answer has got one.
    answered = [_close(cursor, todo, actor, "done") for todo in todos.asking_for_an_answer(cursor, place.id)]
    undo = Undo(act="text", business=place.business, id=message, then=tuple(filter(None, answered)))
    return undo if given_back.member == actor.member else replace(given_back, others=(undo,))


def _take_back_text(cursor: Cursor, message: int, actor: Actor, *, draft: bool) -> None:
    cursor.execute(
        """
        UPDATE message SET status = 'withdrawn', detail = %s WHERE id = %s AND status = 'queued' AND author = 'staff'
        RETURNING conversation_id, body
        """,
        [f"{actor.name} took it back before it left."[:300], message],
    )
    row = cursor.fetchone()
    if row is None:
        raise NotAllowed("This text has left already and cannot be taken back. Write another one to correct it.")
    if draft and actor.member is not None:
        looking.keep_draft(cursor, row[0], actor.member, looking.Typed(draft=row[1]), clock.now())


def _close(cursor: Cursor, todo: int, actor: Actor, outcome: TodoOutcome) -> Undo | None:
    now = clock.now()
    cursor.execute(
        """
        UPDATE todo SET closed_at = %s, closed_by_id = %s, outcome = %s WHERE id = %s AND closed_at IS NULL
        RETURNING business_id, conversation_id, kind, key
        """,
        [now, actor.member, outcome, todo],
    )
    row = cursor.fetchone()
    if row is None:
        return None
    event = TodoClosed(at=now, todo=row[3], kind=row[2], outcome=outcome, by=actor.name or None)
    bump = int(outcome == "reached")
    taken = outcome == "reached" and acting.talked(cursor, row[1], actor)
    ledger.record(cursor, [ledger.Own(business=row[0], conversation=row[1], event=event, bump=bump)], now)
    bell.ring(cursor, bell.TURN)
    done = Closed(id=todo, business=row[0], conversation=row[1], at=now, outcome=outcome)
    if outcome == "wrong_number":
        return mistakes.wrong_number(cursor, done)
    return mistakes.closed(cursor, done, actor.member if taken else None)


def _mark(
    cursor: Cursor, conversation: int, actor: Actor, event: OutcomeMarked, money: Money | None, *, seen: str
) -> Undo | None:
    marked = marking.mark(cursor, {conversation: seen}, actor, event, more=money is not None)
    for problem in marked.refused.values():
        raise problem
    undo = marked.undos.get(conversation)
    if undo is None:
        return None
    entry = revenue.enter(cursor, conversation, actor, money, event.at) if money is not None else None
    entered = (Undo(act="entered", business=undo.business, id=entry),) if entry else ()
    return replace(undo, others=(*entered, *undo.others))


def _not_marked(cursor: Cursor, asked: Undo, actor: Actor) -> None:
    now = clock.now()
    place = lock(cursor, asked.id)
    if asked.at is not None:
        acting.marked_since(cursor, asked.id, asked.at)
    status, _, page = asked.words.partition(" ")
    texts = waiting.not_stale(cursor, asked.ids, now)
    event = OutcomeMarked(at=now, member=actor.name, status=cast("LeadStatus", status), undoes=asked.at, texts=texts)
    _mark(cursor, asked.id, actor, replace(event, look_at=asked.due), None, seen="")
    if asked.due is not None:
        cursor.execute("UPDATE lead SET next_step_at = %s WHERE conversation_id = %s", [asked.due, asked.id])
    # A customer who came back since, and somebody who put it aside since, are later than the mark.
    done_at = asked.done_at if place.done_at == asked.done_then else place.done_at
    cursor.execute("UPDATE conversation SET done_at = %s WHERE id = %s", [done_at, asked.id])
    if page:
        taking.wake_again(cursor, int(page), now)


def _called_back(cursor: Cursor, conversation: int, actor: Actor, event: CalledBack) -> Undo:
    place = lock(cursor, conversation)
    stood = mistakes.standing(cursor, place.business, place.id)
    if event.talked:
        act(cursor, conversation, actor, event, holds=None)
    else:  # Whoever was not reached is texted as planned.
        ledger.record(cursor, [ledger.Own(business=place.business, conversation=place.id, event=event)], event.at)
        bell.ring(cursor, bell.TURN)
    taken = bool(event.talked) and acting.talked(cursor, conversation, actor)
    return Undo(
        act="called",
        business=place.business,
        id=place.id,
        member=actor.member if taken else None,
        at=event.at,
        ids=stood.texts,
        words=f"{stood.words} {event.call}",
        others=(stood.again(),),
    )
