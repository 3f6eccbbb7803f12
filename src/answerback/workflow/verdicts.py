"""What people know better than the machine: what became of a call, and whose number it is.

Their word counts at once and is learned from. Each correction hands out what takes it back, with what was learned.
Never here: what follows from it (`engine.calls`, `engine.handoff`).
"""

from dataclasses import replace
from datetime import datetime
from typing import Literal, cast

import msgspec

from answerback.engine.desk_events import SaidByMistake
from answerback.engine.events import NumberIs, NumberMarked, VerdictCorrected
from answerback.engine.playbook import MissedReason
from answerback.engine.unsaid import MISTAKEN
from answerback.store.queries import calls, ledger, unsaid
from answerback.store.queries.calls import CallRow
from answerback.store.queries.rows import Cursor
from answerback.workflow import acting, bell, clock, handling, lessons, mistakes, transaction
from answerback.workflow.acting import act
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import Left, Undo


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


def call_as_before(asked: Undo, actor: Actor) -> Left | None:
    """What was said of a call at `asked.at` was a mistake: it counts as before, all that came of it is gone, and the
    line knows what it knew, or what it has learned since. Says so where the customer was texted because of it.
    """
    return transaction.run(lambda cursor: _call_as_before(cursor, asked, actor))


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
    place = acting.lock(cursor, conversation)
    stood = mistakes.standing(cursor, place.business, place.id)
    known, at = _correct(cursor, conversation, actor, call, came, by_voicemail=by_voicemail)
    took: lessons.Took = "voicemail" if by_voicemail else "person" if came == "served" and known.missed else "nobody"
    told = lessons.Told(call=call, took=took, seconds=known.picked_up_after, at=at, by=actor.member)
    came_of_it, was, now = lessons.learn(cursor, place.business, known.line, told)
    return Undo(
        act="call",
        business=place.business,
        id=place.id,
        at=at,
        words=msgspec.json.encode(_Was.of(known, stood.words)).decode(),
        ids=stood.texts,
        others=(stood.again(),),
        fields=lessons.kept(came_of_it, known.picked_up_after, was, now),
    )


class _Was(msgspec.Struct, kw_only=True):
    """The call as it counted, empty `reason` for one that was not missed; `stood` as `mistakes.Standing` has it."""

    call: str
    line: str
    at: datetime
    reason: MissedReason | Literal[""]
    stood: str

    @classmethod
    def of(cls, known: CallRow, stood: str) -> "_Was":
        reason = cast("MissedReason | Literal['']", known.reason if known.missed else "")
        return cls(call=known.call, line=known.line, at=known.at, reason=reason, stood=stood)


def _call_as_before(cursor: Cursor, asked: Undo, actor: Actor) -> Left | None:
    now, was = clock.now(), msgspec.json.decode(asked.words, type=_Was)
    place = acting.lock(cursor, asked.id)
    came_at, moved_on = unsaid.came_at(cursor, place.id, asked.at) if asked.at else (None, False)
    lead_stays, texted = not was.stood.partition(" ")[0], False
    if came_at is not None and not moved_on:
        texted = unsaid.texted(cursor, place.id, came_at, MISTAKEN)
        if not texted:
            unsaid.no_todos(cursor, place.id, came_at, now)
            lead_stays = lead_stays and not unsaid.no_lead(cursor, place.id, came_at)
    said = SaidByMistake(
        at=now,
        member=actor.name,
        what="call",
        said_at=asked.at,
        call=was.call,
        line=was.line,
        called_at=was.at,
        reason=was.reason,
        texted=texted,
        lead_stays=lead_stays,
        moved_on=moved_on,
    )
    mistakes.never_said(cursor, replace(asked, words=was.stood), said)
    lessons.unlearn(cursor, asked.fields)
    handling.log(cursor, place.business, place.id, actor, "unsaid")
    return "texted" if texted else None


def _correct(
    cursor: Cursor,
    conversation: int,
    actor: Actor,
    call: str,
    came: Literal["served", "missed"],
    *,
    by_voicemail: bool = False,
) -> tuple[CallRow, datetime]:
    """The call as it was known before, and when this was said."""
    known = next((row for row in calls.of_conversation(cursor, conversation, limit=1000) if row.call == call), None)
    if known is None:
        raise NotAllowed("This conversation has no such call. Look at the page again: it may have changed.")
    now = clock.now()
    event = VerdictCorrected(
        at=now,
        member=actor.name,
        call=call,
        line=known.line,
        called_at=known.at,
        came=came,
        by_voicemail=by_voicemail,
    )
    act(cursor, conversation, actor, event, holds=None)
    return known, now


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
