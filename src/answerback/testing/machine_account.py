"""Keeps the state machine's own account of a pretend conversation, and holds every decision against it.

Delivery is played without its own safety nets (only the epoch and lateness), so that the engine's promises are tested
and not delivery's. Never here: what happens next (`machine`).
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hypothesis.stateful import RuleBasedStateMachine

from answerback.engine.consent import suffices
from answerback.engine.decide import decide
from answerback.engine.decision import Case, Decision
from answerback.engine.desk_events import OutcomeMarked
from answerback.engine.draft import LEAD_MOVES
from answerback.engine.effects import (
    ClosePages,
    EndConversation,
    KeepLead,
    OpenTodo,
    PageStaff,
    SendText,
    SetTimer,
    Suppress,
    Unsuppress,
    WithdrawTexts,
)
from answerback.engine.events import (
    AppointmentBooked,
    CallAnswered,
    CalledBack,
    CallEnded,
    CallFact,
    Event,
    HandedBack,
    NumberMarked,
    StaffTexted,
    TextReceived,
    TimerDue,
    TodoClosed,
    TookOver,
    VerdictCorrected,
)
from answerback.engine.rota import Rota
from answerback.engine.rules import Rules
from answerback.engine.state import MOVES, Contact, State
from answerback.testing.factories import CALLER, MORNING, STAFF, after, rules
from answerback.testing.machine_pages import Board
from answerback.testing.machine_triggers import (
    clock_is_right,
    follows_its_trigger,
    keeps_a_clinics_caps,
    keeps_quiet_hours,
)

CUSTOMERS_WORDS = "zebra crossing"
"""What every pretend customer writes; it must never be seen in a text or a reason of ours."""

EXEMPT = frozenset({"opt_out_confirmation", "help_reply"})
"""Classes that the law asks for, whoever has the conversation and however much was texted."""

APPOINTMENTS = frozenset({"booked", "cancelled", "moved", "reminder"})
"""What is said of an appointment, once for each: two may be at the same time."""

SAFETY = frozenset({"life_safety", "urgent"})


@dataclass(slots=True, kw_only=True)
class Text:
    """One text in the pretend outbox."""

    conversation: int
    text: SendText
    epoch: int
    planned_at: datetime
    status: str = "queued"
    left_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Talk:
    """One pretend conversation."""

    id: int
    state: State = field(default_factory=State)
    epoch: int = 0
    ended: bool = False
    lead: KeepLead | None = None
    wrote_at: datetime | None = None
    pages: int = 0


class Account(RuleBasedStateMachine):
    """What was said, sent and promised so far, by our own count."""

    def __init__(self) -> None:
        super().__init__()
        self.shop: Rules = rules()
        self.now = MORNING
        self.contact = Contact(number=CALLER)
        self.talks = [Talk(id=0)]
        self.texts: list[Text] = []
        self.timers: list[tuple[int, SetTimer]] = []
        self.fired: list[tuple[int, SetTimer]] = []
        self.facts: list[tuple[int, CallFact]] = []
        self.calls = 0
        self.owed: set[tuple[int, str]] = set()
        self.held_by_hand = False
        self.stranger = False
        self.confirmations = 0
        self.appointments = 0
        self.board = Board(Rota(zone=self.shop.business.hours.zone))

    # How the pretend world works.

    def talk(self) -> Talk:
        """The open conversation; a new one where the last has ended."""
        if self.talks[-1].ended:
            self.talks.append(Talk(id=len(self.talks)))
            self.held_by_hand = False
        return self.talks[-1]

    def fact(self, fact: CallFact) -> None:
        """The provider reports a fact about a call."""
        self.happen(fact)
        self.facts.append((self.talks[-1].id, fact))

    def happen(self, event: Event, talk: Talk | None = None) -> None:
        """Decide what follows, check it, and let it be done."""
        talk = talk or self.talk()
        case = Case(
            key=f"c{talk.id}",
            state=talk.state,
            contact=self.contact,
            unsent=frozenset(
                each.text.key for each in self.texts if each.conversation == talk.id and each.status != "left"
            ),
        )
        decision = decide(self.shop, case, event, self.now)
        assert decision == decide(self.shop, case, event, self.now), "The same question has two answers."
        self._take_note(talk, event)
        self._note_urgent(talk, event)
        self._check(talk, case, event, decision)
        self._apply(talk, event, decision)

    def _take_note(self, talk: Talk, event: Event) -> None:
        """Keep our own account of what happened, independent of the engine's."""
        if isinstance(event, TextReceived) or getattr(event, "by", "") == "customer":  # booked, or gave up, on the page
            talk.wrote_at = self.now
        if isinstance(event, TookOver | StaffTexted) and talk is self.talks[-1]:
            self.held_by_hand = True
        if isinstance(event, HandedBack) and talk is self.talks[-1]:
            self.held_by_hand = False
        if isinstance(event, CallEnded) and event.outcome in {"no_answer", "busy", "failed", "voicemail"}:
            untold = not any(fact.call == event.call for _, fact in self.facts if _may_have_spoken(fact))
            customer = self.contact.number not in {"withheld", STAFF} and not self.stranger
            booked = talk.state.appointment is not None or talk.state.phase == "booked"
            if untold and customer and not booked and event.call not in (*talk.state.judged, *talk.state.noise):
                self.owed.add((talk.id, event.call))
        if isinstance(event, AppointmentBooked):
            # A call that settles while an appointment stands makes a to-do, not a lead.
            self.owed = {(at, call) for at, call in self.owed if self.talks[at].lead is not None}
        if isinstance(event, CallAnswered | CallEnded) and _may_have_spoken(event):
            self.owed.discard((talk.id, event.call))

    def _note_urgent(self, talk: Talk, event: Event) -> None:
        """Whoever writes that it is urgent waits for a person from now on; only a person's act ends the wait."""
        stranger = self.stranger or self.contact.number == STAFF
        if isinstance(event, TextReceived) and event.reading is not None and not stranger:
            if event.reading.urgency == "emergency" or event.reading.life_safety:
                self.board.alone.setdefault(talk.id, self.now)
        elif isinstance(event, TookOver | StaffTexted):
            self.board.end(talk.id)

    def _may_end_page(self, talk: Talk, event: Event) -> bool:
        """Has a person done something since the case became urgent that ends a page?"""
        since = self.board.alone.get(talk.id)
        facts = [fact for id, fact in self.facts if id == talk.id]
        spoken = any(_may_have_spoken(each) and each.at >= since for each in (*facts, event)) if since else True
        return spoken or isinstance(event, TodoClosed | OutcomeMarked | NumberMarked | VerdictCorrected)

    def _check(self, talk: Talk, case: Case, event: Event, decision: Decision) -> None:
        before, after = case.state, decision.state
        between = {phase for phase in MOVES[before.phase] if after.phase in MOVES[phase]}
        assert after.phase == before.phase or after.phase in MOVES[before.phase] or between
        assert not [receipt for receipt in decision.receipts if receipt.rule == "phase.refused"]
        self._check_lead(before, after, event)
        self._check_reasons(decision, event)
        self._check_urgent(event, decision)
        self._check_order(talk, decision)
        follows_its_trigger(self.shop, before, decision)
        clock_is_right(self.shop, event, [fact for _, fact in self.facts], decision)
        for effect in decision.effects:
            if isinstance(effect, SendText):
                self._check_text(talk, case, decision, effect)

    def _check_lead(self, before: State, after: State, event: Event) -> None:
        """A lead moves as the table says; one that comes back after a no begins anew and may go on at once."""
        if before.lead is None or before.lead == after.lead or isinstance(event, OutcomeMarked):
            return
        steps = LEAD_MOVES[before.lead]
        if "new" in steps:
            steps = steps | LEAD_MOVES["new"]
        assert after.lead in steps

    def _check_reasons(self, decision: Decision, event: Event) -> None:
        """Promise 5."""
        told = [receipt.text for receipt in decision.receipts if receipt.verdict == "sent"]
        assert told == [effect.key for effect in decision.effects if isinstance(effect, SendText)]
        if isinstance(event, TextReceived):
            assert decision.receipts, "A text was neither answered nor explained."
        said = " ".join(
            f"{receipt.why} {receipt.would_change} {' '.join(guard.evidence for guard in receipt.guards)}"
            for receipt in decision.receipts
        )
        assert CUSTOMERS_WORDS not in said
        assert "555" not in said

    def _check_urgent(self, event: Event, decision: Decision) -> None:
        stranger = self.stranger or self.contact.number == STAFF
        if not isinstance(event, TextReceived) or event.reading is None or stranger:
            return
        if event.reading.urgency == "emergency" or event.reading.life_safety:
            asked = {effect.kind for effect in decision.effects if isinstance(effect, OpenTodo)}
            assert "urgent" in asked, "An urgent text without an urgent to-do."
            assert any(isinstance(effect, PageStaff) for effect in decision.effects), "An urgent text woke nobody."
            assert decision.state.phase in {"human", "callback"} or self.contact.suppressed, "The machine went on."

    def _check_order(self, talk: Talk, decision: Decision) -> None:
        """The lead before the text, and nothing after a stop."""
        lead, stopped = talk.lead, self.contact.suppressed
        for effect in decision.effects:
            match effect:
                case KeepLead():
                    lead = effect
                case Suppress():
                    stopped = True
                case Unsuppress():
                    stopped = False
                case SendText():
                    assert not stopped, "A text to somebody who said stop."
                    assert effect.purpose != "first_text" or lead is not None, "A text before its lead."
                case _:
                    pass

    def _check_text(self, talk: Talk, case: Case, decision: Decision, text: SendText) -> None:
        assert self.contact.number == CALLER, "A text to somebody who must not get any."
        assert self.contact.untextable is None
        assert text.key not in {each.text.key for each in self.texts if each.conversation == talk.id}
        assert text.not_before < text.stale_at
        assert CUSTOMERS_WORDS not in text.body
        assert "{" not in text.body.replace("{link}", "")
        if "{link}" in text.body:
            required = {learn.slot for learn in self.shop.playbook.learn if learn.required}
            assert required <= decision.state.answers.keys(), "A booking link before the required answers."
        assert not self.stranger, "A text to somebody of whom a person said that they are no customer."
        if text.text_class in EXEMPT:
            return
        self._check_right(case, decision, text)
        assert case.state.phase != "human", "The machine spoke over a person."
        assert not (self.held_by_hand and talk is self.talks[-1] and decision.state.phase == "human"), (
            "Spoke over a person."
        )
        if text.purpose not in SAFETY:
            self._check_caps(talk, text)

    def _check_right(self, case: Case, decision: Decision, text: SendText) -> None:
        """Consent that is enough, a line that may text, a caller who is not doubted."""
        # The last word to a wrong number is said with the consent that it ends.
        consent = (self.contact if text.purpose == "wrong_number" else after(self.contact, decision)).consent
        assert suffices(consent, text.text_class), "A text without the consent its class needs."
        assert self.shop.line(decision.state.line).sender in {"unknown", "registered"}, "A text from a barred line."
        if text.purpose == "first_text":
            assert self.shop.settings.consent_mode != "press_1" or consent != "inquiry", "A text nobody pressed for."
            last, wrote = decision.state.misses[-1], case.state.last_text_at
            assert not last.doubt or (wrote is not None and wrote >= last.at), "A text to a doubted caller."

    def _check_caps(self, talk: Talk, text: SendText) -> None:
        settings = self.shop.settings
        recent = [
            each
            for each in self.texts
            if each.conversation == talk.id
            and each.left_at is not None
            and each.planned_at > self.now - timedelta(days=1)
            and each.text.text_class not in EXEMPT
            and each.text.purpose not in SAFETY
        ]
        assert len(recent) < settings.texts_per_day, "More texts in a day than allowed."
        silent = [each for each in recent if talk.wrote_at is None or each.planned_at > talk.wrote_at]
        assert len(silent) < settings.unanswered_per_day, "More unanswered texts than allowed."
        if self.shop.playbook.privacy == "clinic" and text.text_class != "reply":
            unasked = [
                each.planned_at
                for each in self.texts
                if each.conversation == talk.id
                and each.left_at is not None
                and each.text.text_class not in EXEMPT | {"reply"}
                and (talk.wrote_at is None or each.planned_at > talk.wrote_at)
            ]
            keeps_a_clinics_caps(self.shop, unasked, text, self.now)

    def _apply(self, talk: Talk, event: Event, decision: Decision) -> None:
        talk.state = decision.state
        self.contact = after(self.contact, decision)
        self._apply_pages(talk, event, decision)
        for effect in decision.effects:
            match effect:
                case WithdrawTexts():
                    talk.epoch += 1
                case SendText():
                    self.texts.append(Text(conversation=talk.id, text=effect, epoch=talk.epoch, planned_at=self.now))
                case SetTimer():
                    self.timers.append((talk.id, effect))
                case KeepLead():
                    talk.lead = effect
                case Suppress():
                    self.confirmations = 0
                case EndConversation():
                    talk.ended = True
                case _:
                    pass
        if decision.state.phase == "closed" and talk is self.talks[-1]:
            self.held_by_hand = False
        if self.held_by_hand and talk is self.talks[-1]:
            assert decision.state.phase == "human", "A person had the conversation and lost it."

    def _apply_pages(self, talk: Talk, event: Event, decision: Decision) -> None:
        for effect in decision.effects:
            if isinstance(effect, PageStaff):
                talk.pages += 1
                self.board.page(talk.id, effect.reason, self.now)
            elif isinstance(effect, ClosePages):
                assert self._may_end_page(talk, event), "A page was closed, and no person had done anything."
                self.board.end(talk.id)

    def deliver(self) -> None:
        """Hand over what is due and still wanted."""
        for each in self.texts:
            if each.status != "queued" or each.text.not_before > self.now:
                continue
            if each.epoch != self.talks[each.conversation].epoch or self.now >= each.text.stale_at:
                each.status = "taken_back"
                continue
            self._leave(each)

    def _leave(self, each: Text) -> None:
        each.status, each.left_at = "left", self.now
        held = self.held_by_hand and each.conversation == self.talks[-1].id
        assert not held or each.text.text_class in EXEMPT, "An automatic text left after a person took over."
        if self.contact.suppressed:
            self.confirmations += 1
            assert each.text.text_class == "opt_out_confirmation", "A text left for somebody who said stop."
            assert self.confirmations == 1, "Two confirmations of one stop."
        keeps_quiet_hours(self.shop, self.contact, each.text, self.now)
        self._says_nothing_twice(each)
        if each.text.purpose == "first_text":
            self.contact = replace(self.contact, first_text_at=self.now)

    def _says_nothing_twice(self, text: Text) -> None:
        """Nobody who has not answered gets the same words a second time within a day (a greeting: in the cooldown)."""
        greets = text.text.purpose == "first_text"
        since = self.now - (self.shop.settings.first_text_cooldown if greets else timedelta(days=1))
        wrote_at = self.talks[text.conversation].wrote_at
        for each in self.texts:
            if each is text or each.left_at is None or each.text.body != text.text.body:
                continue
            lately = each.left_at > since and (wrote_at is None or each.planned_at > wrote_at)
            assert not lately or each.text.purpose in APPOINTMENTS, "The same words twice, and no answer between."

    def fire_due(self) -> None:
        """Fire every timer whose time has come."""
        for talk, timer in sorted(
            (each for each in self.timers if each[1].due_at <= self.now), key=lambda t: t[1].due_at
        ):
            self.timers.remove((talk, timer))
            self.fired.append((talk, timer))
            self.happen(TimerDue(at=timer.due_at, timer=timer.timer, ref=timer.ref), self.talks[talk])


def _may_have_spoken(event: Event) -> bool:
    """May a person have spoken with the customer, going by this fact alone?"""
    match event:
        case CallAnswered(by="person") | CalledBack(talked=True | None):
            return True
        case CallEnded(outcome="answered_human"):
            return True
        case _:
            return False
