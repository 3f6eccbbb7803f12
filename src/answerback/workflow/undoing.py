"""Takes back what a person has just done at the desk: every reversible act hands out an `Undo`, and this applies it.

An undo is an act too: it is recorded like any other, and what a customer has seen or heard is never taken back.
"""

from collections.abc import Callable
from typing import Literal, cast

from answerback.engine.desk_events import TodoReopened
from answerback.engine.effects import LeadStatus
from answerback.store.queries import ledger
from answerback.store.queries.rows import Cursor
from answerback.workflow import bell, clock, desk, handling, plans, revenue, snippets, transaction, views
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import Undo

__all__ = ["Undo", "undo"]


def undo(asked: Undo, actor: Actor) -> None:
    """Take this back. Raises `NotAllowed` where it is too late."""
    for each in (*asked.others, asked):
        _ACTS[each.act](each, actor)


def _take_over(asked: Undo, actor: Actor) -> None:
    desk.take_over(asked.id, actor)


def _hand_back(asked: Undo, actor: Actor) -> None:
    desk.hand_back(asked.id, actor)


def _assign(asked: Undo, actor: Actor) -> None:
    handling.assign(asked.id, actor, asked.member)


def _snooze(asked: Undo, actor: Actor) -> None:
    handling.snooze(asked.id, actor, asked.at)


def _open_again(asked: Undo, actor: Actor) -> None:
    handling.open_again(asked.id, actor)
    for todo in asked.ids:
        _reopen_todo(todo)


def _done(asked: Undo, actor: Actor) -> None:
    handling.done(asked.id, actor)


def _call(asked: Undo, actor: Actor) -> None:
    call, came = asked.words.rsplit(" ", 1)
    desk.correct_call(asked.id, actor, call, cast("Literal['served', 'missed']", came))


def _snippet(asked: Undo, actor: Actor) -> None:
    snippets.keep(asked.business, actor, *asked.words.split("\n", 1))


def _view(asked: Undo, actor: Actor) -> None:
    views.keep(asked.business, actor, *asked.words.split("\n", 1))


def _todo(asked: Undo, _actor: Actor) -> None:
    _reopen_todo(asked.id)


def _text(asked: Undo, actor: Actor) -> None:
    desk.take_back_text(asked.id, actor)


def _queue(asked: Undo, actor: Actor) -> None:
    handling.let_go(asked.id, actor)


def _note(asked: Undo, actor: Actor) -> None:
    handling.remove_note(asked.id, actor)


def _keep_note(asked: Undo, actor: Actor) -> None:
    handling.keep_note(asked.id, actor)


def _outcome(asked: Undo, actor: Actor) -> None:
    for entry in asked.ids:
        revenue.take_back(entry, actor, "taken back at once")
    desk.mark_outcome(asked.id, actor, cast("LeadStatus", asked.words))


def _plan(asked: Undo, actor: Actor) -> None:
    plan = handling.Plan(owner=asked.member, step=asked.words, step_at=asked.at, cents=asked.cents)
    handling.plan_lead(asked.id, actor, plan)


def _timer(asked: Undo, actor: Actor) -> None:
    plans.let_go(asked.id, actor)


_ACTS: dict[str, Callable[[Undo, Actor], None]] = {
    "take_over": _take_over,
    "hand_back": _hand_back,
    "assign": _assign,
    "snooze": _snooze,
    "open_again": _open_again,
    "done": _done,
    "call": _call,
    "snippet": _snippet,
    "view": _view,
    "todo": _todo,
    "text": _text,
    "queue": _queue,
    "note": _note,
    "keep_note": _keep_note,
    "outcome": _outcome,
    "plan": _plan,
    "timer": _timer,
}


def _reopen_todo(todo: int) -> None:
    transaction.run(lambda cursor: _reopen(cursor, todo))


def _reopen(cursor: Cursor, todo: int) -> None:
    """Open a to-do again, unless one like it is open by now."""
    cursor.execute(
        """
        UPDATE todo t SET closed_at = NULL, closed_by_id = NULL, outcome = ''
        WHERE t.id = %s AND t.closed_at IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM todo o WHERE o.conversation_id = t.conversation_id AND o.key = t.key AND o.closed_at IS NULL)
        RETURNING business_id, conversation_id, kind, key
        """,
        [todo],
    )
    row = cursor.fetchone()
    if row is None:
        raise NotAllowed("This to-do is open already, or another like it is.")
    now = clock.now()
    event = TodoReopened(at=now, todo=row[3], kind=row[2])
    ledger.record(cursor, [ledger.Own(business=row[0], conversation=row[1], event=event)], now)
    bell.ring(cursor, bell.TURN)
