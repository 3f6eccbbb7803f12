"""Taking a conversation, and taking that back: what waited goes out after all, and who was woken is woken again.

Never here: how somebody comes to take it (`desk`, `answers`).
"""

from datetime import datetime

from answerback.engine.events import HandedBack, StaffTexted, TookOver
from answerback.store.queries import paging, todos, waiting
from answerback.store.queries.rows import Cursor
from answerback.workflow import acting, bell, clock, pages, transaction
from answerback.workflow.acting import Place, act
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import Undo


def take(cursor: Cursor, conversation: int, actor: Actor, event: TookOver | StaffTexted) -> tuple[Place, Undo]:
    """This member has the conversation from now on; with what takes that back."""
    had, lead = acting.holder(cursor, conversation), acting.lead(cursor, conversation)
    queued, page = waiting.of(cursor, conversation), paging.open_page_of(cursor, conversation)
    place = act(cursor, conversation, actor, event)
    undo = Undo(
        act="hand_back",
        business=place.business,
        id=conversation,
        member=had,
        at=event.at,
        ids=queued,
        words=str(page[0]) if page else "",
        fields=(lead,),
        note=acting.last_move(cursor, conversation),
    )
    return place, undo


def give_back(asked: Undo, actor: Actor) -> None:
    """It was taken by mistake: lead, texts of the machine that waited and the page go on as before.

    Raises `NotAllowed` where somebody else has taken it since.
    """
    transaction.run(lambda cursor: _give_back(cursor, asked, actor))


def open_again(page: int) -> None:
    """A page that was taken by mistake goes on."""
    now = clock.now()
    transaction.run(lambda cursor: wake_again(cursor, page, now))


def wake_again(cursor: Cursor, page: int, now: datetime) -> None:
    """A page that was taken by mistake goes on with a new round, unless another one of its conversation is open."""
    cursor.execute(_WAKE_AGAIN, {"page": page, "now": now})
    if cursor.rowcount:
        pages.go_on(cursor, page, now)
        bell.ring(cursor, bell.TEXT)


def _give_back(cursor: Cursor, asked: Undo, actor: Actor) -> None:
    now, conversation = clock.now(), asked.id
    if acting.holder(cursor, conversation) not in {None, actor.member} or acting.moved_by_another(
        cursor, conversation, asked.note, actor
    ):
        raise NotAllowed("Somebody else has taken this conversation since, so it stays with them.")
    texts = waiting.not_stale(cursor, asked.ids, now)
    event = HandedBack(at=now, member=actor.name, undone=True, texts=texts)
    act(cursor, conversation, actor, event, holds=False)
    for lead in asked.fields:
        acting.lead_as_before(cursor, conversation, lead, "contacted", asked.at, now)
    todos.give(cursor, conversation, None, now)
    if asked.words:
        wake_again(cursor, int(asked.words), now)


_WAKE_AGAIN = """
UPDATE page p SET taken_at = NULL, taken_by_id = NULL, ended = '', next_at = %(now)s, is_last = true,
    rung_at = p.opened_at - interval '1 day'
WHERE p.id = %(page)s AND p.ended IN ('taken', 'closed', 'reached') AND NOT EXISTS (
    SELECT 1 FROM page o WHERE o.conversation_id = p.conversation_id AND o.taken_at IS NULL)
"""
