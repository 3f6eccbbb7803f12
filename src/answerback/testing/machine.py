"""A Hypothesis state machine over the pure engine: any schedule of calls, texts, people, failures and timers.

Use it from your own tests, also outside this repository, by subclassing `EngineMachine` (for other rules) and running
`EngineMachine.TestCase`. It keeps its own account of what was said, sent and promised, and compares after every step.
Delivery is played without its own safety nets (only the epoch and lateness), so that the engine's promises are tested
and not delivery's. Never here: a database, a clock, or a real thread.
"""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any, ClassVar, get_args

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from answerback.engine.events import (
    AppointmentBooked,
    AppointmentCancelled,
    CallAnswered,
    CalledBack,
    CallEnded,
    CallFact,
    CallOutcome,
    CallRang,
    Failure,
    LegEnded,
    TextFailed,
    TextReceived,
    TextUnclear,
    TimerDue,
    VoicemailLeft,
    VoicemailTranscribed,
)
from answerback.engine.playbook import Triggers
from answerback.engine.reading import Reading, Slots
from answerback.engine.rota import Rota
from answerback.engine.state import Contact
from answerback.testing.factories import CALLER, LINE, MORNING, STAFF, playbook, rules
from answerback.testing.machine_account import CUSTOMERS_WORDS
from answerback.testing.machine_pages import Board, people
from answerback.testing.machine_people import People
from answerback.testing.machine_readings import plain_readings, rarely, readings
from answerback.testing.machine_triggers import NIGHT_LINE, STRICT, line, line_of, places, triggers


class EngineMachine(People):
    """Every promise of the product, as far as the engine can keep or break it."""

    numbers: ClassVar[tuple[str, ...]] = (*(CALLER,) * 15, "withheld", STAFF, "+4930123456")

    # What can happen.

    @initialize(
        number=st.sampled_from(numbers),
        triggers=triggers,
        place=places,
        overnight=st.sampled_from(("send", "send", "defer", "off")),
        clinic=st.booleans(),
        a_day=st.sampled_from((3, 8)),
        cooldown=st.sampled_from((1, 1, 24)),
        mode=st.sampled_from((*("greeting_disclosure",) * 5, "press_1")),
        sender=st.sampled_from(("unknown", *("registered",) * 5, "pending")),
        voicemail_after=st.sampled_from((None, 20)),
        elsewhere=st.sampled_from((*(0,) * 7, 3)),
        starts=st.sampled_from((0, 9, 13, 16, 21, 72, 105, 119)),
        phones=st.tuples(st.booleans(), st.booleans(), st.booleans()),
        on_call=st.sampled_from(((), (1,), (1, 2))),
        begins=st.sampled_from(("no_answer", "no_answer", "voicemail", "returned", "busy", "abandoned", None)),
        then=st.sampled_from((30, 4 * 3600)),
    )
    def open_shop(
        self,
        *,
        number: str,
        triggers: Triggers,
        place: tuple[Any, Any],
        overnight: str,
        clinic: bool,
        a_day: int,
        cooldown: int,
        mode: str,
        sender: Any,
        voicemail_after: int | None,
        elsewhere: int,
        starts: int,
        phones: tuple[bool, bool, bool],
        on_call: tuple[int, ...],
        begins: Any,
        then: int,
    ) -> None:
        """Open the business under some settings, at some hour of some week; mostly a missed call comes first."""
        both = (LINE, NIGHT_LINE)
        shop = rules(
            book=playbook(triggers=triggers, privacy="clinic" if clinic else "standard"),
            business={
                "own": frozenset(both),
                "lines": {each: line(each, sender=sender, voicemail_after=voicemail_after) for each in both},
            },
            overnight_first_text=overnight,
            texts_per_day=a_day,
            first_text_cooldown=timedelta(hours=cooldown),
            consent_mode=mode,
        )
        self.shop = replace(shop, sending=STRICT)
        zones, states = place
        self.contact = Contact(number=number, elsewhere=elsewhere, zones=zones, states=states)
        self.now = MORNING + timedelta(hours=starts)
        zone = self.shop.business.hours.zone
        self.board = Board(Rota(zone=zone, people=people(phones), always=on_call))
        if begins == "returned":
            self.message_returned(talked=True)
        elif begins is not None:
            self.missed(outcome=begins, ring=20, then=then)

    @rule(
        outcome=st.sampled_from(get_args(CallOutcome)),
        rang=st.sampled_from((None, 1, 6, 20)),
        age=st.sampled_from((0, 0, 0, 0, 30, 3600)),
        extra=st.sampled_from(("", "", "", "person", "bridge", "machine", "voicemail", "leg")),
        vouched=st.sampled_from(((None, None), (None, "clear"), ("A", None), ("failed", None), ("A", "spam"))),
        pressed=st.sampled_from((None, "1", "2")),
        shuffled=st.booleans(),
    )
    def call(
        self,
        *,
        outcome: CallOutcome,
        rang: int | None,
        age: int,
        extra: str,
        vouched: tuple[Any, Any],
        pressed: str | None,
        shuffled: bool,
    ) -> None:
        """A call comes in; its facts may arrive late or in the wrong order."""
        self.calls += 1
        call, at = f"call{self.calls}", self.now - timedelta(seconds=age)
        line, (attestation, screening) = line_of(self.calls), vouched
        facts: list[CallFact] = [CallRang(at=at, call=call, line=line, attestation=attestation, screening=screening)]
        match extra:
            case "bridge":
                joined = CallAnswered(at=at, call=call, line=line, by="person", evidence="bridge", rang_seconds=rang)
                facts.append(joined)
            case "person" | "machine":
                facts.append(CallAnswered(at=at, call=call, line=line, by=extra))
            case "voicemail":
                facts.append(VoicemailLeft(at=at, call=call, line=line, seconds=9))
            case "leg":
                facts.append(LegEnded(at=at, call=call, line=line, leg="a", target=None, result="no_answer"))
            case _:
                pass
        facts.append(CallEnded(at=at, call=call, line=line, outcome=outcome, rang_seconds=rang, menu_choice=pressed))
        for fact in reversed(facts) if shuffled else facts:
            self.fact(fact)

    @precondition(lambda self: self.facts)
    @rule(data=st.data())
    def redeliver(self, data: st.DataObject) -> None:
        """The provider delivers a fact again."""
        _, fact = data.draw(st.sampled_from(self.facts))
        self.happen(fact)

    @precondition(lambda self: self.calls)
    @rule(
        data=st.data(), kind=st.sampled_from(("person", "served", "voicemail", "words", "back", "no_back", "machine"))
    )
    def late_word(self, data: st.DataObject, kind: str) -> None:
        """A further fact about some earlier call arrives."""
        number = data.draw(st.integers(min_value=1, max_value=self.calls))
        call, at, line = f"call{number}", self.now, line_of(number)
        match kind:
            case "person":
                self.fact(CallAnswered(at=at, call=call, line=line, by="person"))
            case "machine":
                self.fact(CallAnswered(at=at, call=call, line=line, by="machine"))
            case "served":
                self.fact(CallEnded(at=at, call=call, line=line, outcome="answered_human"))
            case "voicemail":
                self.fact(VoicemailLeft(at=at, call=call, line=line, seconds=data.draw(st.sampled_from((1, 30)))))
            case "words":
                reading = data.draw(readings)
                self.fact(VoicemailTranscribed(at=at, call=call, line=line, text=CUSTOMERS_WORDS, reading=reading))
            case _:
                self.fact(CalledBack(at=at, call=f"back{self.calls}", line=line, talked=kind == "back"))

    @rule(
        outcome=st.sampled_from(("no_answer", "voicemail", "busy", "voicemail", "abandoned")),
        ring=st.sampled_from((5, 20)),
        then=st.sampled_from((1, 30, 3 * 3600, 26 * 3600)),
    )
    def missed(self, outcome: CallOutcome, ring: int, then: int) -> None:
        """A call rings out, and some seconds pass."""
        self.calls += 1
        call, line = f"call{self.calls}", line_of(self.calls)
        self.fact(CallRang(at=self.now, call=call, line=line))
        self.now += timedelta(seconds=ring)
        if outcome == "voicemail":
            self.fact(VoicemailLeft(at=self.now, call=call, line=line, seconds=9))
        self.fact(CallEnded(at=self.now, call=call, line=line, outcome=outcome, rang_seconds=ring))
        self.wait(then)

    @rule(talked=st.booleans())
    def message_returned(self, *, talked: bool) -> None:
        """A voicemail, and a person who calls back within a minute."""
        self.missed(outcome="voicemail", ring=20, then=60)
        self.fact(CalledBack(at=self.now, call=f"back{self.calls}", line=line_of(self.calls), talked=talked))
        self.wait(3 * 3600)

    @rule(gap=st.sampled_from((65, 600)))
    def call_three_times(self, gap: int) -> None:
        """Somebody calls and calls, on one line and the other: as set, the third call wakes a person."""
        already = sum(talk.pages for talk in self.talks)
        self.wait(1)  # who was reached at this very moment has been reached
        for _ in range(3):
            self.missed(outcome="no_answer", ring=20, then=gap)
        asked = self.shop.playbook.triggers.repeat.page == 3 and self.contact.number == CALLER and not self.stranger
        if asked and not self.board.open:
            assert sum(talk.pages for talk in self.talks) > already, "Three calls in vain, and nobody was woken."

    @rule(pref=st.sampled_from(("link", "link", "call")), service=st.sampled_from(("drain", "heater")))
    def answer(self, pref: Any, service: str) -> None:
        """The customer answers whatever was asked."""
        slots = Slots(contact_pref=pref)
        reading = Reading(intent="answer", confidence=0.9, slots=slots, language="en")
        match self.talk().state.asked:
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
        self.missed(outcome="no_answer", ring=20, then=pause)
        for _ in range(answers):
            self.answer(pref=pref, service=service)
            self.wait(pause)

    @rule(reading=st.one_of(plain_readings, plain_readings, readings), keyword=st.just(None), age=st.just(0))
    def text(self, reading: Reading | None, keyword: Any, age: int) -> None:
        """The customer texts."""
        at = self.now - timedelta(seconds=age)
        self.happen(TextReceived(at=at, line=LINE, text=CUSTOMERS_WORDS, keyword=keyword, reading=reading))

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

    @rule(hours=st.sampled_from((-1, 2, 48)), by=st.sampled_from(("customer", "staff", "outside")))
    def book(self, hours: int, by: Any) -> None:
        """An appointment is made."""
        self.appointments += 1
        starts_at = self.now + timedelta(hours=hours)
        name = f"a{self.appointments}"
        event = AppointmentBooked(at=self.now, appointment=name, starts_at=starts_at, service="drain", by=by)
        self.happen(event)

    @precondition(lambda self: self.appointments)
    @rule()
    def cancel(self) -> None:
        """The last appointment is given up."""
        name = f"a{self.appointments}"
        self.happen(AppointmentCancelled(at=self.now, appointment=name, by="customer"))

    @precondition(lambda self: any(text.status == "left" for text in self.texts))
    @rule(failure=st.sampled_from((None, *get_args(Failure))))
    def fail(self, failure: Failure | None) -> None:
        """A text that left does not arrive, or nobody knows."""
        sent = [text for text in self.texts if text.status == "left"][-1]
        key, purpose = sent.text.key, sent.text.purpose
        if failure is None:
            self.happen(TextUnclear(at=self.now, text=key, purpose=purpose), self.talks[sent.conversation])
        else:
            event = TextFailed(at=self.now, text=key, purpose=purpose, failure=failure)
            self.happen(event, self.talks[sent.conversation])

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
            self.deliver()
            self.fire_due()
        else:
            raise AssertionError("Timers go on setting each other without end.")
        self.now = until
        self.board.due(self.now)

    @precondition(lambda self: self.board.open)
    @rule(steps=st.integers(min_value=1, max_value=8))
    def pages_go_on(self, steps: int) -> None:
        """Time passes from one step of the ladders to the next, and everything else that is due happens too."""
        for _ in range(steps):
            soonest = min(self.board.next_due(), default=self.now)
            self.wait(max(1, int((soonest - self.now).total_seconds())))

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
        self.happen(TimerDue(at=timer.due_at, timer=timer.timer, ref=timer.ref), self.talks[talk])

    @precondition(lambda self: self.fired)
    @rule(data=st.data())
    def fire_again(self, data: st.DataObject) -> None:
        """A timer that has fired fires again."""
        talk, timer = data.draw(st.sampled_from(self.fired))
        self.happen(TimerDue(at=timer.due_at, timer=timer.timer, ref=timer.ref), self.talks[talk])

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
        state = self.talk().state
        sizes = (state.facts, state.judged, state.noise, state.misses, state.aside, state.sent_at, state.replied_at)
        assert len(state.todos) <= 70
        assert max(len(size) for size in sizes) <= 70

    @invariant()
    def nobody_is_alone_with_an_emergency(self) -> None:
        """An urgent case always has an active page or a person."""
        self.board.nobody_is_alone(self.now)

    def teardown(self) -> None:
        """Let everything come to rest; nothing but a page may go on by itself for ever."""
        for talk in tuple(self.board.open):
            self.board.end(talk)
        self.wait(40 * 24 * 3600)
        self.every_missed_call_is_a_lead()
        self.one_first_text_in_a_cooldown()
        assert not [timer for _, timer in self.timers if timer.timer == "verdict"]
