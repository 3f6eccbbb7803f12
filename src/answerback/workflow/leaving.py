"""What somebody had in hand who leaves the business: nobody's from now on, and nobody is left alone by it.

Whoever waits for an urgent call is paged anew at once; for every other conversation that is not over there is a to-do.
The machine stays silent in them. So there is for each appointment they would have kept, which stands: the customer was
told of it.

Never here: their sign-in and their shifts (`people`).
"""

from datetime import datetime, timedelta

from answerback.engine.hours import add_business_minutes
from answerback.store.queries import leaving
from answerback.store.queries.leaving import Held, Left
from answerback.store.queries.rows import Cursor
from answerback.workflow import bell, pages
from answerback.workflow.directory import known

ANSWERED_WITHIN = timedelta(minutes=15)


def release(cursor: Cursor, member: int, name: str, now: datetime) -> Held:
    """Take every conversation and to-do from this member, whose phone counts no more; returns which they were."""
    had = leaving.held(cursor, member)
    held = leaving.release(cursor, member)
    for each in held:
        if each.urgent:
            summary = f"{name} has left, and the customer was not reached: call now"
            pages.open_again(cursor, each.business, each.id, key=f"left:{member}", summary=summary, now=now)
        elif not each.over:
            _ask(cursor, each, f"{name} has left: go on with this customer", now)
    for visit in leaving.visits(cursor, member, now):
        # Known before somebody stands at the door, also where the shop opens only after that.
        due_at = max(now, min(_soon(visit.left, now), visit.starts_at - ANSWERED_WITHIN))
        title = f"{name} has left: who keeps this appointment?"
        leaving.ask(cursor, visit.left, title, due_at, now, key=f"left:{visit.id}")
    bell.ring(cursor, bell.PAGE)
    return had


def give_back(cursor: Cursor, member: int, had: Held, now: datetime) -> None:
    """They had not left after all: theirs is again what nobody has taken since, and the to-dos for others are done."""
    leaving.give_back(cursor, member, had, now)


def _ask(cursor: Cursor, left: Left, title: str, now: datetime) -> None:
    leaving.ask(cursor, left, title, _soon(left, now), now)


def _soon(left: Left, now: datetime) -> datetime:
    hours = known(left.business, left.revision, left.playbook).rules.hours_on(left.line)
    return add_business_minutes(hours, now, int(ANSWERED_WITHIN / timedelta(minutes=1)))
