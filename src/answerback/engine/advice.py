"""Weighs what a language model proposes against what was read offline: a pure function, and few things count.

A model may fill an empty slot with the customer's own words, name a service where none was found, raise an urgency, a
danger, a tag or an opt-out, and draft a text for a person. It must never clear or lower any of these, choose what
happens, make the machine surer of itself, or have its words sent: a draft that states a price, a time, a booking or a
link is thrown away.
"""

import re
import unicodedata
from dataclasses import dataclass, field, fields, replace
from typing import TypeVar

from answerback.engine import lint
from answerback.engine.reading import Hazard, Intent, Reading, Sensitive, Slots, Urgency

LONGEST_DRAFT = 320

_T = TypeVar("_T")

_RANK: dict[Urgency, int] = {"unknown": 0, "can_wait": 1, "soon": 2, "emergency": 3}

PROPOSED: frozenset[Intent] = frozenset(
    {"book", "reschedule", "cancel", "existing", "question", "complaint", "callback"}
)
"""What a text that was not understood may be taken for on a model's word: what leads to a question or a person."""

_QUOTED = ("name", "city", "zip", "address", "time", "phone")
_CLOCK = re.compile(r"\b\d{1,2}(?::\d\d)?\s?(?:am|pm|a\.m|p\.m|o'?clock|hrs?)\b|\b\d{1,2}:\d\d\b|\ba las \d")
_DAYS = re.compile(
    r"\b(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|hoy|manana|lunes|martes|miercoles|jueves|"
    r"viernes|sabado|domingo|minutes?|hours?|minutos?|horas?)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a language model says about one text; nothing in it is believed before `advised` has weighed it."""

    intent: Intent = "other"
    urgency: Urgency = "unknown"
    sensitive: tuple[Sensitive, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    opt_out: bool = False
    service: str | None = None
    slots: Slots = field(default_factory=Slots)
    draft: str = ""


def doubtful(reading: Reading, *, below: float) -> bool:
    """Is it worth asking? What is urgent, or says stop, is acted on at once, whatever a model might add."""
    settled = reading.opt_out or reading.opt_in or reading.hazards or reading.urgency == "emergency"
    return not settled and reading.confidence < below


def advised(reading: Reading, proposal: Proposal, *, text: str, services: frozenset[str]) -> Reading:
    """The reading with what may be taken from a proposal; `text` is the customer's, `services` those that exist."""
    service = reading.service or (proposal.service if proposal.service in services else None)
    slots = _filled(reading.slots, proposal.slots, text)
    higher = _RANK[proposal.urgency] > _RANK[reading.urgency] and proposal.urgency != "can_wait"
    vague = reading.intent == "other" and proposal.intent in PROPOSED
    joined = replace(
        reading,
        intent="opt_out" if proposal.opt_out and not reading.opt_out else proposal.intent if vague else reading.intent,
        urgency=proposal.urgency if higher else reading.urgency,
        sensitive=_more(reading.sensitive, proposal.sensitive),
        hazards=_more(reading.hazards, proposal.hazards),
        opt_out=reading.opt_out or proposal.opt_out,
        service=service,
        slots=slots,
    )
    taken = [name for name in _SHOWN if getattr(joined, name) != getattr(reading, name)]
    said = [f"a language model proposed {_SHOWN[name]}" for name in taken]
    return replace(joined, evidence=(*reading.evidence, *said), draft=fit(proposal.draft))


_SHOWN = {
    "intent": "what they want",
    "urgency": "how urgent it is",
    "sensitive": "that it is a delicate matter",
    "hazards": "that there is a danger",
    "opt_out": "that they want no more texts",
    "service": "the service",
    "slots": "what answers our questions",
}


def fit(draft: str) -> str:
    """The draft a person may be shown, empty when it states what no record backs or what must not be sent."""
    text = " ".join(draft.split())[: LONGEST_DRAFT + 1]
    plain = _plain(text)
    states = (
        lint.amounts(text)
        or lint.links(text)
        or lint.bookings(text)
        or lint.arrivals(text)
        or lint.deadlines(text)
        or lint.offers(text)
        or lint.orders_to_stop(text)
        or _CLOCK.search(plain)
        or _DAYS.search(plain)
        or any(mark in text for mark in "{}<>$€£")
    )
    return "" if states or len(text) > LONGEST_DRAFT else text


def _filled(slots: Slots, more: Slots, text: str) -> Slots:
    """Empty slots filled with words that stand in the customer's own text; a day is never taken from a model."""
    said = _plain(text)
    digits = re.sub(r"\D", "", text)
    values = {each.name: getattr(slots, each.name) for each in fields(Slots)}
    for name in _QUOTED:
        proposed = getattr(more, name)
        if values[name] is None and proposed and _stands(name, proposed, said, digits):
            values[name] = proposed.strip()[:200]
    return Slots(**values)


def _stands(name: str, proposed: str, said: str, digits: str) -> bool:
    if name in {"zip", "phone"}:
        number = re.sub(r"\D", "", proposed)
        return number in digits and len(number) == (5 if name == "zip" else len(number)) >= 5
    plain = _plain(proposed)
    return bool(plain) and f" {plain} " in f" {said} "


def _more(have: tuple[_T, ...], proposed: tuple[_T, ...]) -> tuple[_T, ...]:
    return (*have, *(each for each in dict.fromkeys(proposed) if each not in have))


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(each for each in folded if not unicodedata.combining(each))
    return " ".join(re.findall(r"[\w:]+", letters))
