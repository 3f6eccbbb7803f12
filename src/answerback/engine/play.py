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
from answerback.engine.reading import Reading, Slots, Urgency
from answerback.engine.rehearsal import Line, answer, customer, filled, main_language
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
    talk.hear(customer(when, talk.language).text, talk.sure(_OPENINGS.get(when, Reading(intent="book"))))
    if when in _PLACES:
        talk.hear(_PLACES[when], talk.sure(Reading(intent="answer", slots=Slots(city=_PLACES[when]))))
    if when in _ANSWERED_THROUGH:
        talk.answer_everything()
    return talk.told()


def played_for(playbook: Playbook, service: Service, business: str) -> tuple[Line, ...]:
    """The conversation of a customer who needs this service and answers every question."""
    talk = _Talk(playbook, business)
    talk.miss_a_call()
    name = service.name.get(talk.language, service.id)
    text = answer(f"I need help with: {name}", f"Necesito ayuda con: {name}", talk.language).text
    talk.hear(text, talk.sure(Reading(intent="book", service=service.id)))
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


_OPENINGS: dict[RouteWhen, Reading] = {
    "life_safety": Reading(hazards=("gas",), urgency="emergency"),
    "urgent": Reading(urgency="emergency"),
    "sensitive": Reading(sensitive=("legal",)),
    "wants_call": Reading(intent="callback"),
    "otherwise": Reading(intent="question"),
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
        self.language = main_language(playbook)
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
        spoken = reading.language if reading.language in {"en", "es"} else self.language
        self.lines.append(Line(who="customer", text=text, language=spoken))
        effects = self._happen(TextReceived(at=self.now, line=LINE, text=text, reading=reading))
        if not any(isinstance(effect, SendText | PageStaff | OpenTodo) for effect in effects):
            self.lines.append(Line(who="note", text="Nothing is sent, and nobody is told."))

    def answer_everything(self, service: Service | None = None) -> None:
        """The customer answers each question until none is open."""
        for _ in range(MOST_TEXTS):
            learn = self.playbook.slot(self.case.state.asked)
            if learn is None:
                return
            text, reading = _answer_to(learn, service or _bookable(self.playbook), self.language)
            self.hear(text, self.sure(reading))

    def sure(self, reading: Reading) -> Reading:
        """This reading as it is of whoever writes plainly, in the language of the playbook."""
        return replace(reading, language="es" if self.language == "es" else "en", confidence=1.0)

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
        self.lines.extend(line for effect in decision.effects for line in self._seen(effect))
        looked = next((effect for effect in decision.effects if isinstance(effect, FindOpenings)), None)
        if looked is None:
            return decision.effects
        starts = tuple(MORNING + timedelta(days=1, hours=hours) for hours in (-1, 4, 24))
        found = OpeningsFound(at=self.now, sought=looked.sought, starts=starts, said=looked.said)
        return decision.effects + self._happen(found)

    def _seen(self, effect: Effect) -> tuple[Line, ...]:
        match effect:
            case SendText(body=body):
                spoken = self.case.state.language or self.language
                return (Line(who="business", text=filled(body, self.business, spoken), language=spoken),)
            case PageStaff(summary=summary):
                return (Line(who="note", text=f"The person on call is woken: {summary}"),)
            case OpenTodo(title=title):
                return (Line(who="note", text=f"A to-do for staff: {title}"),)
            case _:
                return ()


def _bookable(playbook: Playbook) -> Service | None:
    services = playbook.services
    return next((service for service in services if service.next is None), services[0] if services else None)


def _answer_to(learn: Learn, service: Service | None, language: str) -> tuple[str, Reading]:
    """An ordinary answer to this question, and how it is understood."""
    if learn.kind == "service" and service is not None:
        return service.name.get(language, service.id), Reading(intent="answer", service=service.id)
    english, spanish, known = _ANSWERS.get(learn.kind, ("Nothing more", "Nada más", Slots()))
    urgency: Urgency = "can_wait" if learn.kind == "urgency" else "unknown"
    return answer(english, spanish, language).text, Reading(intent="answer", slots=known, urgency=urgency)


_ANSWERS: dict[SlotKind, tuple[str, str, Slots]] = {
    "urgency": ("It can wait", "Puede esperar", Slots()),
    "area": ("Austin", "Austin", Slots(city="Austin")),
    "contact_pref": ("A link please", "Un enlace, por favor", Slots(contact_pref="link")),
    "choice": ("1", "1", Slots(option="1")),
    "yes_no": ("Yes", "Sí", Slots(yes_no="yes")),
    "name": ("Sam Rivera", "Sam Rivera", Slots(name="Sam Rivera")),
    "address": ("12 Oak St", "12 Oak St", Slots(address="12 Oak St")),
    "time": ("Tuesday morning", "El martes por la mañana", Slots(time="Tuesday morning")),
}
