"""What the machine planned for later, held back by a person at the desk or let go after all.

The timer itself stays as it is; the engine is told, and from then on it means nothing, or something again.
"""

from datetime import datetime
from typing import Literal, cast

from answerback.engine.desk_events import TimerHeldBack
from answerback.store.queries import ledger
from answerback.store.queries.rows import Cursor
from answerback.workflow import acting, bell, clock, transaction
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import Undo


def hold_back(timer: int, actor: Actor) -> Undo:
    """This nudge, reminder or video is not sent. Raises `NotAllowed` where it is too late."""
    return transaction.run(lambda cursor: _tell(cursor, timer, actor, after_all=False))


def let_go(timer: int, actor: Actor) -> None:
    """It is sent after all. Raises `NotAllowed` where it is too late."""
    transaction.run(lambda cursor: _tell(cursor, timer, actor, after_all=True))


def _tell(cursor: Cursor, timer: int, actor: Actor, *, after_all: bool) -> Undo:
    conversation, name, ref, due_at = _planned(cursor, timer)
    place = acting.lock(cursor, conversation)
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
