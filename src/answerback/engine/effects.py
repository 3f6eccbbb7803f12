"""Everything the engine can ask for, in the imperative.

An effect is a wish: `workflow.turn` writes it down in the transaction that records the event, and only then may
anything leave the building. Keys are unique within a conversation, so that asking twice is harmless.

Never here: how an effect is carried out.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from answerback.engine.booking_events import SoughtFor
from answerback.engine.events import (
    TimerName,
)
from answerback.engine.reading import Urgency
from answerback.engine.times import Times

ConsentState = Literal[
    "none",
    "inquiry",
    "inquiry_disclosed",
    "express_informational",
    "marketing_written",
    "revoked_marketing",
    "revoked_all",
    "wrong_party",
]
"""From nothing to written consent to advertising; then what ends it. `inquiry_disclosed` is an inquiry by somebody who
heard beforehand that they may be texted (source: what carriers' reviewers ask of missed-call texting).
"""

ConsentSource = Literal["call", "text", "booking", "staff", "provider", "form"]

TextClass = Literal["first_reply", "reply", "follow_up", "reminder", "marketing", "opt_out_confirmation", "help_reply"]
"""The legal kind of a text; it decides the hours and caps it is sent under (docs/sending-rules.md)."""

LeadStatus = Literal["new", "contacted", "qualified", "booked", "won", "lost", "not_served"]

OVER: frozenset[LeadStatus] = frozenset({"won", "lost", "not_served"})
"""Where a lead ends."""

TodoKind = Literal[
    "call_now", "callback", "review", "urgent", "sensitive", "failed_text", "opted_out_caller", "conflict"
]

DEPOSIT = "deposit"
"""The key of the to-do to collect one."""

STAYS: dict[LeadStatus, str] = {"won": DEPOSIT}
"""The one to-do, by its key, that stays once a lead is over like this: what was won is still to be paid."""

PRIORITY = {"urgent": 0, "reply": 1, "first_text": 2, "nudge": 3}
"""Order in which a line's due texts leave, lowest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendText:
    """Queue one text to the customer.

    `body` may hold the blanks `{link}` and `{video}`, filled with signed addresses when the text is written down: to
    book at, and to watch `video` at. `attached` is the file of the video that goes along, empty for none.
    It may leave from `not_before` and never at or after `stale_at`.
    """

    key: str
    purpose: str
    text_class: TextClass
    body: str
    priority: int
    not_before: datetime
    stale_at: datetime
    line: str | None = None
    video: int | None = None
    attached: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawTexts:
    """Take back every automatic text of this conversation that has not left yet."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendAfterAll:
    """Let these texts, which were taken back and have not gone stale, wait again: what took them back was a mistake."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTimer:
    """Wake the conversation at `due_at` with a `TimerDue`."""

    timer: TimerName
    ref: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepLead:
    """Create the lead of this conversation or bring it up to date. Written before any text can be claimed."""

    status: LeadStatus
    source_line: str
    service: str | None = None
    urgency: Urgency = "unknown"
    missed_reason: str | None = None
    priority: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    next_step: str = ""
    next_step_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTodo:
    """Ask a person of this team to do something by `due_at`. One open to-do per conversation and key."""

    key: str
    kind: TodoKind
    title: str
    due_at: datetime
    urgent: bool = False
    team: Literal["desk", "owner", "on_call"] = "desk"


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseTodos:
    """Close the conversation's open to-dos of these kinds: what they asked for has happened.

    With a `key` only the one of that name, and with `but` all except that one.
    """

    kinds: tuple[TodoKind, ...]
    outcome: str
    key: str = ""
    but: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindOpenings:
    """Look into the calendar for this customer; answered with `OpeningsFound` in the same turn.

    `wish` is what they said about when, None for any time. `said` comes back with the answer.
    """

    sought: SoughtFor
    wish: Times | None = None
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOpening:
    """Write this time down for the customer, if it is still free; answered in the same turn with what became of it.

    `hold` keeps it for some minutes only. With `appointment` that one is moved there instead.
    """

    starts_at: datetime
    name: str = ""
    address: str = ""
    hold: bool = False
    appointment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUpAppointment:
    """Cancel this appointment and free its time; answered with `AppointmentCancelled` in the same turn."""

    appointment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStaff:
    """Wake the person on call now. `summary` fits a lock screen and never names a danger as handled."""

    key: str
    reason: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePages:
    """Wake nobody any more about this conversation: a person reached the customer, or closed it."""

    how: Literal["reached", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppress:
    """Remember for the whole business that this number said stop. Permanent until START."""

    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsuppress:
    """The customer said START: information may be texted again."""

    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkUntextable:
    """Remember that this number cannot or must not get texts (landline, withheld, wrong party)."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepConsent:
    """Write down why this person may be texted from now on, or may no longer (`engine.consent`)."""

    state: ConsentState
    source: ConsentSource
    evidence: str
    at: datetime
    disclosure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseSender:
    """Send no more texts from this line for a while: the carrier refuses its texts whatever they say."""

    line: str
    reason: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EndConversation:
    """Close the conversation; a later call or text opens a new one."""

    reason: str


Effect = (
    SendText
    | WithdrawTexts
    | SendAfterAll
    | SetTimer
    | KeepLead
    | OpenTodo
    | CloseTodos
    | FindOpenings
    | TakeOpening
    | GiveUpAppointment
    | PageStaff
    | ClosePages
    | Suppress
    | Unsuppress
    | MarkUntextable
    | KeepConsent
    | PauseSender
    | EndConversation
)
