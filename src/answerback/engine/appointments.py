"""What follows when an appointment stands, moves, is given up, draws near or is over.

A booking is confirmed in words only after its record exists. A reminder is a timer that carries the appointment and its
time: one that fires after it was moved, given up or taken over by a person says nothing. Never here: choosing a time.
"""

from datetime import datetime, timedelta

from answerback.engine.booking_events import (
    AppointmentEnded,
    AppointmentMoved,
    AppointmentReopened,
    AppointmentTakenBack,
)
from answerback.engine.choosing import TIME, forgotten
from answerback.engine.currency import amount
from answerback.engine.draft import Draft, close_todos, consented, lead, lead_as_before, move, todo, withdraw
from answerback.engine.effects import DEPOSIT, CloseTodos, SetTimer
from answerback.engine.events import (
    AppointmentBooked,
    AppointmentCancelled,
    TimerDue,
)
from answerback.engine.guards import may_book
from answerback.engine.handoff import as_before, hold, stood
from answerback.engine.nudges import BOOKED_STAYS_OPEN, forget_timers, set_timer
from answerback.engine.quiet import closes, may_text, next_time
from answerback.engine.receipt import Guard
from answerback.engine.sending import say, send, when
from answerback.engine.state import changed

CONFIRMED_WITHIN = timedelta(hours=1)

CAPS = frozenset({"texts_per_day", "unanswered", "replies_per_hour"})
"""Guards that refuse a text because of how many there were."""

NO_SHOW = "no_show"
"""The key of the to-do about a customer who did not come."""

UNDONE_WITHIN = timedelta(minutes=1)
"""What staff book or move is told a minute later, so that a slip of the hand can be undone before anybody reads of it.
"""

NO_REMINDER_WITHIN = timedelta(hours=1)
"""Somebody who has just been told the time need not be told again, and one who is on the way neither."""


def booked(draft: Draft, event: AppointmentBooked) -> None:
    """An appointment stands: the lead is booked and the customer is told the day and time."""
    state = draft.state
    if (state.appointment, state.appointment_at) == (event.appointment, event.starts_at):
        return
    withdraw(draft, "An appointment was booked")
    _answered(draft, event.by)
    draft.state = changed(
        forgotten(draft.state),
        appointment=event.appointment,
        appointment_at=event.starts_at,
        answers={**state.answers, "address": event.address} if event.address else state.answers,
        asked=None,
        asked_about="open",
        callback_due=None,
        ended=None,
    )
    lead(draft, "booked")
    if event.by == "customer":
        consented(draft, "express_informational", "booking", event.at, "They booked an appointment themselves.")
    close_todos(draft, ("callback", "call_now"), "booked")
    if event.deposit:
        due = amount(event.deposit, draft.rules.business.currency)
        todo(draft, "review", f"Collect the deposit of {due}", key=DEPOSIT)
    _stands(draft, event.starts_at)
    not_before = None
    if event.by == "staff":
        draft.state = changed(draft.state, taken=stood(state, draft.state))
        not_before = event.at + UNDONE_WITHIN
    body = say(draft, draft.rules.playbook.say.booked, when=when(draft, event.starts_at))
    stale_at = min(event.at + CONFIRMED_WITHIN, event.starts_at)
    _unsaid(draft, send(draft, "booked", body, not_before=not_before, stale_at=stale_at))


def taken_back(draft: Draft, event: AppointmentTakenBack) -> None:
    """It was booked by mistake, and the customer has not been told: everything stands as before, in silence."""
    if draft.state.appointment is None or draft.state.appointment != event.appointment:
        draft.note("cancelled", "The appointment taken back is not the one that stands, so nothing changed.")
        return
    before = draft.state.taken
    withdraw(draft, "The booking was taken back")
    draft.do(CloseTodos(kinds=("review",), outcome="dismissed", key=DEPOSIT))
    draft.state = changed(forgotten(draft.state), appointment=None, appointment_at=None)
    if as_before(draft, event.texts) and before is not None:
        draft.state = changed(draft.state, sent_at=before.sent_at, unanswered=before.unanswered)
    else:
        lead(draft, "qualified")
        forget_timers(draft)
        if draft.state.phase == "booked":
            move(draft, "learning")
    draft.note("cancelled", "A person had booked it by mistake. The customer had not been told, and is not told now.")


def moved(draft: Draft, event: AppointmentMoved) -> None:
    """The appointment that stands has another time now."""
    state = draft.state
    if state.appointment != event.appointment:
        draft.note("moved", "The appointment that was moved is not the one that stands, so nothing changed.")
        return
    if state.appointment_at == event.starts_at:
        return
    withdraw(draft, "The appointment was moved")
    _answered(draft, event.by)
    draft.state = changed(forgotten(draft.state), appointment_at=event.starts_at, asked=None, asked_about="open")
    _stands(draft, event.starts_at)
    body = say(draft, draft.rules.playbook.say.moved, when=when(draft, event.starts_at))
    not_before = event.at + UNDONE_WITHIN if event.by == "staff" else None
    stale_at = min(event.at + CONFIRMED_WITHIN, event.starts_at)
    _unsaid(draft, send(draft, "moved", body, not_before=not_before, stale_at=stale_at))


def cancelled(draft: Draft, event: AppointmentCancelled) -> None:
    """The appointment was given up: the lead is a chance again, and a new time may be named."""
    state = draft.state
    if state.appointment is None or state.appointment != event.appointment:
        draft.note("cancelled", "The appointment given up is not the one that stands, so nothing changed.")
        return
    withdraw(draft, "The appointment was given up")
    _answered(draft, event.by)
    old = when(draft, state.appointment_at) if state.appointment_at is not None else ""
    draft.state = changed(forgotten(draft.state), appointment=None, appointment_at=None)
    lead(draft, "qualified")
    forget_timers(draft)
    if draft.state.phase == "booked":
        may = may_book(draft.rules.playbook, draft.state)
        if move(draft, "offered" if may else "learning") and may:
            draft.state = changed(draft.state, asked=TIME, asked_about="time")
        set_timer(draft, "rest", draft.now + timedelta(days=1))
    stale_at = event.at + CONFIRMED_WITHIN
    body = say(draft, draft.rules.playbook.say.cancelled, when=old)
    _unsaid(draft, send(draft, "cancelled", body, stale_at=stale_at))


def ended(draft: Draft, event: AppointmentEnded) -> None:
    """A person said what became of the appointment: it took place, or nobody was there and they are to be called."""
    if draft.state.appointment != event.appointment:
        draft.note("ended", "That appointment is not the one that stands, so nothing changed.")
        return
    withdraw(draft, "The appointment is over")
    draft.state = changed(draft.state, appointment=None, appointment_at=None)
    if event.kept:
        draft.note("ended", "The appointment took place.")
        return
    lead(draft, "qualified")
    draft.note("no_show", "Nobody was there. Nothing is sent by itself; a person decides whether to call.")
    todo(draft, "callback", "Did not come to the appointment: call, or let it rest", key=NO_SHOW)


def reopened(draft: Draft, event: AppointmentReopened) -> None:
    """It was no end after all: the appointment and the lead stand as before, and nobody is asked to call about it.

    A conversation that the end had closed is a person's now, so that nothing is sent by itself.
    """
    if draft.state.appointment is not None:
        draft.note("reopened", "Another appointment stands by now, so nothing changed.")
        return
    withdraw(draft, "The appointment stands again")
    draft.do(CloseTodos(kinds=("callback",), outcome="dismissed", key=NO_SHOW))
    draft.state = changed(draft.state, appointment=event.appointment, appointment_at=event.starts_at, ended=None)
    lead_as_before(draft, event.lead)
    if draft.state.phase == "closed" and not draft.suppressed:
        hold(draft, None)
    draft.note("reopened", "A person took back what they had said: the appointment stands as before.")


def reminder_due(draft: Draft, event: TimerDue) -> None:
    """Remind the customer of an appointment that still stands as it was, if the hours allow it."""
    state, at = draft.state, draft.state.appointment_at
    if state.appointment is None or at is None or not event.ref.startswith(reminder_of(state.appointment, at)):
        return
    if event.ref in state.held_timers:
        return
    if state.phase != "booked" or draft.now >= at:
        draft.note(
            "reminder",
            "Not recalled: a person has the conversation, or the time has come.",
            verdict="not_sent",
            would_change="Handing the conversation back before the time came.",
        )
        return
    if not may_text(draft.rules.sending, draft.where, draft.now):
        later = next_time(draft.rules.sending, draft.where, draft.now)
        if later is not None and later <= at - NO_REMINDER_WITHIN:
            draft.do(SetTimer(timer="reminder", ref=event.ref, due_at=later))
        return
    body = say(draft, draft.rules.playbook.say.reminder, when=when(draft, at))
    stale_at = min(at, closes(draft.rules.sending, draft.where, draft.now))
    send(draft, "reminder", body, text_class="reminder", stale_at=stale_at)


def _unsaid(draft: Draft, refused: Guard | None) -> None:
    """A confirmation that a cap holds back is said by a person: the customer waits for it."""
    if refused is not None and refused.name in CAPS:
        todo(draft, "review", f"Tell them about their appointment by hand. {refused.evidence}", key="unconfirmed")


def _answered(draft: Draft, by: str) -> None:
    """Who acts on the page has answered us as much as by a text: what we sent waits for no answer any more."""
    if by == "customer":
        draft.state = changed(draft.state, unanswered=0)


def _stands(draft: Draft, at: datetime) -> None:
    """The phase, the end of the conversation and the reminders of an appointment at this time."""
    if draft.state.phase == "human":
        forget_timers(draft)
    else:
        move(draft, "booked")
        set_timer(draft, "rest", max(at, draft.now) + BOOKED_STAYS_OPEN)
    if draft.state.appointment is None:
        return
    for minutes in draft.rules.settings.reminders:
        due_at = at - timedelta(minutes=minutes)
        if due_at > draft.now + NO_REMINDER_WITHIN:
            ref = f"{reminder_of(draft.state.appointment, at)}{minutes}"
            draft.do(SetTimer(timer="reminder", ref=ref, due_at=due_at))


def reminder_of(appointment: str, at: datetime) -> str:
    """How the timers of this appointment's reminders begin."""
    return f"{appointment}@{at.isoformat()}-"
