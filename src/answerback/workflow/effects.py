"""Gathers what was decided for each conversation of a turn, and writes it all down in a few bulk statements.

The order of what was decided is kept within a conversation: a text planned and taken back in the same turn is
written as withdrawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never, cast

import msgspec
from django.conf import settings

from answerback.engine.booking_events import AppointmentReopened
from answerback.engine.decision import Decision
from answerback.engine.due import first_look
from answerback.engine.effects import (
    ClosePages,
    CloseTodos,
    ConsentState,
    Effect,
    EndConversation,
    FindOpenings,
    GiveUpAppointment,
    KeepConsent,
    KeepLead,
    MarkUntextable,
    OpenTodo,
    PageStaff,
    PauseSender,
    SendAfterAll,
    SendText,
    SetTimer,
    Suppress,
    TakeOpening,
    Unsuppress,
    WithdrawTexts,
)
from answerback.engine.events import CallEnded, CallRang, Event, TextReceived, TimerDue, VoicemailLeft
from answerback.engine.receipt import DecisionReceipt
from answerback.engine.state import State
from answerback.engine.undone import kept, takes_back
from answerback.store import codec
from answerback.store.queries import ledger, showings, turns, waiting
from answerback.store.queries.advice import Kept
from answerback.store.queries.rows import Cursor, raw
from answerback.store.queries.showings import ShowingRow
from answerback.store.queries.turns import LeadRow, Outcome, TextRow, TodoRow, Woken
from answerback.workflow import bell, contacts, links, pages, receipts, relay, traces, video_links
from answerback.workflow.advice import Question
from answerback.workflow.directory import Known


@dataclass(slots=True, kw_only=True)
class Draft:
    """What one conversation's turn has come to so far. `lately` is what the customer wrote a moment ago."""

    woken: Woken
    known: Known
    state: State
    unsent: set[str]
    lately: str = ""
    span: traces.Span = traces.NOTHING
    advice: dict[int, Kept] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    texts: dict[str, SendText] = field(default_factory=dict)
    taken_back: list[tuple[SendText, str]] = field(default_factory=list)
    withdrawn: str = ""
    again: tuple[str, ...] = ()
    epoch: int = 0
    received: list[tuple[int, TextReceived]] = field(default_factory=list)
    timers: list[SetTimer] = field(default_factory=list)
    lead: KeepLead | None = None
    todos: list[OpenTodo | CloseTodos] = field(default_factory=list)
    paging: list[PageStaff | ClosePages] = field(default_factory=list)
    rare: list[Suppress | Unsuppress | MarkUntextable | PauseSender] = field(default_factory=list)
    consents: list[KeepConsent] = field(default_factory=list)
    receipts: list[DecisionReceipt] = field(default_factory=list)
    handled: list[int] = field(default_factory=list)
    wake_at: datetime | None = None
    ended_at: datetime | None = None
    reopens: bool = False
    due_now: bool = False
    suppressed: bool = False
    untextable: str | None = None
    consent: ConsentState = "none"
    consent_at: datetime | None = None
    shown: frozenset[int] = frozenset()
    ahead: int = 0
    asks: FindOpenings | TakeOpening | GiveUpAppointment | None = None
    learned: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.epoch = self.woken.epoch
        self.ended_at = self.woken.ended_at
        self.suppressed = self.woken.suppressed
        self.untextable = self.woken.untextable
        self.consent, self.consent_at = cast("ConsentState", self.woken.consent), self.woken.consent_at

    def later(self, due_at: datetime) -> None:
        """Something waits for this conversation at `due_at`."""
        self.wake_at = due_at if self.wake_at is None else min(self.wake_at, due_at)

    def take(self, event_id: int, event: Event, decision: Decision, now: datetime) -> None:
        """Add one decision."""
        self.handled.append(event_id)
        # Who calls or texts is somebody's business again, whatever the desk had put aside.
        self.reopens |= isinstance(event, TextReceived | CallRang | CallEnded | VoicemailLeft)
        self.ended_at = None if isinstance(event, AppointmentReopened) else self.ended_at
        if takes_back(event):  # What it takes back may have been decided on in this very turn.
            self.ended_at = self.woken.ended_at
            self.paging, self.todos = kept(self.paging, event), kept(self.todos, event)
        if isinstance(event, TextReceived):
            self.lately = event.text
            self.received.append((event_id, event))
        self._add_all(decision, now)

    def learn(self, event: Event, decision: Decision, now: datetime) -> None:
        """Add one decision about something this turn itself found out."""
        self.learned.append(event)
        self._add_all(decision, now)

    def _add_all(self, decision: Decision, now: datetime) -> None:
        self.state = decision.state
        self.receipts.extend(decision.receipts)
        for effect in decision.effects:
            self._add(effect, now)

    def _add(self, effect: Effect, now: datetime) -> None:  # noqa: C901  one line for each effect there is
        match effect:
            case SendText():
                self.texts[effect.key] = effect
                self.due_now |= effect.not_before <= now
                # A conversation that was over before stays over: the customer may be in a newer one by now.
                self.ended_at = self.woken.ended_at
            case WithdrawTexts():
                self._withdraw(effect.reason)
            case SendAfterAll():
                self.again, self.due_now = effect.keys, True
            case SetTimer():
                self.timers.append(effect)
                self.later(effect.due_at)
            case KeepLead():
                self.lead = effect
            case OpenTodo() | CloseTodos():
                self.todos.append(effect)
            case PageStaff() | ClosePages():
                self.paging.append(effect)
                self.due_now = True
            case FindOpenings() | TakeOpening() | GiveUpAppointment():
                # The last one counts: a later text of the same turn has changed their mind.
                self.asks = effect
            case Suppress() | Unsuppress() | MarkUntextable() | PauseSender():
                self._remember(effect)
            case KeepConsent():
                self.consents.append(effect)
                self.consent, self.consent_at = effect.state, effect.at
            case EndConversation():
                self.ended_at = now
            case _:
                assert_never(effect)

    def _withdraw(self, reason: str) -> None:
        self.epoch += 1
        self.withdrawn, self.again = reason, ()
        self.taken_back.extend((text, reason) for text in self.texts.values())
        self.unsent.update(self.texts)
        self.texts.clear()

    def _remember(self, effect: Suppress | Unsuppress | MarkUntextable | PauseSender) -> None:
        self.rare.append(effect)
        match effect:
            case Suppress() | Unsuppress():
                self.suppressed = isinstance(effect, Suppress)
            case MarkUntextable():
                self.untextable = effect.reason
            case PauseSender():
                pass


def write(cursor: Cursor, drafts: Sequence[Draft], now: datetime) -> None:
    """Write these drafts: leads before texts, reasons with them, states last."""
    if not drafts:
        return
    turns.write_leads(cursor, [_lead(draft, draft.lead, now) for draft in drafts if draft.lead])
    turns.withdraw(cursor, {draft.woken.id: draft.withdrawn for draft in drafts if draft.withdrawn})
    turns.write_texts(cursor, [row for draft in drafts for row in _texts(draft, now)])
    showings.write(cursor, [row for draft in drafts for row in _showings(draft, now)])
    _relay(cursor, drafts, now)
    turns.write_reasons(cursor, [receipts.of(draft.woken, receipt) for draft in drafts for receipt in draft.receipts])
    turns.write_consents(
        cursor, [receipts.consent(draft.woken, kept, n) for draft in drafts for n, kept in enumerate(draft.consents)]
    )
    _write_timers(cursor, drafts, now)
    _write_learned(cursor, drafts, now)
    for draft in drafts:
        _write_rare(cursor, draft, now)
    turns.write_outcomes(
        cursor, [_outcome(draft, now) for draft in drafts], [id for draft in drafts for id in draft.handled], now
    )


def _relay(cursor: Cursor, drafts: Sequence[Draft], now: datetime) -> None:
    """What a customer writes while a person has the conversation goes to that person's phone, where they want it."""
    came = [(each.woken.id, f"in:{id}") for each in drafts if each.state.phase == "human" for id, _ in each.received]
    if came and relay.forward(cursor, [id for id, _ in came], [key for _, key in came], now):
        bell.ring(cursor, bell.TEXT)


def _lead(draft: Draft, lead: KeepLead, now: datetime) -> LeadRow:
    return LeadRow(
        business=draft.woken.business,
        contact=draft.woken.contact,
        conversation=draft.woken.id,
        line=draft.known.lines.get(lead.source_line, draft.woken.line),
        status=lead.status,
        service=lead.service or "",
        urgency=lead.urgency,
        missed_reason=lead.missed_reason or "",
        priority=lead.priority,
        answers=raw(codec.encode(lead.answers)),
        next_step=lead.next_step[:120],
        next_step_at=lead.next_step_at,
        at=now,
    )


def _texts(draft: Draft, now: datetime) -> list[TextRow]:
    incoming = [_incoming(draft, id, event) for id, event in draft.received]
    gone = [_outgoing(draft, text, now, status="withdrawn", detail=why) for text, why in draft.taken_back]
    return [*incoming, *gone, *(_outgoing(draft, text, now) for text in draft.texts.values())]


def _outgoing(draft: Draft, text: SendText, now: datetime, *, status: str = "queued", detail: str = "") -> TextRow:
    first = text.purpose == "first_text"
    return TextRow(
        business=draft.woken.business,
        conversation=draft.woken.id,
        contact=draft.woken.contact,
        line=draft.known.lines.get(text.line or draft.state.line or "", draft.woken.line),
        author="machine",
        to=draft.woken.number,
        key=text.key,
        purpose=text.purpose,
        text_class=text.text_class,
        body=_with_links(draft, text, now),
        status=status,
        epoch=draft.epoch,
        priority=text.priority,
        due_at=text.not_before,
        stale_at=text.stale_at,
        cooldown_until=max(now, text.not_before) + draft.known.rules.settings.first_text_cooldown if first else None,
        detail=detail[:300],
        media=_attached(draft, text, now),
        created_at=now,
        trace=draft.span.context,
    )


def _with_links(draft: Draft, text: SendText, now: datetime) -> str:
    conversation, business = draft.woken.id, draft.woken.business
    return video_links.fill(links.fill(text.body, conversation, business, now), conversation, business, text.video, now)


def _attached(draft: Draft, text: SendText, now: datetime) -> msgspec.Raw | None:
    """The address of the file that goes along; none while no provider can reach us."""
    if text.video is None or not text.attached or not settings.PUBLIC_URL:
        return None
    return raw(codec.encode((video_links.file(draft.woken.id, text.video, text.attached, now),)))


def _showings(draft: Draft, now: datetime) -> list[ShowingRow]:
    return [
        ShowingRow(
            business=draft.woken.business,
            contact=draft.woken.contact,
            conversation=draft.woken.id,
            video=text.video,
            text=text.key,
            at=now,
        )
        for text in draft.texts.values()
        if text.video is not None
    ]


def _incoming(draft: Draft, event_id: int, event: TextReceived) -> TextRow:
    return TextRow(
        business=draft.woken.business,
        conversation=draft.woken.id,
        contact=draft.woken.contact,
        line=draft.known.lines.get(event.line, draft.woken.line),
        author="customer",
        to=event.line,
        key=f"in:{event_id}",
        purpose="",
        text_class="",
        body=event.text,
        status="received",
        epoch=draft.epoch,
        priority=0,
        due_at=None,
        stale_at=None,
        cooldown_until=None,
        detail="",
        media=raw(codec.encode(event.media)) if event.media else None,
        created_at=event.at,
        reading=raw(codec.encode(event.reading)) if event.reading else None,
    )


def _write_timers(cursor: Cursor, drafts: Sequence[Draft], now: datetime) -> None:
    timers = [
        ledger.Own(
            business=draft.woken.business,
            conversation=draft.woken.id,
            event=TimerDue(at=timer.due_at, timer=timer.timer, ref=timer.ref),
            due_at=timer.due_at,
            trace=draft.span.context,
        )
        for draft in drafts
        for timer in draft.timers
    ]
    if timers:
        ledger.write(cursor, timers, now)


def _write_learned(cursor: Cursor, drafts: Sequence[Draft], now: datetime) -> None:
    """What the turn itself found out belongs into the ledger like everything that happened."""
    learned = [
        ledger.Own(business=d.woken.business, conversation=d.woken.id, event=e) for d in drafts for e in d.learned
    ]
    if learned:
        ledger.write(cursor, learned, now, handled=True)


def _write_rare(cursor: Cursor, draft: Draft, now: datetime) -> None:
    """What few conversations need: texts that wait again, to-dos, pages, suppressions, names."""
    if draft.again:
        waiting.queue_again(cursor, draft.woken.id, draft.again, draft.epoch, now)
    for todo in draft.todos:
        if isinstance(todo, CloseTodos):
            turns.close_todos(cursor, [draft.woken.id], todo, now)
        else:
            turns.write_todos(cursor, [_todo(draft, todo, now)])
    for page in draft.paging:
        if isinstance(page, ClosePages):
            pages.close(cursor, draft.woken.id, page, now)
        else:
            pages.open_page(cursor, draft.woken, page, draft.state.service or "", now)
    for effect in draft.rare:
        contacts.remember(cursor, draft.woken, effect, now)
    if draft.lead and (name := draft.lead.answers.get("name")) and not draft.woken.name:
        contacts.introduce(cursor, draft.woken.contact, name=name)


def _todo(draft: Draft, todo: OpenTodo, now: datetime) -> TodoRow:
    return TodoRow(
        business=draft.woken.business,
        conversation=draft.woken.id,
        key=todo.key[:120],
        kind=todo.kind,
        title=todo.title[:200],
        urgent=todo.urgent,
        due_at=todo.due_at,
        opened_at=now,
        team=todo.team,
        next_at=first_look(todo.due_at, now, draft.known.rules.settings, urgent=todo.urgent),
    )


def _outcome(draft: Draft, now: datetime) -> Outcome:
    return Outcome(
        id=draft.woken.id,
        state=raw(codec.encode_state(draft.state)),
        phase=draft.state.phase,
        epoch=draft.epoch,
        wake_at=draft.wake_at,
        last_at=now if draft.receipts or draft.todos or draft.lead else None,  # An idle timer is nothing that happened.
        ended_at=draft.ended_at,
        reopens=draft.reopens,
    )
