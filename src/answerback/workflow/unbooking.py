"""Takes back what somebody at the desk has just booked, held or let go for a customer.

A customer who has been told of an appointment is told that it is off; nobody else hears of it. Never here: giving up an
appointment because it is not wanted any more (`calendar_desk`).
"""

import msgspec

from answerback.engine.booking_events import AppointmentTakenBack
from answerback.engine.events import AppointmentCancelled, Event
from answerback.store.queries import calendar, ledger, turns, waiting
from answerback.store.queries.rows import Cursor
from answerback.workflow import acting, appointments, bell, busy_times, clock, contacts, handling, transaction
from answerback.workflow.actors import Actor
from answerback.workflow.calendar_desk import NotPossible
from answerback.workflow.contacts import Introduced
from answerback.workflow.handling import Left, Undo


def unbook(asked: Undo, actor: Actor) -> Left | None:
    """The appointment and its calendar entry are gone, and so is the text that confirms it, or what waited is sent.

    Says so where the customer had been told of it. Raises `NotPossible` where it was moved or given up since.
    """
    return transaction.run(lambda cursor: _unbook(cursor, asked, actor))


def introduced(business: int, said: Introduced) -> Undo:
    """What takes back who a customer was said to be when they were booked for."""
    return Undo(act="introduced", business=business, id=said.contact, words=msgspec.json.encode(said).decode())


def not_introduced(asked: Undo) -> None:
    """Nobody said who they are: name and address go, except where somebody has changed them since."""
    said = msgspec.json.decode(asked.words, type=Introduced)
    transaction.run(lambda cursor: contacts.not_introduced(cursor, said))


def unhold(asked: Undo) -> None:
    """The time is free again; the one that was held before is held once more, if that can be."""
    transaction.run(lambda cursor: _unhold(cursor, asked))


def hold_again(asked: Undo) -> None:
    """The time that was let go is held once more. Raises `NotPossible` where somebody has it, or it is over."""
    if not transaction.run(lambda cursor: _hold_again(cursor, asked.id)):
        raise NotPossible("It was held until now only, or somebody has that time by now. Choose one anew.")


def _unbook(cursor: Cursor, asked: Undo, actor: Actor) -> Left | None:
    now = clock.now()
    kept = calendar.kept(cursor, asked.id)
    if kept is None:
        raise NotPossible("This appointment stands no longer. Look at the calendar again.")
    if kept.starts_at != asked.at:
        raise NotPossible("It was moved since it was booked, so it stands. Give it up on the calendar instead.")
    cursor.execute(_TOLD, [asked.id, kept.conversation])
    told = cursor.fetchone() is not None
    appointments.give_up(cursor, asked.id, now)
    turns.withdraw(cursor, {kept.conversation: "The booking was taken back."})
    texts = () if told else waiting.not_stale(cursor, asked.ids, now)
    event: Event = (
        AppointmentCancelled(at=now, appointment=str(asked.id), by="staff")
        if told
        else AppointmentTakenBack(at=now, appointment=str(asked.id), texts=texts)
    )
    ledger.record(
        cursor, [ledger.Own(business=kept.business, conversation=kept.conversation, event=event, bump=1)], now
    )
    if not told and asked.fields:
        acting.lead_as_before(cursor, kept.conversation, asked.fields[0], "booked", None, now)
    handling.log(cursor, kept.business, kept.conversation, actor, "unbooked")
    if asked.words:
        _hold_again(cursor, int(asked.words))
    bell.ring(cursor, bell.TURN)
    return "told_of_the_time" if told else None


def _unhold(cursor: Cursor, asked: Undo) -> None:
    cursor.execute("SELECT status FROM appointment WHERE id = %s FOR UPDATE", [asked.id])
    if cursor.fetchone() != ("held",):
        raise NotPossible("This time is not held any more. Look at the conversation again.")
    calendar.give_up(cursor, asked.id, clock.now())
    for earlier in asked.ids:
        _hold_again(cursor, earlier)


def _hold_again(cursor: Cursor, appointment: int) -> bool:
    now = clock.now()
    member = calendar.hold_again(cursor, appointment, now)
    if member is None:
        return False
    busy_times.look_again(cursor, member, now)
    return True


# Whatever is not waiting and was not taken back has left, or may have.
_TOLD = """
SELECT 1 FROM message m JOIN appointment a ON a.id = %s
WHERE m.conversation_id = %s AND m.purpose = 'booked' AND m.created_at >= a.created_at
  AND m.status NOT IN ('queued', 'withdrawn', 'refused') LIMIT 1
"""
