"""What a timeline says, in plain words, of each event: calls, voicemails, texts that wait, acts of staff."""

from collections.abc import Set
from typing import Literal

from answerback.engine.booking_events import AppointmentEnded, AppointmentMoved
from answerback.engine.desk_events import AgreedInWriting, FormSent, OutcomeMarked, TimerHeldBack
from answerback.engine.events import (
    AppointmentCancelled,
    CalledBack,
    CallEnded,
    CallRang,
    Event,
    HandedBack,
    NumberMarked,
    StaffTexted,
    TextReceived,
    ToldToStop,
    TookOver,
    VerdictCorrected,
    VoicemailLeft,
    VoicemailTranscribed,
)
from answerback.engine.lengths import hours_and_minutes
from answerback.engine.measures import LOST_REASONS
from answerback.store.queries.timeline_words import PLANNED

Kind = Literal[
    "call", "missed_call", "voicemail", "text_in", "text_out", "text_staff", "reason", "lead", "todo", "page",
    "wake", "appointment", "money", "staff", "note", "desk", "video",
]  # fmt: skip


def of_event(event: Event, left: set[str], noise: Set[str] = frozenset()) -> tuple[Kind, str, str] | None:
    """Kind, title and detail of its row; None for one that has none. `left` are the calls with a voicemail, `noise`
    those that count as nothing.
    """
    match event:
        case CallRang():
            return "call", "Calling now", ""
        case CallEnded():
            return _of_call(event, left, noise)
        case VoicemailLeft():
            return "voicemail", "Left a voicemail", f"{event.seconds} seconds"
        case VoicemailTranscribed():
            return "voicemail", "What the voicemail says", event.text
        case TextReceived():
            return "text_in", "Text in", event.text
        case FormSent():
            return "text_in", "Filled in a form", event.answers.get("message", event.title)
        case _:
            return _of_staff(event)


def _of_call(event: CallEnded, left: set[str], noise: Set[str]) -> tuple[Kind, str, str]:
    parts = []
    if event.rang_seconds:
        parts.append(f"It rang {event.rang_seconds} s.")
    if event.talked_seconds and event.outcome in {"answered_human", "answered_ai"}:
        parts.append(f"They talked {length(event.talked_seconds)}.")
    title, missed = _CALLS[event.outcome]
    if event.outcome == "voicemail" and event.call not in left:
        title = "Missed call: voicemail picked up, no message left"
    if missed and event.call in noise:
        title, missed = "The caller hung up at once", False
    return "missed_call" if missed else "call", title, " ".join(parts)


_CALLS: dict[str, tuple[str, bool]] = {
    "answered_human": ("Call answered", False),
    "answered_ai": ("Call answered by an assistant", False),
    "machine": ("Missed call: a machine picked up", True),
    "voicemail": ("Missed call: went to voicemail", True),
    "no_answer": ("Missed call: nobody answered", True),
    "busy": ("Missed call: the line was busy", True),
    "abandoned": ("Missed call: the caller hung up", True),
    "after_hours": ("Missed call: closed", True),
    "failed": ("Missed call: it did not go through", True),
    "blocked": ("Blocked call", False),
    "unknown": ("Call, and we were not told what became of it", False),
}


def _of_staff(event: Event) -> tuple[Kind, str, str] | None:
    match event:
        case CalledBack():
            return "staff", "Called back: they talked" if event.talked else "Called back: nobody reached", ""
        case TookOver():
            return "staff", f"{event.member} took over", "The machine is silent."
        case StaffTexted(line=str()):
            return "text_staff", f"{event.member} texted from the office phone", event.text
        case HandedBack():
            return "staff", f"{event.member} handed back", "The machine may answer again."
        case AppointmentMoved() | AppointmentEnded() | AppointmentCancelled():
            return _of_appointment(event)
        case OutcomeMarked() if event.undoes is not None:
            return "staff", f"{event.member} took a mark back: {event.status.replace('_', ' ')} again", ""
        case OutcomeMarked():
            return (
                "staff",
                f"{event.member} marked it {event.status.replace('_', ' ')}",
                LOST_REASONS.get(event.reason, event.reason),
            )
        case _:
            return _of_word(event)


def _of_word(event: Event) -> tuple[Kind, str, str] | None:
    """What a person said about a call, a number or a plan."""
    match event:
        case VerdictCorrected():
            said = "that somebody took this call" if event.came == "served" else "that nobody took this call"
            return "staff", f"{event.member} said {said}", "It counts from now on."
        case NumberMarked():
            return "staff", f"{event.member} said whose number this is: {event.number_is}", "Remembered for every call."
        case _:
            return _of_wish(event)


def _of_wish(event: Event) -> tuple[Kind, str, str] | None:
    match event:
        case AgreedInWriting():
            return "staff", f"{event.member} wrote down that they agreed in writing", event.evidence
        case TimerHeldBack(timer=timer):
            if event.after_all:
                return "staff", f"{event.member} let it go after all: {PLANNED[timer]}", ""
            return "staff", f"{event.member} held it back: {PLANNED[timer]}", ""
        case ToldToStop():
            return "staff", f"{event.member} was told to stop texting", "No text goes to this number any more."
        case _:
            return None


def _of_appointment(event: AppointmentMoved | AppointmentEnded | AppointmentCancelled) -> tuple[Kind, str, str]:
    match event:
        case AppointmentMoved():
            return "appointment", "Appointment moved", f"by the {event.by}"
        case AppointmentEnded():
            return "appointment", "The appointment took place" if event.kept else "Nobody was at the appointment", ""
        case AppointmentCancelled():
            return "appointment", "Appointment cancelled", f"by the {event.by}"


def same_rule(event: Event) -> str:
    """The rule of the receipt that says the same once more."""
    match event:
        case TookOver():
            return "took over"
        case HandedBack():
            return "handed back"
        case TimerHeldBack():
            return event.timer
        case _:
            return ""


def length(seconds: int) -> str:
    """How long a call rang or was talked, to the second; from an hour on to the minute."""
    minutes, rest = divmod(seconds, 60)
    if minutes >= 60:
        return hours_and_minutes(minutes)
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"
