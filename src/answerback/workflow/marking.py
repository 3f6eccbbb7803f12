"""Says what became of leads, of one or of many at once: one transaction, and as many statements for a hundred as for
one.

What is refused about one lead leaves the others as they were asked for. Never here: money of a sale (`revenue`), and
how a mark is taken back (`desk`, `mistakes`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import get_args

from answerback.engine.desk_events import OutcomeMarked
from answerback.engine.effects import OVER, STAYS, CloseTodos, TodoKind
from answerback.store.queries import ledger, turns
from answerback.store.queries.rows import Cursor
from answerback.store.queries.steps import LOOKED_AT_AGAIN
from answerback.workflow import acting, bell, clock
from answerback.workflow.acting import Place
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import Undo
from answerback.workflow.mistakes import Standing


@dataclass(frozen=True, slots=True)
class Marked:
    """What takes each mark back, and why others were not made; by conversation. Of what is so already neither."""

    undos: dict[int, Undo] = field(default_factory=dict)
    refused: dict[int, NotAllowed] = field(default_factory=dict)


def mark(cursor: Cursor, seen: Mapping[int, str], actor: Actor, event: OutcomeMarked, *, more: bool = False) -> Marked:
    """Mark the leads of these conversations, each `seen` at this status; empty stands for wherever it is. What is
    marked so already is left alone, unless `more` comes with it.

    Refused is what somebody opened or closed since it was seen, what has no lead, what is over and goes on elsewhere.
    """
    done = Marked()
    places = acting.lock_all(cursor, list(seen))
    stood = _standing(cursor, places)
    for id, was in seen.items():
        try:
            _may(cursor, stood.get(id), event, was)
        except NotAllowed as problem:
            done.refused[id] = problem
    going = [place for id, place in places.items() if id not in done.refused]
    if not more:
        going = [place for place in going if not _is_so(place, stood[place.id], event)]
    if event.status not in OVER:
        done.refused.update(_not_opened(cursor, going))
        going = [place for place in going if place.id not in done.refused]
    if going:
        _write(cursor, going, actor, event)
    done.undos.update({place.id: _undo(place, stood[place.id], event) for place in going})
    return done


def _may(cursor: Cursor, stood: Standing | None, event: OutcomeMarked, was: str) -> None:
    """Raises `NotAllowed` where this lead may not be marked."""
    if stood is None:
        raise NotAllowed("There is no lead in this conversation. A missed call makes one.")
    acting.stands(cursor, stood.conversation, stood.lead, event.status, was or stood.lead)


def _is_so(place: Place, stood: Standing, event: OutcomeMarked) -> bool:
    """Would it only be said once more? Not where a reason is given, or something is open that the mark settles."""
    said_more = bool(event.reason) or event.undoes is not None
    settles = stood.todos or stood.texts or stood.page or (event.status in OVER and place.done_at is None)
    settles = settles or (place.ended and event.status not in OVER)
    return stood.lead == event.status and not said_more and not settles


def _not_opened(cursor: Cursor, places: Sequence[Place]) -> dict[int, NotAllowed]:
    """Open those again that are over; why not where the customer has begun another."""
    over = [place.id for place in places if place.ended]
    opened = acting.open_all_again(cursor, over) if over else set()
    return {id: acting.goes_on_elsewhere() for id in over if id not in opened}


def _write(cursor: Cursor, places: Sequence[Place], actor: Actor, event: OutcomeMarked) -> None:
    ids = [place.id for place in places]
    turns.withdraw(cursor, dict.fromkeys(ids, f"{actor.name} took the conversation."))
    events = [ledger.Own(business=place.business, conversation=place.id, event=event, bump=1) for place in places]
    ledger.record(cursor, events, clock.now())
    # The board shows the move at once, and nothing is to do any more; the turn that follows writes the same.
    if event.status in OVER:
        closes = CloseTodos(kinds=get_args(TodoKind), outcome="done", but=STAYS.get(event.status, ""))
        turns.close_todos(cursor, ids, closes, event.at)
    cursor.execute(
        "UPDATE lead SET status = %s, updated_at = %s WHERE conversation_id = ANY(%s)", [event.status, event.at, ids]
    )
    # What `_done_then` says, in one statement for all.
    cursor.execute(
        """
        UPDATE conversation SET last_at = GREATEST(last_at, %(at)s),
            done_at = CASE WHEN %(over)s THEN COALESCE(done_at, %(at)s) WHEN %(booked)s THEN done_at END
        WHERE id = ANY(%(ids)s)
        """,
        {"ids": ids, "at": event.at, "over": event.status in OVER, "booked": event.status == "booked"},
    )
    bell.ring(cursor, bell.TURN)


def _done_then(place: Place, event: OutcomeMarked) -> datetime | None:
    """A matter that is over is done at the desk, one that is open is not."""
    if event.status in OVER:
        return place.done_at or event.at
    return place.done_at if event.status == "booked" else None


def _undo(place: Place, stood: Standing, event: OutcomeMarked) -> Undo:
    return Undo(
        act="outcome",
        business=place.business,
        id=place.id,
        at=event.at,
        due=stood.due,
        words=stood.words,
        ids=stood.texts,
        done_at=place.done_at,
        done_then=_done_then(place, event),
        others=(stood.again(),),
    )


def _standing(cursor: Cursor, places: Mapping[int, Place]) -> dict[int, Standing]:
    """What stands in each of these that has a lead (`mistakes.standing`); the leads are locked."""
    cursor.execute(_STANDING, [list(places)])
    return {
        id: Standing(
            business=places[id].business,
            conversation=id,
            lead=lead,
            todos=tuple(todos),
            texts=tuple(texts),
            page=str(page or ""),
            due=due,
        )
        for id, lead, todos, texts, page, due in cursor.fetchall()
    }


_STANDING = f"""
SELECT l.conversation_id, l.status,
       ARRAY(SELECT t.id FROM todo t WHERE t.conversation_id = l.conversation_id AND t.closed_at IS NULL),
       ARRAY(SELECT m.id FROM message m WHERE m.conversation_id = l.conversation_id AND m.status = 'queued'
                 AND m.author = 'machine' ORDER BY m.id),
       (SELECT p.id FROM page p WHERE p.conversation_id = l.conversation_id AND p.taken_at IS NULL),
       {LOOKED_AT_AGAIN}
FROM lead l JOIN conversation c ON c.id = l.conversation_id
WHERE l.conversation_id = ANY(%s) ORDER BY l.conversation_id FOR NO KEY UPDATE OF l
"""  # noqa: S608  constants of modules
