"""Takes an act at the desk back only where nobody has done something of its kind since: the timeline says so.

Never here: what is taken back (`undoing`).
"""

from collections.abc import Callable, Collection, Mapping
from typing import Final, TypeVar

from answerback.store.queries.rows import Cursor
from answerback.workflow import acting, handling, transaction
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import PLANNED, Act, Plan, Undo

Result = TypeVar("Result")

_SAME: Final[Mapping[Act, Collection[str]]] = {
    "assign": ("assigned",),
    "snooze": ("snoozed", "woken", "done"),
    "open_again": ("done", "reopened"),
    "done": ("done", "reopened"),
}
"""What the timeline calls the acts that change the same."""


def nothing(asked: Undo, work: Callable[[Cursor], Result]) -> Result:
    """Do this, in one transaction, where nobody has changed the same since. Raises `NotAllowed` where somebody has."""

    def within(cursor: Cursor) -> Result:
        acting.lock(cursor, asked.id)
        cursor.execute(_LATER, [asked.id, asked.note, list(_SAME[asked.act])])
        if cursor.fetchone() is not None:
            raise NotAllowed("Somebody has changed this since, so it stays as it is. Look at the page again.")
        return work(cursor)

    return transaction.run(within)


def planned(cursor: Cursor, asked: Undo, actor: Actor, plan: Plan) -> None:
    """What somebody planned is as before, field by field. Raises `NotAllowed` where one of them is another by now."""
    fields = asked.fields or PLANNED
    made = handling.planned(cursor, asked.id, actor, plan, fields)
    before = Plan() if made is None else Plan(owner=made.member, step=made.words, step_at=made.at, cents=made.cents)
    if asked.became and (made is None or before.told(fields) != asked.became):
        raise NotAllowed("Somebody has changed this since, so it stays as it is. Look at the page again.")


_LATER = "SELECT 1 FROM note WHERE conversation_id = %s AND id > %s AND kind = ANY(%s) LIMIT 1"
