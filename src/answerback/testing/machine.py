"""A Hypothesis state machine over the pure engine: any schedule of calls, texts, people, failures and timers.

Use it from your own tests, also outside this repository, by subclassing `EngineMachine` (for other rules) and running
`EngineMachine.TestCase`. It keeps its own account of what was said, sent and promised, and compares after every step.
Delivery is played without its own safety nets (only the epoch and lateness), so that the engine's promises are tested
and not delivery's. Never here: a database, a clock, or a real thread.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, ClassVar, get_args

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from answerback.engine.decide import decide
from answerback.engine.decision import Case, Decision
from answerback.engine.draft import LEAD_MOVES
from answerback.engine.effects import (
    EndConversation,
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
from answerback.engine.events import (
    AppointmentBooked,
    AppointmentCancelled,
    CallAnswered,
    CalledBack,
    CallEnded,
    CallFact,
    CallOutcome,
    CallRang,
    Event,
    Failure,
    HandedBack,
    LegEnded,
    OutcomeMarked,
    StaffTexted,
    TextFailed,
    TextReceived,
    TextUnclear,
    TimerDue,
    TodoClosed,
    TodoOutcome,
    ToldToStop,
    TookOver,
    VoicemailLeft,
    VoicemailTranscribed,
)
from answerback.engine.hours import may_nudge
from answerback.engine.playbook import Triggers, Voicemail
from answerback.engine.reading import Hazard, Intent, Reading, Sensitive, Slots, Urgency
from answerback.engine.rules import Rules
from answerback.engine.state import MOVES, Contact, State
from answerback.testing.factories import CALLER, LINE, MORNING, STAFF, playbook, rules

CUSTOMERS_WORDS = "zebra crossing"
"""What every pretend customer writes; it must never be seen in a text or a reason of ours."""

EXEMPT = frozenset({"opt_out_confirmation", "help_reply"})
"""Classes that the law asks for, whoever has the conversation and however much was texted."""

SAFETY = frozenset({"life_safety", "urgent"})

readings = st.builds(
    Reading,
    intent=st.one_of(st.sampled_from(("answer", "book", "other", "ack")), st.sampled_from(get_args(Intent))),
    urgency=st.sampled_from(("unknown", "unknown", *get_args(Urgency))),
    sensitive=st.one_of(st.just(()), st.just(()), st.just(()), st.tuples(st.sampled_from(get_args(Sensitive)))),
    hazards=st.one_of(st.just(()), st.just(()), st.just(()), st.tuples(st.sampled_from(get_args(Hazard)))),
    opt_out=st.sampled_from((False,) * 9 + (True,)),
    opt_in=st.sampled_from((False,) * 5 + (True,)),
    service=st.sampled_from((None, "drain", "heater", "remodel", "drain", "heater", "elsewhere", "septic")),
    slots=st.builds(
        Slots,
        city=st.sampled_from((None, "Austin", "Round Rock", "Dallas")),
        zip=st.sampled_from((None, "78701", "10001")),
        contact_pref=st.sampled_from((None, "call", "link", "text")),
        option=st.sampled_from((None, "1", "2", "9", "²", "")),
        yes_no=st.sampled_from((None, "yes", "no")),
    ),
    language=st.sampled_from(("en", "es", "und", "other")),
    confidence=st.sampled_from((0.0, 0.3, 0.9)),
)

rarely = st.sampled_from((False, False, True))
"""Keeps what ends a conversation from ending nearly all of them."""

plain_readings = st.builds(
    Reading,
    intent=st.sampled_from(("answer", "book")),
    urgency=st.sampled_from(("unknown", "soon", "can_wait")),
    service=st.sampled_from((None, "drain", "heater")),
    slots=st.builds(
        Slots,
        city=st.sampled_from((None, "Austin")),
        contact_pref=st.sampled_from((None, "link", "call")),
        option=st.sampled_from((None, "1")),
    ),
    confidence=st.just(0.9),
)
"""What most customers write: answers to what was asked."""


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


class EngineMachine(RuleBasedStateMachine):
    """Every promise of the product, as far as the engine can keep or break it."""

    numbers: ClassVar[tuple[str, ...]] = (*(CALLER,) * 15, "withheld", STAFF, "+4930123456")

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
        self.confirmations = 0
        self.appointments = 0

    # What can happen.

    @initialize(
        number=st.sampled_from(numbers),
        hold=st.sampled_from((0, 15, 45)),
        voicemail=st.sampled_from(("call_back", "text_at_once")),
        overnight=st.sampled_from(("send", "send", "defer", "off")),
        clinic=st.booleans(),
        starts=st.integers(min_value=0, max_value=7 * 24),
    )
    def open_shop(self, *, number: str, hold: int, voicemail: Any, overnight: str, clinic: bool, starts: int) -> None:
        """Open the business under some settings, at some hour of some week."""
        triggers = Triggers(hold_seconds=hold, voicemail=Voicemail(action=voicemail))
        caps: dict[str, Any] = {"unanswered_per_day": 1, "unanswered_per_week": 3} if clinic else {}
        self.shop = rules(book=playbook(triggers=triggers), overnight_first_text=overnight, **caps)
        self.contact = Contact(number=number)
        self.now = MORNING + timedelta(hours=starts)

    @rule(
        outcome=st.sampled_from(get_args(CallOutcome)),
        rang=st.sampled_from((None, 1, 6, 20)),
        age=st.sampled_from((0, 0, 0, 0, 30, 3600)),
        extra=st.sampled_from(("", "", "", "person", "machine", "voicemail", "leg")),
        shuffled=st.booleans(),
    )
    def call(self, *, outcome: CallOutcome, rang: int | None, age: int, extra: str, shuffled: bool) -> None:
        """A call comes in; its facts may arrive late or in the wrong order."""
        self.calls += 1
        call, at = f"call{self.calls}", self.now - timedelta(seconds=age)
        facts: list[CallFact] = [CallRang(at=at, call=call, line=LINE)]
        match extra:
            case "person" | "machine":
                facts.append(CallAnswered(at=at, call=call, line=LINE, by=extra))
            case "voicemail":
                facts.append(VoicemailLeft(at=at, call=call, line=LINE, seconds=9))
            case "leg":
                facts.append(LegEnded(at=at, call=call, line=LINE, leg="a", target=None, result="no_answer"))
            case _:
                pass
        facts.append(CallEnded(at=at, call=call, line=LINE, outcome=outcome, rang_seconds=rang))
        for fact in reversed(facts) if shuffled else facts:
            self._fact(fact)

    @precondition(lambda self: self.facts)
    @rule(data=st.data())
    def redeliver(self, data: st.DataObject) -> None:
        """The provider delivers a fact again."""
        _, fact = data.draw(st.sampled_from(self.facts))
        self._happen(fact)

    @precondition(lambda self: self.calls)
    @rule(
        data=st.data(), kind=st.sampled_from(("person", "served", "voicemail", "words", "back", "no_back", "machine"))
    )
    def late_word(self, data: st.DataObject, kind: str) -> None:
        """A further fact about some earlier call arrives."""
        call = f"call{data.draw(st.integers(min_value=1, max_value=self.calls))}"
        at, line = self.now, LINE
        match kind:
            case "person":
                self._fact(CallAnswered(at=at, call=call, line=line, by="person"))
            case "machine":
                self._fact(CallAnswered(at=at, call=call, line=line, by="machine"))
            case "served":
                self._fact(CallEnded(at=at, call=call, line=line, outcome="answered_human"))
            case "voicemail":
                self._fact(VoicemailLeft(at=at, call=call, line=line, seconds=data.draw(st.sampled_from((1, 30)))))
            case "words":
                reading = data.draw(readings)
                self._fact(VoicemailTranscribed(at=at, call=call, line=line, text=CUSTOMERS_WORDS, reading=reading))
            case _:
                self._fact(CalledBack(at=at, call=f"back{self.calls}", line=line, talked=kind == "back"))

    @rule(
        outcome=st.sampled_from(("no_answer", "no_answer", "busy", "voicemail", "abandoned")),
        then=st.sampled_from((1, 30)),
    )
    def missed(self, outcome: CallOutcome, then: int) -> None:
        """A call rings out, and some seconds pass."""
        self.calls += 1
        call = f"call{self.calls}"
        self._fact(CallRang(at=self.now, call=call, line=LINE))
        self.now += timedelta(seconds=20)
        self._fact(CallEnded(at=self.now, call=call, line=LINE, outcome=outcome, rang_seconds=20))
        self.wait(then)

    @rule(pref=st.sampled_from(("link", "link", "call")), service=st.sampled_from(("drain", "heater")))
    def answer(self, pref: Any, service: str) -> None:
        """The customer answers whatever was asked."""
        slots = Slots(contact_pref=pref)
        reading = Reading(intent="answer", confidence=0.9, slots=slots, language="en")
        match self._talk().state.asked:
            case "urgency":
                reading = replace(reading, urgency="soon", slots=Slots())
            case "area":
                reading = replace(reading, slots=Slots(city="Austin"))
            case "fuel":
                reading = replace(reading, slots=Slots(option="1"))
            case "contact_pref":
                pass
            case _:
                reading = replace(reading, service=service, slots=Slots())
        self.text(reading=reading, keyword=None, age=0)

    @rule(
        answers=st.integers(min_value=0, max_value=6),
        pause=st.sampled_from((20, 20, 40, 3 * 3600)),
        pref=st.sampled_from(("link", "link", "call")),
        service=st.sampled_from(("drain", "heater", "remodel")),
    )
    def converse(self, answers: int, pause: int, pref: Any, service: str) -> None:
        """A call is missed, and the customer answers our texts for a while."""
        self.missed(outcome="no_answer", then=pause)
        for _ in range(answers):
            self.answer(pref=pref, service=service)
            self.wait(pause)

    @precondition(lambda self: self.talks[-1].state.phase == "human")
    @rule()
    def hand_back(self) -> None:
        """A person has had enough of it."""
        self._happen(HandedBack(at=self.now, member="ann"))

    @rule(reading=st.one_of(plain_readings, plain_readings, readings), keyword=st.just(None), age=st.just(0))
    def text(self, reading: Reading | None, keyword: Any, age: int) -> None:
        """The customer texts."""
        at = self.now - timedelta(seconds=age)
        self._happen(TextReceived(at=at, line=LINE, text=CUSTOMERS_WORDS, keyword=keyword, reading=reading))

    @rule(
        reading=st.one_of(st.none(), readings),
        keyword=st.sampled_from((None, "stop", "start", "start", "help")),
        age=st.sampled_from((0, 60, 7200)),
        really=rarely,
    )
    def odd_text(self, *, reading: Reading | None, keyword: Any, age: int, really: bool) -> None:
        """The customer texts something unusual, perhaps long ago."""
        if really:
            self.text(reading=reading, keyword=keyword, age=age)

    @rule(
        act=st.sampled_from(("take", "take", "take", "back", "back", "back", "text", "text", "stop")),
        member=st.sampled_from(("ann", "bob")),
    )
    def staff(self, act: str, member: str) -> None:
        """A person does something."""
        match act:
            case "take":
                self._happen(TookOver(at=self.now, member=member))
            case "back":
                self._happen(HandedBack(at=self.now, member=member))
            case "text":
                self._happen(StaffTexted(at=self.now, member=member))
            case _:
                self._happen(ToldToStop(at=self.now, member=member))

    @rule(status=st.sampled_from(("won", "lost", "not_served", "booked", "qualified")), really=rarely)
    def mark(self, status: Any, really: bool) -> None:
        """A person marks the outcome."""
        if really:
            self._happen(OutcomeMarked(at=self.now, member="ann", status=status))

    @rule(
        kind=st.sampled_from(("callback", "review", "urgent")),
        outcome=st.sampled_from(get_args(TodoOutcome)),
        really=rarely,
    )
    def close_todo(self, kind: str, outcome: TodoOutcome, really: bool) -> None:
        """A person closes a to-do."""
        if really:
            self._happen(TodoClosed(at=self.now, todo="1", kind=kind, outcome=outcome))

    @rule(hours=st.sampled_from((-1, 2, 48)), by=st.sampled_from(("customer", "staff", "outside")))
    def book(self, hours: int, by: Any) -> None:
        """An appointment is made."""
        self.appointments += 1
        starts_at = self.now + timedelta(hours=hours)
        name = f"a{self.appointments}"
        event = AppointmentBooked(at=self.now, appointment=name, starts_at=starts_at, service="drain", by=by)
        self._happen(event)

    @precondition(lambda self: self.appointments)
    @rule()
    def cancel(self) -> None:
        """The last appointment is given up."""
        name = f"a{self.appointments}"
        self._happen(AppointmentCancelled(at=self.now, appointment=name, by="customer"))

    @precondition(lambda self: any(text.status == "left" for text in self.texts))
    @rule(failure=st.sampled_from((None, *get_args(Failure))))
    def fail(self, failure: Failure | None) -> None:
        """A text that left does not arrive, or nobody knows."""
        sent = [text for text in self.texts if text.status == "left"][-1]
        key, purpose = sent.text.key, sent.text.purpose
        if failure is None:
            self._happen(TextUnclear(at=self.now, text=key, purpose=purpose), self.talks[sent.conversation])
        else:
            event = TextFailed(at=self.now, text=key, purpose=purpose, failure=failure)
            self._happen(event, self.talks[sent.conversation])

    @rule(seconds=st.sampled_from((1, 10, 20, 60, 600, 2 * 3600, 8 * 3600, 24 * 3600)))
    def wait(self, seconds: int) -> None:
        """Time passes as it should: what is due happens when it is due."""
        until = self.now + timedelta(seconds=seconds)
        for _ in range(500):
            upcoming = [timer.due_at for _, timer in self.timers] + [
                text.text.not_before for text in self.texts if text.status == "queued"
            ]
            if not upcoming or min(upcoming) > until:
                break
            self.now = max(self.now, min(upcoming))
            self._deliver()
            self._fire_due()
        else:
            raise AssertionError("Timers go on setting each other without end.")
        self.now = until

    @rule(seconds=st.sampled_from((20, 1200, 4 * 3600)))
    def sleep(self, seconds: int) -> None:
        """Time passes while nothing works: everything that was due comes late."""
        self.now += timedelta(seconds=seconds)

    @precondition(lambda self: self.timers)
    @rule(data=st.data(), drop=st.booleans())
    def fire_early(self, data: st.DataObject, drop: bool) -> None:
        """A timer fires before its time, and perhaps once more later."""
        talk, timer = data.draw(st.sampled_from(self.timers))
        if drop:
            self.timers.remove((talk, timer))
        self._happen(TimerDue(at=timer.due_at, timer=timer.timer, ref=timer.ref), self.talks[talk])

    @precondition(lambda self: self.fired)
    @rule(data=st.data())
    def fire_again(self, data: st.DataObject) -> None:
        """A timer that has fired fires again."""
        talk, timer = data.draw(st.sampled_from(self.fired))
        self._happen(TimerDue(at=timer.due_at, timer=timer.timer, ref=timer.ref), self.talks[talk])

    # What must always be true.

    @invariant()
    def one_first_text_in_a_cooldown(self) -> None:
        """Promise 2, over all conversations with this person."""
        left = sorted(each.left_at for each in self.texts if each.text.purpose == "first_text" and each.left_at)
        cooldown = self.shop.settings.first_text_cooldown
        assert all(later - earlier >= cooldown for earlier, later in pairwise(left))

    @invariant()
    def every_missed_call_is_a_lead(self) -> None:
        """Promise 1: a call that settled long ago and that nobody took has a lead."""
        for talk, call in self.owed:
            waiting = any(fact.call == call for fact in self.talks[talk].state.facts)
            assert waiting or self.talks[talk].lead is not None

    @invariant()
    def state_stays_small(self) -> None:
        """A conversation that goes on for years does not grow without end."""
        state = self._talk().state
        sizes = (state.facts, state.judged, state.noise, state.misses, state.sent_at, state.replied_at, state.todos)
        assert max(len(size) for size in sizes) <= 70

    def teardown(self) -> None:
        """Let everything come to rest; nothing may go on by itself for ever."""
        self.wait(40 * 24 * 3600)
        self.every_missed_call_is_a_lead()
        self.one_first_text_in_a_cooldown()
        assert not [timer for _, timer in self.timers if timer.timer == "verdict"]

    # How the pretend world works.

    def _talk(self) -> Talk:
        """The open conversation; a new one where the last has ended."""
        if self.talks[-1].ended:
            self.talks.append(Talk(id=len(self.talks)))
            self.held_by_hand = False
        return self.talks[-1]

    def _fact(self, fact: CallFact) -> None:
        self._happen(fact)
        self.facts.append((self.talks[-1].id, fact))

    def _happen(self, event: Event, talk: Talk | None = None) -> None:
        talk = talk or self._talk()
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
        self._check(talk, case, event, decision)
        self._apply(talk, decision)

    def _take_note(self, talk: Talk, event: Event) -> None:
        """Keep our own account of what happened, independent of the engine's."""
        if isinstance(event, TextReceived):
            talk.wrote_at = self.now
        if isinstance(event, TookOver | StaffTexted) and talk is self.talks[-1]:
            self.held_by_hand = True
        if isinstance(event, HandedBack) and talk is self.talks[-1]:
            self.held_by_hand = False
        if isinstance(event, CallEnded) and event.outcome in {"no_answer", "busy", "failed", "voicemail"}:
            untold = not any(fact.call == event.call for _, fact in self.facts if _proves(fact))
            customer = self.contact.number not in {"withheld", STAFF}
            booked = talk.state.appointment is not None or talk.state.phase == "booked"
            if untold and customer and not booked and event.call not in (*talk.state.judged, *talk.state.noise):
                self.owed.add((talk.id, event.call))
        if isinstance(event, AppointmentBooked) or (not isinstance(event, TimerDue) and _proves(event)):
            # A booking or a conversation with a person stands in for the lead a settling call would have made.
            self.owed = {(at, call) for at, call in self.owed if self.talks[at].lead is not None}

    def _check(self, talk: Talk, case: Case, event: Event, decision: Decision) -> None:
        before, after = case.state, decision.state
        between = {phase for phase in MOVES[before.phase] if after.phase in MOVES[phase]}
        assert after.phase == before.phase or after.phase in MOVES[before.phase] or between
        assert not [receipt for receipt in decision.receipts if receipt.rule == "phase.refused"]
        self._check_lead(before, after, event)
        self._check_reasons(decision, event)
        self._check_urgent(event, decision)
        self._check_order(talk, decision)
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
        if not isinstance(event, TextReceived) or event.reading is None or self.contact.number == STAFF:
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
        if text.text_class in EXEMPT:
            return
        assert case.state.phase != "human", "The machine spoke over a person."
        assert not (self.held_by_hand and talk is self.talks[-1] and decision.state.phase == "human"), (
            "Spoke over a person."
        )
        if text.purpose not in SAFETY:
            self._check_caps(talk)

    def _check_caps(self, talk: Talk) -> None:
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

    def _apply(self, talk: Talk, decision: Decision) -> None:  # noqa: C901  one line for each effect
        talk.state = decision.state
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
                    self.contact = replace(self.contact, suppressed=True)
                    self.confirmations = 0
                case Unsuppress():
                    self.contact = replace(self.contact, suppressed=False)
                case MarkUntextable():
                    self.contact = replace(self.contact, untextable=effect.reason)
                case EndConversation():
                    talk.ended = True
                case _:
                    pass
        if decision.state.phase == "closed" and talk is self.talks[-1]:
            self.held_by_hand = False
        if self.held_by_hand and talk is self.talks[-1]:
            assert decision.state.phase == "human", "A person had the conversation and lost it."

    def _deliver(self) -> None:
        for each in self.texts:
            if each.status != "queued" or each.text.not_before > self.now:
                continue
            if each.epoch != self.talks[each.conversation].epoch or self.now >= each.text.stale_at:
                each.status = "taken_back"
                continue
            self._leave(each)

    def _leave(self, each: Text) -> None:
        each.status, each.left_at = "left", self.now
        if self.contact.suppressed:
            self.confirmations += 1
            assert each.text.text_class == "opt_out_confirmation", "A text left for somebody who said stop."
            assert self.confirmations == 1, "Two confirmations of one stop."
        if each.text.text_class == "follow_up":
            assert may_nudge((self.shop.business.hours.zone,), self.now), "A nudge outside the hours for nudges."
        if each.text.purpose == "first_text":
            self.contact = replace(self.contact, first_text_at=self.now)

    def _fire_due(self) -> None:
        for talk, timer in sorted(
            (each for each in self.timers if each[1].due_at <= self.now), key=lambda t: t[1].due_at
        ):
            self.timers.remove((talk, timer))
            self.fired.append((talk, timer))
            self._happen(TimerDue(at=timer.due_at, timer=timer.timer, ref=timer.ref), self.talks[talk])


def _proves(event: Event) -> bool:
    """Our own, simpler idea of proof that a person spoke with the caller."""
    match event:
        case CallAnswered(by="person") | CallEnded(outcome="answered_human") | CalledBack(talked=True):
            return True
        case _:
            return False
