"""Runs a conversation that really happened again, against other rules or another reading of its texts, and compares.

What came from outside (calls, texts, what people did, appointments) happens again at its own time; what the machine
did follows anew, on a virtual clock: its texts leave when they may, its timers fire. Pure: nothing is sent or written.
A replay cannot know what a customer would have answered to other words: their texts stay the ones they wrote.
"""

from bisect import insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from answerback.engine.booking_events import OpeningHeld, OpeningLost, OpeningsFound
from answerback.engine.decide import decide
from answerback.engine.decision import Case, Decision
from answerback.engine.effects import (
    FindOpenings,
    KeepConsent,
    KeepLead,
    MarkUntextable,
    OpenTodo,
    PageStaff,
    SendText,
    SetTimer,
    Suppress,
    Unsuppress,
    WithdrawTexts,
)
from answerback.engine.events import Event, TextFailed, TextUnclear, TimerDue
from answerback.engine.rules import Rules
from answerback.engine.state import Contact, State

AFTERWARDS = timedelta(days=3)
"""How long after the last event timers still fire: nudges are over by then."""

MOST_STEPS = 2_000

OUR_OWN = (TimerDue, OpeningsFound, OpeningHeld, OpeningLost, TextFailed, TextUnclear)
"""What followed from the machine's own doing: it follows anew."""

Read = Callable[[Event, State], Event]
"""Fills in the reading of a text, with the question that is open when it comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text of the replay: the machine's at the time it leaves."""

    at: datetime
    purpose: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a conversation went: where it and its lead stand, what was sent, whether somebody was woken, the to-dos."""

    phase: str
    status: str
    service: str
    urgency: str
    texts: tuple[Text, ...]
    pages: int
    todos: tuple[str, ...]
    stopped: bool

    @property
    def linked(self) -> bool:
        """Was a time or a booking link offered?"""
        return any(text.purpose in {"link", "times"} for text in self.texts)


@dataclass(slots=True, kw_only=True)
class _Run:
    rules: Rules
    key: str
    state: State
    contact: Contact
    texts: list[SendText] = field(default_factory=list)
    timers: list[tuple[datetime, int, SetTimer]] = field(default_factory=list)
    order: int = 0
    status: str = ""
    pages: int = 0
    todos: list[str] = field(default_factory=list)


def replay(rules: Rules, key: str, contact: Contact, events: Sequence[Event], read: Read) -> Ending:
    """How this conversation goes by these rules."""
    run = _Run(rules=rules, key=key, state=State(), contact=contact)
    waiting: list[Event] = sorted(
        (event for event in events if not isinstance(event, OUR_OWN)), key=lambda event: event.at
    )
    end = waiting[-1].at + AFTERWARDS if waiting else None
    for _step in range(MOST_STEPS):
        event = _next(run, waiting, end)
        if event is None:
            break
        _take(run, read(event, run.state), event.at)
    return _ending(run)


def differences(was: Ending, now: Ending) -> tuple[str, ...]:
    """In which ways it would have gone differently; empty where it would not."""
    found = []
    if [text.body for text in was.texts] != [text.body for text in now.texts]:
        found.append("texts")
    found += [
        name
        for name in ("status", "phase", "service", "urgency", "linked", "stopped")
        if getattr(was, name) != getattr(now, name)
    ]
    if bool(was.pages) != bool(now.pages):
        found.append("pages")
    if sorted(set(was.todos)) != sorted(set(now.todos)):
        found.append("todos")
    return tuple(found)


def _next(run: _Run, waiting: list[Event], end: datetime | None) -> Event | None:
    """What happens next: the event from outside or the timer, whichever is due first."""
    due = run.timers[0][0] if run.timers else None
    if waiting and (due is None or waiting[0].at <= due):
        return waiting.pop(0)
    if due is None or end is None or due > end:
        return None
    _, _, timer = run.timers.pop(0)
    return TimerDue(at=due, timer=timer.timer, ref=timer.ref)


def _take(run: _Run, event: Event, now: datetime) -> None:
    decision = _decided(run, event, now)
    asked = next((effect for effect in decision.effects if isinstance(effect, FindOpenings)), None)
    if asked is not None:
        # The calendar of then is gone: as if it had been full, which sends the conversation to a person or a link.
        _decided(run, OpeningsFound(at=now, sought=asked.sought, starts=(), fits=False, said=asked.said), now)


def _decided(run: _Run, event: Event, now: datetime) -> Decision:
    unsent = frozenset(text.key for text in run.texts if text.not_before > now)
    case = Case(key=run.key, state=run.state, contact=run.contact, unsent=unsent)
    decision = decide(run.rules, case, event, now)
    run.state = decision.state
    for effect in decision.effects:
        _follow(run, effect, now)
    return decision


def _follow(run: _Run, effect: object, now: datetime) -> None:  # noqa: C901  one line for each effect that shows
    match effect:
        case SendText():
            run.texts.append(effect)
        case WithdrawTexts():
            run.texts = [text for text in run.texts if text.not_before <= now]
        case SetTimer():
            run.order += 1
            insort(run.timers, (max(effect.due_at, now), run.order, effect))
        case KeepLead():
            run.status = effect.status
        case PageStaff():
            run.pages += 1
        case OpenTodo():
            run.todos.append(effect.title)
        case Suppress():
            run.contact = replace(run.contact, suppressed=True)
        case Unsuppress():
            run.contact = replace(run.contact, suppressed=False)
        case MarkUntextable():
            run.contact = replace(run.contact, untextable=effect.reason)
        case KeepConsent():
            run.contact = replace(run.contact, consent=effect.state, consent_at=effect.at)
        case _:
            pass


def _ending(run: _Run) -> Ending:
    state = run.state
    texts = sorted(run.texts, key=lambda text: text.not_before)
    return Ending(
        phase=state.phase,
        status=run.status,
        service=state.service or "",
        urgency=state.urgency,
        texts=tuple(Text(at=text.not_before, purpose=text.purpose, body=text.body) for text in texts),
        pages=run.pages,
        todos=tuple(run.todos),
        stopped=run.contact.suppressed,
    )
