"""Everything that can happen to a conversation, in the past tense.

An event is a fact: it is stored once in the ledger and never changed. `at` is when it happened in the world by the
best clock we have (the provider's, else ours), always with a zone. `TimerDue` is an event like any other: a timer is
an event with a future `due_at`, and one that fires into a state that no longer expects it changes nothing.

Never here: what follows from an event (`decide`) or how it is stored (`store.codec`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from answerback.engine.reading import Reading

LegResult = Literal["answered", "no_answer", "busy", "failed", "machine", "unknown"]
AnsweredBy = Literal["person", "machine", "ai", "unknown"]
CallOutcome = Literal[
    "answered_human",
    "answered_ai",
    "machine",
    "voicemail",
    "no_answer",
    "busy",
    "abandoned",
    "after_hours",
    "failed",
    "blocked",
    "unknown",
]
"""What the phone system says became of a call. `unknown` is kept as unknown, never read as missed or answered."""

ProviderKeyword = Literal["stop", "start", "help"]
"""A keyword the provider handled by itself: it blocked or answered already, so we must not answer again."""

Failure = Literal[
    "opted_out",
    "landline",
    "unreachable",
    "invalid_number",
    "filtered",
    "sender_unregistered",
    "volume_cap",
    "country_barred",
    "too_late",
    "retries_spent",
    "unknown",
]
"""Why a text could not be delivered, whatever the provider calls it."""

TimerName = Literal["verdict", "greet", "voicemail_clock", "nudge", "rest"]

TodoOutcome = Literal["reached", "left_voicemail", "no_answer", "wrong_number", "done", "dismissed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRang:
    """A call came in on one of our lines."""

    at: datetime
    call: str
    line: str
    forwarded_from: str | None = None
    attestation: Literal["A", "B", "C", "failed"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegEnded:
    """One attempt to reach a person at `target` for a call is over."""

    at: datetime
    call: str
    line: str
    leg: str
    target: str | None
    result: LegResult


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAnswered:
    """Somebody or something took the call; only `person` proves that the caller was served."""

    at: datetime
    call: str
    line: str
    by: AnsweredBy


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEnded:
    """The caller's leg is over. Seconds are whole, None where the provider does not say."""

    at: datetime
    call: str
    line: str
    outcome: CallOutcome
    rang_seconds: int | None = None
    talked_seconds: int | None = None
    menu_choice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicemailLeft:
    """The caller left a message of `seconds`; `media` is the provider's link to it."""

    at: datetime
    call: str
    line: str
    seconds: int
    media: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicemailTranscribed:
    """The words of a voicemail arrived; `reading` is filled in before the engine sees it."""

    at: datetime
    call: str
    line: str
    text: str
    reading: Reading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledBack:
    """A person of the business phoned the customer; `talked` is True when they spoke to each other."""

    at: datetime
    call: str
    line: str
    talked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReceived:
    """The customer texted. `reading` is filled in before the engine sees it."""

    at: datetime
    line: str
    text: str
    media: tuple[str, ...] = ()
    keyword: ProviderKeyword | None = None
    reading: Reading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFailed:
    """A text of ours did not arrive and will not be tried again. `text` is the key of the message."""

    at: datetime
    text: str
    purpose: str
    failure: Failure
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextUnclear:
    """Nobody can say whether a text of ours went out: it is never resent, a person looks at it."""

    at: datetime
    text: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TookOver:
    """A person took the conversation; the machine is silent until it is handed back."""

    at: datetime
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedBack:
    """A person gave the conversation back to the machine."""

    at: datetime
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffTexted:
    """A person of the business texted the customer (which also takes the conversation)."""

    at: datetime
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentBooked:
    """An appointment stands in the calendar."""

    at: datetime
    appointment: str
    starts_at: datetime
    service: str
    by: Literal["customer", "staff", "outside"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentCancelled:
    """An appointment was given up."""

    at: datetime
    appointment: str
    by: Literal["customer", "staff", "outside"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TodoClosed:
    """A person closed a to-do of this conversation."""

    at: datetime
    todo: str
    kind: str
    outcome: TodoOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeMarked:
    """A person said what became of the lead."""

    at: datetime
    member: str
    status: Literal["won", "lost", "not_served", "booked", "qualified"]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldToStop:
    """The customer told a person, by whatever means, to stop texting."""

    at: datetime
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerDue:
    """A moment the engine asked to be woken at has come; `ref` says for what (a call key, a nudge number)."""

    at: datetime
    timer: TimerName
    ref: str


Event = (
    CallRang
    | LegEnded
    | CallAnswered
    | CallEnded
    | VoicemailLeft
    | VoicemailTranscribed
    | CalledBack
    | TextReceived
    | TextFailed
    | TextUnclear
    | TookOver
    | HandedBack
    | StaffTexted
    | AppointmentBooked
    | AppointmentCancelled
    | TodoClosed
    | OutcomeMarked
    | ToldToStop
    | TimerDue
)

CallFact = CallRang | LegEnded | CallAnswered | CallEnded | VoicemailLeft | VoicemailTranscribed | CalledBack

EVENT_TYPES: tuple[type[Event], ...] = get_args(Event)
