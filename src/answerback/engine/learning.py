"""Takes answers out of a reading and knows which question comes next.

Slots volunteered early or answered for an earlier question count like any other. Never here: sending the question, or
what follows once everything is known.
"""

from answerback.engine.draft import Draft, todo
from answerback.engine.playbook import Area, Learn, Playbook, Service, SlotKind
from answerback.engine.reading import AskedAbout, Reading, Slots, Urgency
from answerback.engine.state import State, changed

ASKED_ABOUT: dict[SlotKind, AskedAbout] = {
    "service": "service",
    "urgency": "urgent",
    "area": "location",
    "contact_pref": "contact_pref",
    "name": "name",
    "address": "address",
    "time": "time",
    "choice": "menu",
    "yes_no": "confirm",
    "text": "open",
}
"""What a reader is told each kind of question is about."""

LONGEST_ANSWER = 200

_RANK: dict[Urgency, int] = {"unknown": 0, "can_wait": 1, "soon": 2, "emergency": 3}


def wanted(playbook: Playbook, state: State) -> tuple[Learn, ...]:
    """Every question this conversation has to settle, in order: the required ones, then those of the service."""
    required = [learn for learn in playbook.learn if learn.required]
    service = playbook.service(state.service)
    extra = [playbook.slot(name) for name in service.asks] if service else []
    return (*required, *(learn for learn in extra if learn is not None and learn not in required))


def missing(playbook: Playbook, state: State) -> Learn | None:
    """The next question without an answer, None when everything is known."""
    return next((learn for learn in wanted(playbook, state) if learn.slot not in state.answers), None)


def doubt(draft: Draft, reading: Reading) -> None:
    """Have a person look at a text we are not sure of, unless one will anyway; the conversation goes on meanwhile."""
    unsure = reading.confidence < draft.rules.settings.confidence_for_machine
    if unsure and "review" not in draft.state.todos:
        todo(draft, "review", "We are not sure what they mean: please read their text", key="unsure")
        draft.note(
            "unsure",
            "The text was not clear; it was answered, and a person was asked to look at it.",
            would_change="A text that says more plainly what is wanted.",
        )


def learned(playbook: Playbook, state: State, reading: Reading, text: str) -> State:
    """The state with what this text answered; the same object when it answered nothing."""
    asked = playbook.slot(state.asked)
    found: dict[str, str] = {}
    service = _service(playbook, state, reading, asked)
    urgency = _urgency(state, reading, asked)
    for learn in playbook.learn:
        answer = _answer(learn, reading, service, urgency)
        if answer is None and asked is not None and learn.slot == asked.slot:
            answer = _direct_answer(learn, state, reading, text)
        newest = learn is asked or learn.kind in _NEWEST_WINS or reading.corrects
        if answer is not None and (learn.slot not in state.answers or newest):
            found[learn.slot] = answer[:LONGEST_ANSWER]
    answers = {**state.answers, **found}
    if (answers, service, urgency) == (state.answers, state.service, state.urgency):
        return state
    return changed(state, answers=answers, service=service, urgency=urgency)


def offered(playbook: Playbook, reading: Reading) -> bool:
    """Is what they ask for among the services? True when they name none."""
    return reading.service is None or playbook.service(reading.service) is not None


def serves(area: Area, slots: Slots) -> bool:
    """Is the place they name served? True when they name none, or when nothing says how far the business goes."""
    if slots.zip is not None and area.zips:
        return slots.zip in area.zips or _is_among(slots.city, area.cities)
    if slots.city is not None and area.cities:
        return _is_among(slots.city, area.cities)
    return True


def wants_call(playbook: Playbook, state: State) -> bool:
    """Did they say that they would rather be called?"""
    return any(learn.kind == "contact_pref" and state.answers.get(learn.slot) == "call" for learn in playbook.learn)


_NEWEST_WINS = frozenset({"service", "urgency"})
"""What `_service` and `_urgency` have already weighed against the answer known so far."""


def _service(playbook: Playbook, state: State, reading: Reading, asked: Learn | None) -> str | None:
    """A service named anew replaces the one known only when it answers the question or asks for work."""
    named: Service | None = playbook.service(reading.service)
    if named is None:
        return state.service
    asked_now = asked is not None and asked.kind == "service"
    anew = state.service is None or reading.intent == "book" or asked_now or reading.corrects
    return named.id if anew else state.service


def _urgency(state: State, reading: Reading, asked: Learn | None) -> Urgency:
    """An urgency rises by itself; it falls only as an answer to the question."""
    if reading.urgency == "unknown":
        return state.urgency
    if asked is not None and asked.kind == "urgency":
        return reading.urgency
    return max(state.urgency, reading.urgency, key=_RANK.__getitem__)


def _answer(learn: Learn, reading: Reading, service: str | None, urgency: Urgency) -> str | None:
    """An answer that may be taken from any text, whatever was asked."""
    slots = reading.slots
    match learn.kind:
        case "service":
            return service
        case "urgency":
            return None if urgency == "unknown" else urgency
        case "area":
            return slots.city or slots.zip
        case "contact_pref":
            return slots.contact_pref
        case "name":
            return slots.name
        case "address":
            return slots.address
        case "time":
            return slots.time or slots.date
        case "choice" | "yes_no" | "text":
            return None


def _direct_answer(learn: Learn, state: State, reading: Reading, text: str) -> str | None:
    """An answer that only makes sense to the question that was asked."""
    slots = reading.slots
    match learn.kind:
        case "choice":
            return _chosen(learn, state.language, slots.option)
        case "yes_no":
            return slots.yes_no
        case "area":
            return slots.address
        case "text":
            return text.strip() or None
        case _:
            return None


def _chosen(learn: Learn, language: str, option: str | None) -> str | None:
    choices = learn.choices.get(language) or next(iter(learn.choices.values()), ())
    if option is None or not option.isdecimal() or not 1 <= int(option[:4]) <= len(choices):
        return None
    return choices[int(option) - 1]


def _is_among(name: str | None, names: tuple[str, ...]) -> bool:
    return name is not None and name.casefold() in {each.casefold() for each in names}
