"""Plays a pretend conversation through `decide` itself, so that an owner sees what really would happen.

The customer's texts come with their readings, as if every one had been understood. Never here: judging what happens.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from answerback.engine.booking_events import OpeningsFound
from answerback.engine.decide import decide
from answerback.engine.decision import Case
from answerback.engine.effects import Effect, FindOpenings, KeepConsent, OpenTodo, PageStaff, SendText, SetTimer
from answerback.engine.events import CallEnded, CallRang, Event, TextReceived, TimerDue
from answerback.engine.playbook import Learn, Playbook, RouteWhen, Service, SlotKind
from answerback.engine.reading import Reading, Slots
from answerback.engine.rehearsal import Line, customer, filled
from answerback.engine.rules import Business, Hours, Rules, Span
from answerback.engine.state import Contact, State

LINE = "+15125550100"
CUSTOMER = "+15125550131"
MORNING = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
"""A Tuesday, 10:00 in Chicago, while the pretend business is open."""

MOST_TEXTS = 20
"""More than any playbook asks; it only keeps a conversation that turns in a circle from turning for ever."""


def played(playbook: Playbook, when: RouteWhen, business: str) -> tuple[Line, ...]:
    """The conversation of a customer whose case this is, from the missed call to its end."""
    talk = _Talk(playbook, business)
    talk.miss_a_call()
    language = playbook.languages[0] if playbook.languages else "en"
    talk.hear(customer(when, language).text, _OPENINGS.get(when, Reading(intent="book", language="en", confidence=1.0)))
    if when in _PLACES:
        talk.hear(_PLACES[when], _sure(intent="answer", slots=Slots(city=_PLACES[when])))
    if when in _ANSWERED_THROUGH:
        talk.answer_everything()
    return talk.told()


def played_for(playbook: Playbook, service: Service, business: str) -> tuple[Line, ...]:
    """The conversation of a customer who needs this service and answers every question."""
    talk = _Talk(playbook, business)
    talk.miss_a_call()
    name = service.name.get("en", service.id)
    talk.hear(f"I need help with: {name}", _sure(intent="book", service=service.id))
    talk.answer_everything(service)
    return talk.told()


def tried(
    playbook: Playbook, texts: Sequence[str], business: str, read: Callable[[str, State], Reading]
) -> tuple[Line, ...]:
    """The conversation that follows when a call is missed and the customer writes these texts, as `read` reads them."""
    talk = _Talk(playbook, business)
    talk.miss_a_call()
    for text in texts:
        talk.hear(text, read(text, talk.case.state))
    return talk.told()


def _sure(**known: object) -> Reading:
    return replace(Reading(language="en", confidence=1.0), **known)  # type: ignore[arg-type]


_OPENINGS: dict[RouteWhen, Reading] = {
    "life_safety": _sure(hazards=("gas",), urgency="emergency"),
    "urgent": _sure(urgency="emergency"),
    "sensitive": _sure(sensitive=("legal",)),
    "wants_call": _sure(intent="callback"),
    "otherwise": _sure(intent="question"),
}
_PLACES: dict[RouteWhen, str] = {"not_served": "Farville"}
_ANSWERED_THROUGH: frozenset[RouteWhen] = frozenset({"book", "intake_first", "not_served"})


class _Talk:
    """One pretend conversation: its state, its clock and what was said so far."""

    def __init__(self, playbook: Playbook, business: str) -> None:
        spans = tuple(Span(weekday=day, start=time(8), end=time(18)) for day in range(5))
        hours = Hours(zone=ZoneInfo("America/Chicago"), spans=spans)
        self.playbook = playbook
        self.business = business
        self.rules = Rules(business=Business(name=business, hours=hours, phone=LINE), playbook=playbook)
        self.case = Case(key="pretend", state=State(), contact=Contact(number=CUSTOMER))
        self.now = MORNING
        self.lines: list[Line] = []

    def miss_a_call(self) -> None:
        """A call nobody takes, and whatever text follows it."""
        self.lines.append(Line(who="note", text="A customer calls. Nobody picks up."))
        effects = self._happen(CallRang(at=self.now, call="1", line=LINE))
        self.now += timedelta(seconds=20)
        effects += self._happen(CallEnded(at=self.now, call="1", line=LINE, outcome="no_answer", rang_seconds=20))
        for effect in effects:
            if isinstance(effect, SetTimer) and effect.timer == "verdict":
                self.now = max(self.now, effect.due_at)
                self._happen(TimerDue(at=self.now, timer="verdict", ref=effect.ref))

    def hear(self, text: str, reading: Reading) -> None:
        """The customer writes this, and it is understood like that."""
        self.now += timedelta(minutes=1)
        self.lines.append(Line(who="customer", text=text))
        effects = self._happen(TextReceived(at=self.now, line=LINE, text=text, reading=reading))
        if not any(isinstance(effect, SendText | PageStaff | OpenTodo) for effect in effects):
            self.lines.append(Line(who="note", text="Nothing is sent, and nobody is told."))

    def answer_everything(self, service: Service | None = None) -> None:
        """The customer answers each question until none is open."""
        for _ in range(MOST_TEXTS):
            learn = self.playbook.slot(self.case.state.asked)
            if learn is None:
                return
            self.hear(*_answer_to(learn, service or _bookable(self.playbook)))

    def told(self) -> tuple[Line, ...]:
        """What was said and done."""
        return tuple(self.lines)

    def _happen(self, event: Event) -> tuple[Effect, ...]:
        decision = decide(self.rules, self.case, event, self.now)
        contact = self.case.contact
        for effect in decision.effects:
            if isinstance(effect, KeepConsent):
                contact = replace(contact, consent=effect.state, consent_at=effect.at)
        self.case = replace(self.case, state=decision.state, contact=contact)
        self.lines.extend(line for effect in decision.effects for line in _seen(effect, self.business))
        looked = next((effect for effect in decision.effects if isinstance(effect, FindOpenings)), None)
        if looked is None:
            return decision.effects
        starts = tuple(MORNING + timedelta(days=1, hours=hours) for hours in (-1, 4, 24))
        found = OpeningsFound(at=self.now, sought=looked.sought, starts=starts, said=looked.said)
        return decision.effects + self._happen(found)


def _seen(effect: Effect, business: str) -> tuple[Line, ...]:
    match effect:
        case SendText(body=body):
            return (Line(who="business", text=filled(body, business)),)
        case PageStaff(summary=summary):
            return (Line(who="note", text=f"The person on call is woken: {summary}"),)
        case OpenTodo(title=title):
            return (Line(who="note", text=f"A to-do for staff: {title}"),)
        case _:
            return ()


def _bookable(playbook: Playbook) -> Service | None:
    services = playbook.services
    return next((service for service in services if service.next is None), services[0] if services else None)


def _answer_to(learn: Learn, service: Service | None) -> tuple[str, Reading]:
    """An ordinary answer to this question, and how it is understood."""
    if learn.kind == "service" and service is not None:
        return service.name.get("en", service.id), _sure(intent="answer", service=service.id)
    text, known = _ANSWERS.get(learn.kind, ("Nothing more", Slots()))
    urgency = "can_wait" if learn.kind == "urgency" else "unknown"
    return text, _sure(intent="answer", slots=known, urgency=urgency)


_ANSWERS: dict[SlotKind, tuple[str, Slots]] = {
    "urgency": ("It can wait", Slots()),
    "area": ("Austin", Slots(city="Austin")),
    "contact_pref": ("A link please", Slots(contact_pref="link")),
    "choice": ("1", Slots(option="1")),
    "yes_no": ("Yes", Slots(yes_no="yes")),
    "name": ("Sam Rivera", Slots(name="Sam Rivera")),
    "address": ("12 Oak St", Slots(address="12 Oak St")),
    "time": ("Tuesday morning", Slots(time="Tuesday morning")),
}
