"""What the people who were woken answer: mine, pass, I call later. From a text, a call, or the console.

Whoever takes a case has the conversation in the same transaction, and only then the customer is told so. Nobody is ever
told that they have a case which somebody else has. Never here: how an answer arrives (`staff_texts`).
"""

from contextlib import suppress
from datetime import datetime, timedelta

from answerback.engine import wording
from answerback.engine.events import TookOver
from answerback.store import codec
from answerback.store.queries import paging, todos
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, pages
from answerback.workflow.acting import act, write
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.directory import Known, known


def take(
    cursor: Cursor, page: int, actor: Actor, now: datetime, *, later: bool = False, by_phone: bool = False
) -> bool:
    """This member takes the case, to call at once or `later`; False when somebody has it already.

    With `by_phone` the customer's texts reach them on their own phone from now on.
    """
    locked = paging.locked(cursor, [page])
    if not locked:
        return False
    (ours,) = locked
    if ours.drill:
        return paging.end(cursor, page, actor.member, "taken", now)
    rules = known(ours.business, ours.revision, ours.playbook)
    paging.end(cursor, page, actor.member, "taken", now)
    holds = None if _is_over(cursor, ours.conversation) else True
    place = act(cursor, ours.conversation, actor, TookOver(at=now, member=actor.name), holds=holds)
    minutes = timedelta(minutes=rules.rules.settings.page_later_minutes)
    if later:
        todos.give(cursor, place.id, actor.member, now + minutes)
    if by_phone and holds:
        cursor.execute("UPDATE conversation SET relayed = true WHERE id = %s", [place.id])
    with suppress(NotAllowed):  # where no text may go, the call itself is enough
        write(cursor, place, actor, _told(cursor, place.id, rules, actor.name, within=minutes if later else None))
    return True


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
