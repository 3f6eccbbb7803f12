"""What somebody had in hand who leaves the business: nobody's from now on, and nobody is left alone by it.

Whoever waits for an urgent call is paged anew at once; for every other conversation that is not over there is a to-do.
The machine stays silent in them. So there is for each appointment they would have kept, which stands: the customer was
told of it.

Never here: their sign-in and their shifts (`people`).
"""

from dataclasses import replace
from datetime import datetime, timedelta

from answerback.engine.events import TodoClosed
from answerback.engine.hours import add_business_minutes
from answerback.store.queries import leaving, ledger, paging
from answerback.store.queries.leaving import Held, Left
from answerback.store.queries.rows import Cursor
from answerback.workflow import bell, pages
from answerback.workflow.actors import Actor
from answerback.workflow.directory import known

ANSWERED_WITHIN = timedelta(minutes=15)


def release(cursor: Cursor, member: int, name: str, now: datetime) -> Held:
    """Take every conversation and to-do from this member, whose phone counts no more; returns which they were."""
    had = leaving.held(cursor, member)
    asked: list[int | None] = []
    paged: list[int | None] = []
    for each in leaving.release(cursor, member):
        if each.urgent:
            summary = f"{name} has left, and the customer was not reached: call now"
            key = f"left:{member}:{now:%Y%m%d%H%M%S}"  # they may come back, and leave once more
            paged.append(pages.open_again(cursor, each.business, each.id, key=key, summary=summary, now=now))
        elif not each.over:
            title = f"{name} has left: go on with this customer"
            asked.append(leaving.ask(cursor, each, title, _soon(each, now), now))
    times = leaving.let_times_go(cursor, member, now)
    for visit in leaving.visits(cursor, member, now):
        # Known before somebody stands at the door, also where the shop opens only after that.
        due_at = max(now, min(_soon(visit.left, now), visit.starts_at - ANSWERED_WITHIN))
        title = f"{name} has left: who keeps this appointment?"
        asked.append(leaving.ask(cursor, visit.left, title, due_at, now, key=f"left:{visit.id}"))
    bell.ring(cursor, bell.PAGE)
    return replace(
        had,
        times=tuple(times),
        asked=tuple(each for each in asked if each is not None),
        pages=tuple(each for each in paged if each is not None),
    )


def give_back(cursor: Cursor, member: int, had: Held, actor: Actor, now: datetime) -> None:
    """They had not left after all: theirs is again what nobody has taken since, and nobody else is asked or woken."""
    leaving.give_back(cursor, member, had, now)
    for page in leaving.theirs_of(cursor, member, had.pages):
        paging.end(cursor, page, None, "closed", now)
    closed = leaving.dismiss(cursor, had.asked, actor.member, now)
    events = [
        ledger.Own(
            business=business,
            conversation=conversation,
            event=TodoClosed(at=now, todo=key, kind=kind, outcome="dismissed"),
        )
        for business, conversation, key, kind in closed
    ]
    ledger.record(cursor, events, now)
    bell.ring(cursor, bell.TURN)


def _soon(left: Left, now: datetime) -> datetime:
    hours = known(left.business, left.revision, left.playbook).rules.hours_on(left.line)
    return add_business_minutes(hours, now, int(ANSWERED_WITHIN / timedelta(minutes=1)))
