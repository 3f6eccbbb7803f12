"""What follows when an appointment stands, moves or is given up.

A booking is confirmed in words only after its record exists. Never here: choosing a time.
"""

from datetime import datetime, timedelta

from answerback.engine import wording
from answerback.engine.draft import Draft, close_todos, consented, lead, move, withdraw
from answerback.engine.events import AppointmentBooked, AppointmentCancelled
from answerback.engine.guards import may_book
from answerback.engine.nudges import BOOKED_STAYS_OPEN, forget_timers, set_timer
from answerback.engine.sending import say, send
from answerback.engine.state import changed

CONFIRMED_WITHIN = timedelta(hours=1)


def booked(draft: Draft, event: AppointmentBooked) -> None:
    """An appointment stands: the lead is booked and the customer is told the day and time."""
    state = draft.state
    if (state.appointment, state.appointment_at) == (event.appointment, event.starts_at):
        return
    withdraw(draft, "An appointment was booked")
    draft.state = changed(
        draft.state,
        appointment=event.appointment,
        appointment_at=event.starts_at,
        asked=None,
        asked_about="open",
        callback_due=None,
        ended=None,
    )
    lead(draft, "booked")
    if event.by == "customer":
        consented(draft, "express_informational", "booking", event.at, "They booked an appointment themselves.")
    close_todos(draft, ("callback", "call_now"), "booked")
    if draft.state.phase != "human":
        move(draft, "booked")
        set_timer(draft, "rest", max(event.starts_at, draft.now) + BOOKED_STAYS_OPEN)
    else:
        forget_timers(draft)
    stale_at = min(event.at + CONFIRMED_WITHIN, event.starts_at)
    body = say(draft, draft.rules.playbook.say.booked, when=_when(draft, event.starts_at))
    send(draft, "booked", body, stale_at=stale_at)


def cancelled(draft: Draft, event: AppointmentCancelled) -> None:
    """The appointment was given up: the lead is a chance again."""
    state = draft.state
    if state.appointment is None or state.appointment != event.appointment:
        draft.note("cancelled", "The appointment given up is not the one that stands, so nothing changed.")
        return
    withdraw(draft, "The appointment was given up")
    when = _when(draft, state.appointment_at) if state.appointment_at is not None else ""
    draft.state = changed(draft.state, appointment=None, appointment_at=None)
    lead(draft, "qualified")
    forget_timers(draft)
    if draft.state.phase == "booked":
        move(draft, "offered" if may_book(draft.rules.playbook, draft.state) else "learning")
        set_timer(draft, "rest", draft.now + timedelta(days=1))
    stale_at = event.at + CONFIRMED_WITHIN
    send(draft, "cancelled", say(draft, draft.rules.playbook.say.cancelled, when=when), stale_at=stale_at)


def _when(draft: Draft, at: datetime) -> str:
    return wording.moment(at, draft.hours.zone, draft.state.language)
