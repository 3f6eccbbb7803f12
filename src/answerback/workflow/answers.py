"""What the people who were woken answer: mine, pass, I call later. From a text, a call, or the console.

Whoever takes a case has the conversation in the same transaction, and only then the customer is told so. Nobody is ever
told that they have a case which somebody else has. Never here: how an answer arrives (`staff_texts`).
"""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from answerback.engine import wording
from answerback.engine.events import TookOver
from answerback.store import codec
from answerback.store.queries import paging, todos
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, pages, taking
from answerback.workflow.acting import act, write
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.directory import Known, known
from answerback.workflow.handling import Undo


def take(
    cursor: Cursor,
    page: int,
    actor: Actor,
    now: datetime,
    *,
    later: bool = False,
    by_phone: bool = False,
    wait: timedelta = timedelta(),
) -> Undo | None:
    """This member takes the case, to call at once or `later`; None when somebody has it already.

    With `by_phone` the customer's texts reach them on their own phone from now on. That they are called is told the
    customer after this `wait`, so long it can be taken back unseen.
    """
    locked = paging.locked(cursor, [page])
    if not locked:
        return None
    (ours,) = locked
    undo = Undo(act="page", business=ours.business, id=page)
    if ours.drill:
        return undo if paging.end(cursor, page, actor.member, "taken", now) else None
    rules = known(ours.business, ours.revision, ours.playbook)
    event = TookOver(at=now, member=actor.name)
    holds = not _is_over(cursor, ours.conversation)
    if holds:
        place, undo = taking.take(cursor, ours.conversation, actor, event)
    else:
        paging.end(cursor, page, actor.member, "taken", now)
        place = act(cursor, ours.conversation, actor, event, holds=None)
    minutes = timedelta(minutes=rules.rules.settings.page_later_minutes)
    if later:
        todos.give(cursor, place.id, actor.member, now + minutes)
    if by_phone and holds:
        cursor.execute("UPDATE conversation SET relayed = true WHERE id = %s", [place.id])
    with suppress(NotAllowed):  # where no text may go, the call itself is enough
        body = _told(cursor, place.id, rules, actor.name, within=minutes if later else None)
        text = write(cursor, place, actor, body, wait=wait)
        undo = replace(undo, others=(Undo(act="told", business=place.business, id=text),))
    return undo


def pass_on(cursor: Cursor, page: int, actor: Actor, now: datetime) -> None:
    """This member cannot: whoever is next is woken at once where nobody else of the rung is left."""
    paging.passed(cursor, page, actor.member, now)
    pages.go_on(cursor, page, now)


def _told(cursor: Cursor, conversation: int, ours: Known, name: str, *, within: timedelta | None) -> str:
    """What the customer is told, in the name of the person who calls."""
    cursor.execute("SELECT state::text FROM conversation WHERE id = %s", [conversation])
    language = codec.decode_state((cursor.fetchone() or (None,))[0]).language
    playbook, business = ours.rules.playbook, ours.rules.business
    said = playbook.say.calling_now if within is None else playbook.say.calling_later
    now = clock.now()
    blanks = {
        "business": business.name,
        "phone": wording.phone(business.phone),
        "member": name.partition(" ")[0],
        "window": wording.window(now + (within or timedelta(0)), now, business.hours.zone, language),
    }
    body = wording.words(said, playbook=playbook, language=language, person=str(conversation))
    return wording.plain(wording.fill(body, blanks))


def _is_over(cursor: Cursor, conversation: int) -> bool:
    cursor.execute("SELECT 1 FROM conversation WHERE id = %s AND ended_at IS NOT NULL", [conversation])
    return cursor.fetchone() is not None
