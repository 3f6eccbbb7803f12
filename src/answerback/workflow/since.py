"""Takes an act at the desk back only where nobody has done something of its kind since: the timeline says so.

Never here: what is taken back (`undoing`).
"""

from collections.abc import Callable, Collection, Mapping
from typing import Final, TypeVar

from answerback.store.queries.rows import Cursor
from answerback.workflow import acting, transaction
from answerback.workflow.actors import NotAllowed
from answerback.workflow.handling import PLANNED, Act, Undo

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
        cursor.execute(_LATER, [asked.id, asked.note, list(_kinds(asked))])
        if cursor.fetchone() is not None:
            raise NotAllowed("Somebody has changed this since, so it stays as it is. Look at the page again.")
        return work(cursor)

    return transaction.run(within)


def _kinds(asked: Undo) -> Collection[str]:
    if asked.act != "plan":
        return _SAME[asked.act]
    fields = set(asked.fields or PLANNED)
    return [*(["given"] if "owner" in fields else []), *(["planned"] if fields - {"owner"} else [])]


_LATER = "SELECT 1 FROM note WHERE conversation_id = %s AND id > %s AND kind = ANY(%s) LIMIT 1"
