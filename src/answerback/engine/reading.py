"""What a customer's text is taken to mean, and what a reader needs to know to say so.

These are values only. Reading a text is `understanding`'s work; acting on a reading is `engine.decide`'s.
A reading never *does* anything: it may be wrong, so it carries its confidence and its evidence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from answerback.engine.times import Times

Intent = Literal[
    "book",
    "reschedule",
    "cancel",
    "existing",
    "question",
    "complaint",
    "answer",
    "callback",
    "decline",
    "ack",
    "wrong_number",
    "vendor",
    "job_seeker",
    "help",
    "opt_out",
    "other",
]

Urgency = Literal["emergency", "soon", "can_wait", "unknown"]

Sensitive = Literal["medical", "legal", "self_harm", "complaint", "minor", "safety"]

Hazard = Literal[
    "gas",
    "carbon_monoxide",
    "fire",
    "electric",
    "flood",
    "medical_emergency",
    "self_harm",
    "violence",
]
"""A danger named in a text. All but `flood` are life safety (`LIFE_SAFETY`)."""

LIFE_SAFETY: frozenset[Hazard] = frozenset(
    {"gas", "carbon_monoxide", "fire", "electric", "medical_emergency", "self_harm", "violence"}
)

AskedAbout = Literal[
    "open",
    "service",
    "urgent",
    "location",
    "address",
    "name",
    "time",
    "contact_pref",
    "menu",
    "confirm",
    "followup",
    "link_sent",
    "review",
]
"""What the last text from the business asked for; `open` when nothing in particular."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceWords:
    """One service of a business and the words its customers use for it, lower case, any language.

    Work that the business declines is only ever recognised by its words, never guessed.
    """

    id: str
    names: tuple[str, ...]
    words: tuple[str, ...] = ()
    declined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The business's own words: its industry, its services and the places it serves."""

    industry: str
    services: tuple[ServiceWords, ...] = ()
    cities: tuple[str, ...] = ()
    zips: tuple[str, ...] = ()
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Hashes all words once: what is made ready for a business is looked up by them several times a reading."""
        object.__setattr__(self, "_hash", hash((self.industry, self.services, self.cities, self.zips)))

    def __hash__(self) -> int:
        """Equal words, equal hash."""
        return self._hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The question a text answers: its kind, its words, and its numbered choices where it had any.

    `openings` are the times those choices stood for, when they were times. `appointment` says that one of theirs
    stands: then "I can't make it" is about that. `language` is what they wrote in so far.
    """

    about: AskedAbout = "open"
    question: str = ""
    choices: tuple[str, ...] = ()
    openings: tuple[datetime, ...] = ()
    appointment: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """What a text says about the things we want to learn; a slot not in the text is None.

    `time` is the customer's own words for a wanted time, `date` an ISO day when it is clear,
    `option` the number chosen from a list, `phone` another number to call (as written).
    """

    name: str | None = None
    city: str | None = None
    zip: str | None = None
    address: str | None = None
    time: str | None = None
    date: str | None = None
    phone: str | None = None
    contact_pref: Literal["call", "link", "text"] | None = None
    yes_no: Literal["yes", "no"] | None = None
    option: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one text is taken to mean.

    `confidence` (0 to 1) is joint over intent, opt-out, urgency and sensitivity: how sure we are that acting on all
    of them is safe. `evidence` says in plain words which parts of the text said so, for staff to read.
    `opt_in` is set by START and its like only; `no_offers` where they want no advertising, and other texts still.
    `times` are the constraints it sets on when. `corrects`: it puts right what an earlier text said. `asks_too`:
    besides what it is for, it asks us something. `draft` is an answer a language model wrote, for a person to send or
    not.
    """

    intent: Intent = "other"
    also: tuple[Intent, ...] = ()
    urgency: Urgency = "unknown"
    sensitive: tuple[Sensitive, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    opt_out: bool = False
    opt_in: bool = False
    no_offers: bool = False
    service: str | None = None
    slots: Slots = field(default_factory=Slots)
    language: Literal["en", "es", "mixed", "und", "other"] = "und"
    confidence: float = 0.0
    evidence: tuple[str, ...] = ()
    times: Times = field(default_factory=Times)
    corrects: bool = False
    asks_too: bool = False
    draft: str = ""

    @property
    def life_safety(self) -> bool:
        """Is somebody's life in danger, by what the text says?"""
        return any(hazard in LIFE_SAFETY for hazard in self.hazards)

    @property
    def danger(self) -> bool:
        """Is somebody in danger, be it by their own hand?"""
        return self.life_safety or "self_harm" in self.sensitive


def told(slots: Mapping[str, str | None]) -> str:
    """What a text tells us, for staff, where none of its words alone says what is wanted: a mere "Austin".

    `slots` are those of `Slots`, by their names.
    """
    place, time = slots.get("city") or slots.get("zip") or slots.get("address"), slots.get("time")
    if place:
        return f'"{place}" says where'
    if time:
        return f'"{time}" says when'
    return f'"{slots["name"]}" is their name' if slots.get("name") else AS_A_WHOLE


AS_A_WHOLE = "no word of it says so by itself: it was read as a whole"


def tells_language(text: str, reading: Reading, about: AskedAbout) -> bool:
    """Does a text say which language somebody speaks?

    Neither a name nor a town does ("Austin" is Austin in every language), nor a word our texts ask everybody for, such
    as "Responda STOP".
    """
    said = [word.strip(" .,!") for word in text.casefold().split()]
    town = (reading.slots.city or "").casefold().split()
    is_town = bool(town) and all(word in town or word.isdigit() for word in said)
    return not (about == "name" or is_town or said in _ASKED_FOR)


_ASKED_FOR = (["stop"], ["start"], ["help"])
