"""Everything that can happen to a conversation, in the past tense.

An event is a fact: it is stored once in the ledger and never changed. `at` is when it happened in the world by the
best clock we have (the provider's, else ours), always with a zone. `TimerDue` is an event like any other: a timer is
an event with a future `due_at`, and one that fires into a state that no longer expects it changes nothing.

Never here: what follows from an event (`decide`) or how it is stored (`store.codec`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from answerback.engine.booking_events import BookingEvent
from answerback.engine.desk_events import DeskEvent
from answerback.engine.reading import Reading

LegResult = Literal["answered", "no_answer", "busy", "failed", "machine", "unknown"]
AnsweredBy = Literal["person", "machine", "ai", "unknown"]
CallOutcome = Literal[
    "answered_human", "answered_ai", "machine", "voicemail", "no_answer", "busy", "abandoned", "after_hours", "failed",
    "blocked", "unknown",
]  # fmt: skip
"""What the phone system says became of a call. `unknown` is kept as unknown, never read as missed or answered."""

AnswerEvidence = Literal["press_1", "bridge", "machine_detection", "phone_system"]
"""What a word about who answered rests on, strongest first.

`press_1`: the callee pressed a key to accept. `bridge`: both legs were joined, which a cell phone's own voicemail does
as well as a person. `machine_detection`: the carrier listened. `phone_system`: an office phone says which of its users
took the call. None where the provider does not say.
"""

Attestation = Literal["A", "B", "C", "failed"]
"""STIR/SHAKEN: how surely the caller's number is theirs; `failed` means that the signature is wrong."""

Screening = Literal["clear", "suspected", "spam"]
"""What the provider, or a look-up it made, thinks of the caller; None where it did not look."""

ForwardedBecause = Literal["no_answer", "busy", "unreachable", "always", "unknown"]
"""Why the shop's own carrier sent a call on to us, where it says so."""

CallStage = Literal["ringing", "greeting", "menu", "queue", "voicemail", "talking", "unknown"]
"""Where in the call the caller was when it ended."""

LineType = Literal[
    "mobile",
    "landline",
    "fixed_voip",
    "voip",
    "toll_free",
    "premium",
    "shared_cost",
    "pager",
    "voicemail",
    "unknown",
]
"""What kind of number it is, by a look-up or by a message's payload. `voip` is a number without a fixed place."""

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
    "loop",
    "media_refused",
    "unknown",
]
"""Why a text could not be delivered, whatever the provider calls it."""

SenderState = Literal["registered", "pending", "unregistered", "blocked", "unknown"]
"""May one of our numbers text people in the United States? `unknown` where the provider cannot be asked."""

NumberIs = Literal["customer", "staff", "supplier", "spam"]
"""Whose number it is, as far as texting goes: only a customer's is ever texted."""

TimerName = Literal["verdict", "greet", "voicemail_clock", "nudge", "rest", "reminder", "video"]

TodoOutcome = Literal["reached", "left_voicemail", "no_answer", "wrong_number", "done", "dismissed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRang:
    """A call came in on one of our lines.

    `forwarded_from` is the number of the shop that sent it on (E.164), `caller_name` what the network shows for the
    caller. None means that the provider does not say.
    """

    at: datetime
    call: str
    line: str
    forwarded_from: str | None = None
    forwarded_because: ForwardedBecause | None = None
    attestation: Attestation | None = None
    screening: Screening | None = None
    caller_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegEnded:
    """One attempt to reach a person at `target` for a call is over. Seconds are whole, None where nobody says."""

    at: datetime
    call: str
    line: str
    leg: str
    target: str | None
    result: LegResult
    rang_seconds: int | None = None
    talked_seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAnswered:
    """Somebody or something took the call, `at` the moment it was taken (where only the end is told, the end).

    `by` is what the phone system takes it for, `evidence` what that rests on: whether it proves a person is decided in
    `missed`. `rang_seconds` is how long `target` rang before; together with a line's known voicemail point it tells a
    person from a cell phone's own voicemail.
    """

    at: datetime
    call: str
    line: str
    by: AnsweredBy
    evidence: AnswerEvidence | None = None
    rang_seconds: int | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEnded:
    """The caller's leg is over. Seconds are whole, None where the provider does not say.

    `talked_seconds` counts from when something answered (a greeting, a menu, a person) to the end. `stage` is where
    the caller was when it ended.
    """

    at: datetime
    call: str
    line: str
    outcome: CallOutcome
    rang_seconds: int | None = None
    talked_seconds: int | None = None
    menu_choice: str | None = None
    stage: CallStage | None = None


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
    """A person of the business phoned the customer: an outgoing call, placed by us or seen on the office phone.

    `talked` is True where it is known that they spoke, False where nobody picked up, None where the phone system says
    only that something answered for `talked_seconds`. `by` is the member's name or number where it is told.
    """

    at: datetime
    call: str
    line: str
    talked: bool | None
    talked_seconds: int | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReceived:
    """The customer texted. `media` are the provider's links to pictures and the like; `reading` is filled in before
    the engine sees it.
    """

    at: datetime
    line: str
    text: str
    media: tuple[str, ...] = ()
    keyword: ProviderKeyword | None = None
    reading: Reading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTypeLearned:
    """A look-up (`looked_up`), or a message's payload, says what kind of number the customer's is. `carrier` is who
    runs it.
    """

    at: datetime
    line_type: LineType
    carrier: str = ""
    looked_up: bool = False


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
    """A person gave the conversation back to the machine.

    `undone` says that they had taken it by mistake; then `texts` are the keys of those that may leave after all.
    """

    at: datetime
    member: str
    undone: bool = False
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffTexted:
    """A person of the business texted the customer (which also takes the conversation).

    `line`, `text` and `message` (the provider's id) are set for a text written on the office phone itself, which only
    its provider tells us of; `member` is then their name there, or `the office phone`. `asks` says that they asked
    something.
    """

    at: datetime
    member: str
    line: str | None = None
    text: str = ""
    message: str = ""
    asks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentBooked:
    """An appointment stands in the calendar. `address` is where the customer said somebody shall come to."""

    at: datetime
    appointment: str
    starts_at: datetime
    service: str
    by: Literal["customer", "staff", "outside"]
    deposit: int | None = None
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentCancelled:
    """An appointment was given up."""

    at: datetime
    appointment: str
    by: Literal["customer", "staff", "outside"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TodoClosed:
    """A person closed a to-do of this conversation. `by` is their name, None where it is not told."""

    at: datetime
    todo: str
    kind: str
    outcome: TodoOutcome
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictCorrected:
    """A person says what really became of a call that came at `called_at`; `by_voicemail` that the shop's own phone's
    voicemail took it.
    """

    at: datetime
    member: str
    call: str
    line: str
    called_at: datetime
    came: Literal["served", "missed"]
    by_voicemail: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberMarked:
    """A person says whose number it is, once and for all calls to come."""

    at: datetime
    member: str
    number_is: NumberIs


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldToStop:
    """The customer told a person, by whatever means, to stop texting; `written` says that it is kept already."""

    at: datetime
    member: str
    written: bool = False


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
    | LineTypeLearned
    | TextFailed
    | TextUnclear
    | TookOver
    | HandedBack
    | StaffTexted
    | BookingEvent
    | AppointmentBooked
    | AppointmentCancelled
    | TodoClosed
    | DeskEvent
    | VerdictCorrected
    | NumberMarked
    | ToldToStop
    | TimerDue
)

CallFact = CallRang | LegEnded | CallAnswered | CallEnded | VoicemailLeft | VoicemailTranscribed | CalledBack

EVENT_TYPES: tuple[type[Event], ...] = get_args(Event)
