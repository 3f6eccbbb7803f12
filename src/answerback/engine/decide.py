"""Decides what follows from one event in one conversation: the whole of it, in one pure function.

It is handed the business's rules, the conversation, the event and the time, and returns the new state, the effects it
wishes for and why. It never reads a clock, a database or a network, never raises, and never does anything itself.
"""

from datetime import datetime
from typing import assert_never

from answerback.engine import (
    appointments,
    calls,
    choosing,
    failures,
    forms,
    handoff,
    holding_back,
    nudges,
    reply,
    triggers,
    undone,
    videos,
)
from answerback.engine.booking_events import (
    AppointmentEnded,
    AppointmentMoved,
    AppointmentReopened,
    AppointmentTakenBack,
    OpeningHeld,
    OpeningLost,
    OpeningsFound,
)
from answerback.engine.decision import Case, Decision
from answerback.engine.desk_events import (
    AgreedInWriting,
    FormSent,
    OutcomeMarked,
    SaidByMistake,
    TimerHeldBack,
    TodoReopened,
)
from answerback.engine.draft import Draft, begin, finish
from answerback.engine.events import (
    AppointmentBooked,
    AppointmentCancelled,
    CallAnswered,
    CalledBack,
    CallEnded,
    CallRang,
    Event,
    HandedBack,
    LegEnded,
    LineTypeLearned,
    NumberMarked,
    StaffTexted,
    TextFailed,
    TextReceived,
    TextUnclear,
    TimerDue,
    TodoClosed,
    ToldToStop,
    TookOver,
    VerdictCorrected,
    VoicemailLeft,
    VoicemailTranscribed,
)
from answerback.engine.rules import Rules
from answerback.engine.state import changed


def decide(rules: Rules, case: Case, event: Event, now: datetime) -> Decision:
    """What follows from this event; the same answer to the same question, for ever."""
    draft = begin(rules, case, now)
    draft.about = _call_of(event)
    if draft.state.look_at is not None and not isinstance(event, TimerDue):
        draft.state = changed(draft.state, look_at=None)
    _follow(draft, event)
    videos.notice(draft)
    return finish(draft)


def _call_of(event: Event) -> str:
    """The call an event is about, empty where it is about none; what our own people placed is no call of theirs."""
    match event:
        case CallRang() | LegEnded() | CallAnswered() | CallEnded() | VoicemailLeft() | VoicemailTranscribed():
            return event.call
        case VerdictCorrected():
            return event.call
        case TimerDue(timer="verdict" | "voicemail_clock"):
            return event.ref
        case _:
            return ""


def _follow(draft: Draft, event: Event) -> None:  # noqa: C901, PLR0912  one line for each event there is
    match event:
        case CallRang() | LegEnded() | CallAnswered() | CallEnded() | VoicemailLeft():
            calls.happened(draft, event)
        case VoicemailTranscribed() | CalledBack():
            calls.happened(draft, event)
        case TextReceived():
            reply.received(draft, event)
        case LineTypeLearned():
            failures.line_type_learned(draft, event)
        case TextFailed():
            failures.failed(draft, event)
        case TextUnclear():
            failures.unclear(draft, event)
        case TookOver() | StaffTexted():
            handoff.took_over(draft, event)
        case HandedBack():
            handoff.handed_back(draft, event)
        case AppointmentBooked():
            appointments.booked(draft, event)
        case OpeningsFound():
            choosing.found(draft, event)
        case OpeningHeld():
            choosing.held(draft, event)
        case OpeningLost():
            choosing.lost(draft, event)
        case AppointmentMoved() | AppointmentEnded() | AppointmentReopened() | AppointmentTakenBack():
            _follow_appointment(draft, event)
        case AppointmentCancelled():
            appointments.cancelled(draft, event)
        case (
            TodoClosed()
            | TodoReopened()
            | TimerHeldBack()
            | OutcomeMarked()
            | FormSent()
            | VerdictCorrected()
            | NumberMarked()
            | ToldToStop()
            | AgreedInWriting()
            | SaidByMistake()
        ):
            _follow_desk(draft, event)
        case TimerDue():
            _timer(draft, event)
        case _:
            assert_never(event)


def _follow_appointment(
    draft: Draft, event: AppointmentMoved | AppointmentEnded | AppointmentReopened | AppointmentTakenBack
) -> None:
    """What became of an appointment that stood."""
    match event:
        case AppointmentMoved():
            appointments.moved(draft, event)
        case AppointmentEnded():
            appointments.ended(draft, event)
        case AppointmentReopened():
            appointments.reopened(draft, event)
        case AppointmentTakenBack():
            appointments.taken_back(draft, event)
        case _:
            assert_never(event)


def _follow_desk(  # noqa: C901  one line for each event there is
    draft: Draft,
    event: TodoClosed
    | TodoReopened
    | TimerHeldBack
    | OutcomeMarked
    | FormSent
    | VerdictCorrected
    | NumberMarked
    | ToldToStop
    | AgreedInWriting
    | SaidByMistake,
) -> None:
    """What people said or did about it, by hand or by a form of theirs."""
    match event:
        case TodoClosed():
            handoff.todo_closed(draft, event)
        case TodoReopened():
            undone.todo_reopened(draft, event)
        case TimerHeldBack():
            holding_back.held_back(draft, event)
        case OutcomeMarked():
            undone.outcome_undone(draft, event) if event.undoes else handoff.outcome_marked(draft, event)
        case FormSent():
            forms.sent(draft, event)
        case VerdictCorrected():
            calls.corrected(draft, event)
        case NumberMarked():
            handoff.number_marked(draft, event)
        case ToldToStop():
            handoff.told_to_stop(draft, event)
        case SaidByMistake():
            undone.said_by_mistake(draft, event)
        case AgreedInWriting():
            handoff.agreed_in_writing(draft, event)
        case _:
            assert_never(event)


def _timer(draft: Draft, event: TimerDue) -> None:
    match event.timer:
        case "verdict":
            calls.verdict_due(draft, event)
        case "voicemail_clock":
            triggers.voicemail_clock_due(draft, event)
        case "nudge":
            nudges.nudge_due(draft, event)
        case "rest":
            nudges.rest_due(draft, event)
        case "reminder":
            appointments.reminder_due(draft, event)
        case "video":
            videos.due(draft, event)
        case "greet":
            # Nothing sets this timer: the hold before a first text is the text's own `not_before`.
            pass
        case _:
            assert_never(event.timer)
