"""What people know better than the machine: what became of a call, and whose number it is.

Their word counts at once and is learned from. Each correction hands out what takes it back, with what was learned.
Never here: what follows from it (`engine.calls`, `engine.handoff`).
"""

from typing import Literal, cast

from answerback.engine.desk_events import SaidByMistake
from answerback.engine.events import NumberIs, NumberMarked, VerdictCorrected
from answerback.store.queries import calls, ledger
from answerback.store.queries.calls import CallRow
from answerback.store.queries.rows import Cursor
from answerback.workflow import acting, bell, clock, handling, lessons, mistakes, transaction
from answerback.workflow.acting import Place, act
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import Undo


def correct_call(
    conversation: int, actor: Actor, call: str, came: Literal["served", "missed"], *, by_voicemail: bool = False
) -> Undo:
    """This member knows better what became of a call; it counts at once. Raises `NotAllowed` for a call unknown here.

    `by_voicemail` says that the shop's own phone let its voicemail pick up. What the line learns of it, or of a person
    who took what was taken for its voicemail, is in the `fields` (`lessons.taught`).
    """
    return transaction.run(
        lambda cursor: _corrected(cursor, conversation, actor, call, came, by_voicemail=by_voicemail)
    )


def call_as_before(asked: Undo, actor: Actor) -> None:
    """What was said of a call was a mistake: it counts as before, and the line knows what it knew, or what it has
    learned since.
    """
    transaction.run(lambda cursor: _call_as_before(cursor, asked, actor))


def mark_number(conversation: int, actor: Actor, number_is: NumberIs) -> Undo:
    """This member says whose number it is; remembered for every call to come. Raises `NotAllowed` for a hidden one."""
    return transaction.run(lambda cursor: _mark_number(cursor, conversation, actor, number_is))


def number_as_before(asked: Undo, actor: Actor) -> None:
    """What was said at `asked.at` of whose number it is was a mistake: it is known as before, and all goes on."""
    transaction.run(lambda cursor: _number_as_before(cursor, asked, actor))


def _corrected(
    cursor: Cursor,
    conversation: int,
    actor: Actor,
    call: str,
    came: Literal["served", "missed"],
    *,
    by_voicemail: bool,
) -> Undo:
    known, place = _correct(cursor, conversation, actor, call, came, by_voicemail=by_voicemail)
    took: lessons.Took = "voicemail" if by_voicemail else "person" if came == "served" and known.missed else "nobody"
    told = lessons.Told(call=call, took=took, seconds=known.picked_up_after, at=clock.now(), by=actor.member)
    came_of_it, was, now = lessons.learn(cursor, place.business, known.line, told)
    return Undo(
        act="call",
        business=place.business,
        id=place.id,
        words=f"{call} {'missed' if known.missed else 'served'}",
        fields=lessons.kept(came_of_it, known.picked_up_after, was, now),
    )


def _call_as_before(cursor: Cursor, asked: Undo, actor: Actor) -> None:
    call, came = asked.words.rsplit(" ", 1)
    _correct(cursor, asked.id, actor, call, cast("Literal['served', 'missed']", came))
    lessons.unlearn(cursor, asked.fields)


def _correct(
    cursor: Cursor,
    conversation: int,
    actor: Actor,
    call: str,
    came: Literal["served", "missed"],
    *,
    by_voicemail: bool = False,
) -> tuple[CallRow, Place]:
    """The call as it was known before, and whose it is."""
    known = next((row for row in calls.of_conversation(cursor, conversation, limit=1000) if row.call == call), None)
    if known is None:
        raise NotAllowed("This conversation has no such call. Look at the page again: it may have changed.")
    event = VerdictCorrected(
        at=clock.now(),
        member=actor.name,
        call=call,
        line=known.line,
        called_at=known.at,
        came=came,
        by_voicemail=by_voicemail,
    )
    return known, act(cursor, conversation, actor, event, holds=None)


def _mark_number(cursor: Cursor, conversation: int, actor: Actor, number_is: NumberIs) -> Undo:
    now = clock.now()
    place = acting.lock(cursor, conversation)
    stood = mistakes.standing(cursor, place.business, place.id)
    event = NumberMarked(at=now, member=actor.name, number_is=number_is)
    if number_is == "customer":  # A customer is texted as planned.
        ledger.record(cursor, [ledger.Own(business=place.business, conversation=place.id, event=event)], now)
        bell.ring(cursor, bell.TURN)
    else:
        act(cursor, conversation, actor, event, holds=None)
    if not place.number.startswith("+"):
        raise NotAllowed("This caller withheld their number, so there is nothing to remember it by.")
    cursor.execute(
        "SELECT number_is FROM known_number WHERE business_id = %s AND number = %s", [place.business, place.number]
    )
    before = (cursor.fetchone() or ("",))[0]
    cursor.execute(
        """
        INSERT INTO known_number (business_id, number, number_is, member_id, at) VALUES (%s, %s, %s, %s, %s)
        ON CONFLICT (business_id, number) DO UPDATE
        SET number_is = excluded.number_is, member_id = excluded.member_id, at = excluded.at
        """,
        [place.business, place.number, number_is, actor.member, now],
    )
    return Undo(
        act="number",
        business=place.business,
        id=place.id,
        at=now,
        words=stood.words,
        ids=stood.texts,
        fields=(before,),
        others=(stood.again(),),
    )


def _number_as_before(cursor: Cursor, asked: Undo, actor: Actor) -> None:
    place, (before,) = acting.lock(cursor, asked.id), asked.fields
    if before:
        statement = "UPDATE known_number SET number_is = %s WHERE business_id = %s AND number = %s"
        cursor.execute(statement, [before, place.business, place.number])
    else:
        cursor.execute(
            "DELETE FROM known_number WHERE business_id = %s AND number = %s", [place.business, place.number]
        )
    said = SaidByMistake(at=clock.now(), member=actor.name, what="number", said_at=asked.at)
    mistakes.never_said(cursor, asked, said)
    handling.log(cursor, place.business, place.id, actor, "mistaken")
