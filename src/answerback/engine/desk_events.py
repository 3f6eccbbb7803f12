"""What people at the desk say about a lead, their to-dos, consent and plans, and what somebody wrote in a form.

These are events like all others (`engine.events` lists them); what follows from one is decided elsewhere.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from answerback.engine.playbook import MissedReason


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeMarked:
    """A person said what became of the lead, or that it is open after all.

    `undoes` is when somebody had said what this takes back; `texts` are the keys of those that may leave after all,
    `look_at` is when the lead was to be looked at again, where nothing else says what comes next.
    """

    at: datetime
    member: str
    status: Literal["new", "contacted", "qualified", "booked", "won", "lost", "not_served"]
    reason: str = ""
    undoes: datetime | None = None
    texts: tuple[str, ...] = ()
    look_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TodoReopened:
    """A person took back that they had closed a to-do: it is asked for as before.

    `closed_at` is when they had closed it, None where it is opened anew long after. `let_go` is who had the
    conversation by it and has it no more, `instead` the kind of the to-do that asked for another try and is gone,
    `texts` are the keys of those that may leave after all.
    """

    at: datetime
    todo: str
    kind: str
    closed_at: datetime | None = None
    let_go: str = ""
    instead: str = ""
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedInWriting:
    """A person wrote down that the customer agreed in writing to be texted; `words` are those they had before them."""

    at: datetime
    member: str
    evidence: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerHeldBack:
    """A person said that what was planned for `due_at` shall not be done, or (`after_all`) that it shall.

    `timer` and `ref` are those of the timer.
    """

    at: datetime
    member: str
    timer: Literal["nudge", "reminder", "video"]
    ref: str
    due_at: datetime
    after_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSent:
    """Somebody filled in a form of the business. `answers` by slot; `title` is what a person is asked to call about.

    `agreed` is what they agreed to in writing about texts, in the form's own words, empty where it asked for nothing.
    """

    at: datetime
    line: str
    title: str
    answers: dict[str, str]
    agreed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidByMistake:
    """A person took back what they had entered of the customer: that they said stop, that it is a wrong number, that
    they called and spoke with them, whose number it is, or what became of a call.

    `consent` (one of `effects.ConsentState`) is why they could be texted before, since `consent_at`; `said_at` is when
    it was entered, where that is known; `let_go` is who had the conversation by it and has it no more; `texts` are the
    keys of those that may leave after all. Of a `call` that came at `called_at` on this `line`, `reason` is why it had
    counted as missed, empty where it had not, `texted` that the customer has had a text because of what was said,
    `lead_stays` that the lead it made is known elsewhere, and `moved_on` that other things have happened since.
    """

    at: datetime
    member: str
    what: Literal["stop", "wrong_number", "called", "number", "call"]
    consent: str = "none"
    consent_at: datetime | None = None
    said_at: datetime | None = None
    let_go: str = ""
    texts: tuple[str, ...] = ()
    call: str = ""
    line: str = ""
    called_at: datetime | None = None
    reason: MissedReason | Literal[""] = ""
    texted: bool = False
    lead_stays: bool = False
    moved_on: bool = False


DeskEvent = OutcomeMarked | TodoReopened | AgreedInWriting | TimerHeldBack | FormSent | SaidByMistake
