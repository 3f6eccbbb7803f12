"""What the machine planned for later, held back by a person at the desk or let go after all.

The timer itself stays as it is; the engine is told, and from then on it means nothing, or something again.
"""

from datetime import datetime
from typing import Literal, cast

from answerback.engine.desk_events import TimerHeldBack
from answerback.engine.holding_back import is_followed
from answerback.store import codec
from answerback.store.queries import ledger
from answerback.store.queries.rows import Cursor
from answerback.workflow import acting, bell, clock, transaction
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import Undo


def hold_back(timer: int, actor: Actor) -> Undo | None:
    """This nudge, reminder or video is not sent; None where somebody held it back already. Raises `NotAllowed` where it
    is too late.
    """
    return transaction.run(lambda cursor: _tell(cursor, timer, actor, after_all=False))


def let_go(timer: int, actor: Actor) -> None:
    """It is sent after all. Raises `NotAllowed` where it is too late."""
    transaction.run(lambda cursor: _tell(cursor, timer, actor, after_all=True))


def _tell(cursor: Cursor, timer: int, actor: Actor, *, after_all: bool) -> Undo | None:
    conversation, name, ref, due_at = _planned(cursor, timer)
    place = acting.lock(cursor, conversation)
    is_held, is_heard = _told(cursor, conversation, name, ref)
    if is_held is not after_all:
        return None
    if is_heard and name == "nudge" and not _may_come_back(cursor, conversation, ref):
        raise NotAllowed("Things have moved on, so it is not done after all.")
    now = clock.now()
    event = TimerHeldBack(
        at=now,
        member=actor.name,
        timer=cast('Literal["nudge", "reminder", "video"]', name),
        ref=ref,
        due_at=due_at,
        after_all=after_all,
    )
    ledger.record(cursor, [ledger.Own(business=place.business, conversation=place.id, event=event)], now)
    bell.ring(cursor, bell.TURN)
    return Undo(act="timer", business=place.business, id=timer)


def _told(cursor: Cursor, conversation: int, name: str, ref: str) -> tuple[bool, bool]:
    """Is it held back, as people said last? Has the engine heard of it?"""
    cursor.execute(
        """
        SELECT body ->> 'after_all' IS DISTINCT FROM 'true', handled_at IS NOT NULL FROM event
        WHERE conversation_id = %s AND kind = 'TimerHeldBack' AND body ->> 'timer' = %s AND body ->> 'ref' = %s
        ORDER BY id DESC LIMIT 1
        """,
        [conversation, name, ref],
    )
    return cursor.fetchone() or (False, False)


def _may_come_back(cursor: Cursor, conversation: int, ref: str) -> bool:
    """Did nothing else come of the conversation since this nudge was held back?"""
    cursor.execute("SELECT state FROM conversation WHERE id = %s", [conversation])
    return is_followed(codec.decode_state((cursor.fetchone() or (None,))[0]), ref)


def _planned(cursor: Cursor, timer: int) -> tuple[int, str, str, datetime]:
    cursor.execute(
        """
        SELECT conversation_id, body ->> 'timer', body ->> 'ref', due_at FROM event
        WHERE id = %s AND kind = 'TimerDue' AND due_at > %s AND body ->> 'timer' IN ('nudge', 'reminder', 'video')
        """,
        [timer, clock.now()],
    )
    row = cursor.fetchone()
    if row is None:
        raise NotAllowed("This is not planned any more.")
    return row
