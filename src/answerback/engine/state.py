"""Where a conversation stands: its phases and their moves as data, and everything `decide` remembers.

`MOVES` is the whole state machine; the diagram in docs/conversation.md is drawn from it and `decide` refuses a move
that is not in it. The state holds no text of the customer's beyond the answers we asked for.
"""

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from answerback.engine.effects import ConsentState, LeadStatus, TodoKind
from answerback.engine.events import CallFact, LineType
from answerback.engine.playbook import MissedReason
from answerback.engine.reading import AskedAbout, Urgency
from answerback.engine.times import Times

__all__ = ["MOVES", "PHASES", "Contact", "Known", "Miss", "Phase", "State", "Taken", "changed"]

Phase = Literal["quiet", "greeting", "learning", "offered", "callback", "booked", "human", "resting", "closed"]

PHASES: dict[Phase, str] = {
    "quiet": "Nothing was missed yet, or nothing may be said: we listen.",
    "greeting": "The first text is planned or sent; we wait for the first reply.",
    "learning": "We ask for the answers that are needed, one question at a time.",
    "offered": "Everything needed is known and a booking link is out.",
    "callback": "A person will phone the customer; a to-do stands until they did.",
    "booked": "An appointment stands.",
    "human": "A person has the conversation; the machine is silent.",
    "resting": "No reply after the nudges, or a person has spoken with them; nothing more is sent by itself.",
    "closed": "Over: said stop, wrong number, not for us, or done.",
}

MOVES: dict[Phase, frozenset[Phase]] = {
    "quiet": frozenset({"greeting", "learning", "offered", "callback", "booked", "human", "closed"}),
    "greeting": frozenset({"quiet", "learning", "offered", "callback", "booked", "human", "resting", "closed"}),
    "learning": frozenset({"offered", "callback", "booked", "human", "resting", "closed"}),
    "offered": frozenset({"learning", "callback", "booked", "human", "resting", "closed"}),
    "callback": frozenset({"learning", "offered", "booked", "human", "resting", "closed"}),
    "booked": frozenset({"learning", "offered", "callback", "human", "closed"}),
    "human": frozenset({"quiet", "greeting", "learning", "offered", "callback", "booked", "resting", "closed"}),
    "resting": frozenset({"greeting", "learning", "offered", "callback", "booked", "human", "closed"}),
    "closed": frozenset({"greeting", "learning", "human", "callback", "booked"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """The person as far as sending goes: looked up afresh for every turn, true for the whole business.

    `number` is E.164, or the word `withheld`. `untextable` says why texts cannot or must not go there.
    `first_text_at` is the last first text of this business to this person, from any of its lines.
    `consent` is why they may be texted, since `consent_at` the last time they asked for something.
    `region` (ISO 3166; empty where nobody looked), `line_type`, `zones` and `states` are what is known of the number
    and of the place they named. `elsewhere` is how many other businesses of this installation the same number has
    called within the hour, or was texted by today. `videos` are those they were ever sent. `clock` is the zone they
    read times in, where that seems to be another than the business's. `language` is the one they last wrote or spoke in
    before this conversation, None where they never did.
    """

    number: str
    suppressed: bool = False
    untextable: str | None = None
    first_text_at: datetime | None = None
    name: str | None = None
    has_open_appointment: bool = False
    consent: ConsentState = "none"
    consent_at: datetime | None = None
    region: str = ""
    line_type: LineType = "unknown"
    zones: tuple[ZoneInfo, ...] = ()
    states: tuple[str, ...] = ()
    clock: ZoneInfo | None = None
    elsewhere: int = 0
    videos: frozenset[int] = frozenset()
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One missed call that was judged: which, when, on which line, and why nobody served it.

    `doubt` says why the caller may be no customer at all (a spoofed number, a machine that calls everybody).
    """

    call: str
    at: datetime
    line: str
    reason: MissedReason
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was known of the calls before a person said what became of the one with this key, for whoever takes that
    back; `was_judged` says that it had been judged to be more than nothing, `was_aside` that nothing was made of it.
    """

    call: str
    was_judged: bool
    was_aside: bool = False
    misses: tuple[Miss, ...] = ()
    line: str | None = None
    source_line: str | None = None
    priority: int = 0
    followed_up: int = 0
    nudges: int = 0
    urgency: Urgency = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """How a conversation stood before a person took it, ended it or booked, for whoever did so by mistake.

    `timers` is the number of the newest timer right after: another one says that things have moved on since.
    `lead_after` is where the lead stood then; one that stands elsewhere by now stays there. `settled` are the kinds of
    to-dos that it closed, `opened` those that it opened, `at` is when it was done. `known` stands only where a person
    corrected a call.
    """

    timers: int
    phase: Phase
    at: datetime | None = None
    served_at: datetime | None = None
    served_by: str | None = None
    call_tries: int = 0
    held_by: str | None = None
    ended: str | None = None
    lead: LeadStatus | None = None
    lead_after: LeadStatus | None = None
    settled: tuple[TodoKind, ...] = ()
    opened: tuple[TodoKind, ...] = ()
    asked: str | None = None
    asked_about: AskedAbout = "open"
    person_asked: bool = False
    timer_at: datetime | None = None
    first_text: str | None = None
    first_text_at: datetime | None = None
    first_text_until: datetime | None = None
    sent_at: tuple[datetime, ...] = ()
    unanswered: int = 0
    callback_due: datetime | None = None
    offers: tuple[datetime, ...] = ()
    chosen: datetime | None = None
    wish: Times | None = None
    known: Known | None = None


# Without slots, unlike all other values here: a row this wide is copied some eight times a call, and a dictionary is
# copied in one step.
@dataclass(frozen=True, kw_only=True)
class State:
    """All that `decide` remembers of one conversation.

    `served_at` is when a person last spoke with them, `served_by` the call of theirs in which they did.
    `facts` are the call facts of calls not judged for good, oldest first. `judged` are call keys already decided,
    `told` what was known of them for whatever comes late (no words), `corrected` those a person has decided.
    `first_text` is the key of the text that introduced the business in this conversation, None while none was planned.
    `asked` is the slot whose question is open, `asked_about` its kind for the reader, `asked_text` the key of the
    text that asked it, `asked_at` when it was planned. `first_text_until` is when a first text that may still be
    waiting goes stale, None once it was taken back. `paged_at` is when a person was woken last, `paged` how often.
    `locked` says that somebody may be in danger: the machine never has the conversation again. `call_tries` is how
    often a person tried to phone in vain, `cleared` that a law firm's conflict check is done. `person_asked` says that
    the customer's next text answers a person's question. `todos` are the kinds of to-dos that are open, `todos_due`
    when the first of each kind is to be done (also of kinds that are closed by now).
    `source_line` is the line of the first contact, `line` that of the last. `timers` is the number of the newest nudge
    or rest timer (older ones change nothing), due at `timer_at`. `noise` are calls judged to be nothing, `aside`
    missed ones of which nothing is made, since the number is hidden or none of a customer's.
    `appointment` is the one that stands. `callback_due` is when a person promised to phone. `sent_at` are the
    times automatic texts were planned (newest last, for the caps), `unanswered` how many since the customer's last
    text, `followed_up` how many nobody had asked for since their last text or missed call. `offers` are the openings
    of the last offer in its order, `chosen` the one that is kept while a name or an address is asked for, `wish` what
    the customer last said about when. `held_timers` are the refs of reminders and videos that a person held back.
    `taken` is how it stood before the last person took it or ended it, `look_at` when somebody looks at it again who
    has taken that back, until anything happens. Lists are bounded by `decide`.
    """

    phase: Phase = "quiet"
    line: str | None = None
    language: str = "en"
    first_text: str | None = None
    facts: tuple[CallFact, ...] = ()
    judged: tuple[str, ...] = ()
    told: tuple[CallFact, ...] = ()
    corrected: tuple[str, ...] = ()
    misses: tuple[Miss, ...] = ()
    served_at: datetime | None = None
    served_by: str | None = None
    answers: dict[str, str] = field(default_factory=dict)
    service: str | None = None
    urgency: Urgency = "unknown"
    asked: str | None = None
    asked_about: AskedAbout = "open"
    asked_text: str | None = None
    asked_at: datetime | None = None
    tries: dict[str, int] = field(default_factory=dict)
    texts: int = 0
    sent_at: tuple[datetime, ...] = ()
    unanswered: int = 0
    followed_up: int = 0
    replied_at: tuple[datetime, ...] = ()
    last_text_at: datetime | None = None
    nudges: int = 0
    todos: tuple[TodoKind, ...] = ()
    todos_due: dict[str, datetime] = field(default_factory=dict)
    paged: int = 0
    paged_at: datetime | None = None
    locked: bool = False
    call_tries: int = 0
    cleared: bool = False
    person_asked: bool = False
    lead: LeadStatus | None = None
    held_by: str | None = None
    sensitive: bool = False
    ended: str | None = None
    first_text_at: datetime | None = None
    first_text_until: datetime | None = None
    source_line: str | None = None
    priority: int = 0
    noise: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    timers: int = 0
    timer_at: datetime | None = None
    appointment: str | None = None
    appointment_at: datetime | None = None
    callback_due: datetime | None = None
    offers: tuple[datetime, ...] = ()
    chosen: datetime | None = None
    wish: Times | None = None
    videos: tuple[int, ...] = ()
    held_timers: tuple[str, ...] = ()
    taken: Taken | None = None
    look_at: datetime | None = None


if TYPE_CHECKING:
    # The same function to a type checker, which knows how to check its keywords.
    from dataclasses import replace as changed
else:
    _NAMES = frozenset(each.name for each in fields(State))

    def changed(state: State, /, **changes: Any) -> State:
        """This state with some values changed: `dataclasses.replace`, without naming all that stays."""
        if not changes.keys() <= _NAMES:
            raise TypeError(f"A state has no {', '.join(sorted(changes.keys() - _NAMES))}.")
        new = object.__new__(State)
        new.__dict__.update(state.__dict__)
        new.__dict__.update(changes)
        return new
