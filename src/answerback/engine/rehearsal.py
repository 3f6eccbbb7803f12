"""Short pretend conversations that show an owner where a playbook goes wrong.

They are put together from the playbook's own words, so that the owner sees what a customer would see.
Never here: judging a playbook (`engine.proof`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from answerback.engine.playbook import Next, Playbook, Wording

EXAMPLE_NAME = "Riverside & Sons Company"
"""Stands in for a business whose name is not known yet: 24 characters, longer than most."""

LANGUAGES = {"en": "English", "es": "Spanish", "fr": "French", "pt": "Portuguese", "vi": "Vietnamese", "zh": "Chinese"}

Kind = Literal["greet", "ask", "route", "say", "send", "nudge", "choice"]

_EXAMPLES = {
    "phone": "(512) 555-0142",
    "link": "https://book.example.com/k7Qm2x",
    "service": "your visit",
    "choices": "1 Yes, 2 No",
    "window": "within 30 minutes",
    "when": "Tue Mar 10, 9:00 AM",
    "times": "1) Tue Mar 10, 9:00 AM 2) Tue Mar 10, 2:00 PM 3) Wed Mar 11, 10:00 AM. Reply 1, 2 or 3.",
    "amount": "$50",
    "video": "https://book.example.com/v/AbCdEfGhIjKlMnOpQrStUvWxYz",
    "member": "Dana",
}
_IN_SPANISH = {
    "service": "su visita",
    "choices": "1 Casa, 2 Negocio",
    "window": "en menos de 30 minutos",
    "when": "mar 10 mar, 9:00 AM",
    "times": "1) mar 10 mar, 9:00 AM 2) mar 10 mar, 2:00 PM 3) mié 11 mar, 10:00 AM. Responda 1, 2 o 3.",
}

_CUSTOMER: dict[str, tuple[str, str]] = {
    "life_safety": (
        "Please help, I think somebody is in danger here",
        "Por favor ayuda, creo que alguien corre peligro",
    ),
    "urgent": ("It is an emergency, it cannot wait", "Es una emergencia, no puede esperar"),
    "sensitive": ("I am really upset about what your people did", "Estoy muy molesto por lo que hizo su gente"),
    "not_served": ("I am in a town far away, do you come here?", "Estoy en un pueblo lejos, ¿llegan hasta aquí?"),
    "wants_call": ("Can somebody just call me?", "¿Me puede llamar alguien?"),
    "intake_first": ("It is my first time with you", "Es mi primera vez con ustedes"),
    "book": ("I would like to book a time", "Quisiera una cita"),
    "otherwise": ("It is about the thing from before", "Es por lo de la otra vez"),
    "opted_out": ("please don't text me again", "por favor ya no me escriban"),
    "started": ("START", "START"),
    "help": ("HELP", "HELP"),
    "wrong_number": ("you have the wrong number", "se equivocó de número"),
    "to_person": ("can I talk to a person", "quiero hablar con una persona"),
    "thanks": ("ok thanks", "ok gracias"),
    "booked": ("(books a time)", "(reserva una hora)"),
    "cancelled": ("(gives the appointment up)", "(deja la cita)"),
    "fact": ("Can I ask something?", "¿Puedo hacer una pregunta?"),
    "times": ("do you have anything on Friday?", "¿tienen algo el viernes?"),
    "other_times": ("Sunday at 6 in the morning", "el domingo a las 6 de la mañana"),
    "taken": ("2", "2"),
    "which_time": ("whenever the moon is full", "cuando haya luna llena"),
    "ask_name": ("1", "1"),
    "ask_address": ("1", "1"),
    "moved": ("3", "3"),
    "move_times": ("can we do Friday instead?", "¿se puede el viernes mejor?"),
    "reminder": ("(has an appointment tomorrow)", "(tiene cita mañana)"),
    "deposit": ("I would like to book a time", "Quisiera una cita"),
    "service_known": ("my water heater leaks", "mi calentador gotea"),
    "thinking": ("ok let me think about it", "déjeme pensarlo"),
    "before_visit": ("(has an appointment tomorrow)", "(tiene cita mañana)"),
    "calling_now": ("(waits, and a person takes the case)", "(espera, y una persona toma el caso)"),
    "calling_later": ("(waits, and a person will call later)", "(espera, y una persona llamará más tarde)"),
    "declined": ("never mind, I found somebody", "ya no, gracias, ya encontré a alguien"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a conversation as on a phone, in its `language`; a `note` says what happens beside it, in English."""

    who: Literal["customer", "business", "note"]
    text: str
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One text the machine may send: its place in the file, and the moment it is said at.

    `moment` is a route's case, the name of a `say`, a call situation or a slot.
    """

    where: str
    kind: Kind
    moment: str
    language: str
    text: str
    then: Next | None = None


def spoken(playbook: Playbook) -> Iterator[Spoken]:
    """Every text of the playbook, variant by variant, in the order of the file."""
    for where, kind, moment, wording, then in wordings(playbook):
        for language, variants in wording.items():
            for number, text in enumerate(variants, start=1):
                place = f"{where} > {language}" + (f" > {number}" if len(variants) > 1 else "")
                yield Spoken(where=place, kind=kind, moment=moment, language=language, text=text, then=then)


def wordings(playbook: Playbook) -> Iterator[tuple[str, Kind, str, Wording, Next | None]]:
    """Every wording of the playbook: its place, its kind, its moment, itself, and a route's next step."""
    for situation, wording in playbook.greet.items():
        yield f"greet > {situation}", "greet", situation, wording, None
    for digit, wording in playbook.menu.items():
        yield f"menu > {digit}", "greet", digit, wording, None
    for learn in playbook.learn:
        yield f"learn > {learn.slot} > ask", "ask", learn.slot, learn.ask, None
        yield f"learn > {learn.slot} > again", "ask", learn.slot, learn.again, None
        if learn.choices:
            yield f"learn > {learn.slot} > choices", "choice", learn.slot, learn.choices, None
    for route in playbook.routes:
        yield f"routes > {route.when} > say", "route", route.when, route.say, route.then
    for name in playbook.say.__slots__:
        yield f"say > {name}", "say", name, getattr(playbook.say, name), None
    for fact in playbook.facts:
        yield f"facts > {fact.about} > say", "say", "fact", fact.say, None
    for number, rule in enumerate(playbook.send, start=1):
        yield f"send > {number} > say", "send", rule.when, rule.say, None
    for number, nudge in enumerate(playbook.nudges, start=1):
        yield f"nudges > {number} > say", "nudge", nudge.after, nudge.say, None


def examples(language: str) -> dict[str, str]:
    """What stands in each blank but the business in an ordinary case, in this language or else in English."""
    return _EXAMPLES | (_IN_SPANISH if language == "es" else {})


def filled(text: str, business: str, language: str = "en") -> str:
    """The text with its blanks filled in as in an ordinary case."""
    for blank, value in {"business": business, **examples(language)}.items():
        text = text.replace(f"{{{blank}}}", value)
    return text


def first_contact(playbook: Playbook, business: str, language: str = "en") -> tuple[Line, ...]:
    """A missed call and the first text."""
    missed = Line(who="note", text="A customer calls. Nobody picks up.")
    variants = playbook.greet.get("open", {}).get(language) or ()
    said = (Line(who="business", text=filled(text, business, language), language=language) for text in variants[:1])
    return (missed, *said)


def customer(moment: str, language: str = "en") -> Line:
    """What a customer writes at this moment, in Spanish or else in English."""
    english, spanish = _CUSTOMER.get(moment, ("Hello, I need some help", "Hola, necesito ayuda"))
    return answer(english, spanish, language)


def answer(english: str, spanish: str, language: str = "en") -> Line:
    """What a customer writes, in Spanish or else in English."""
    text, spoken = (spanish, "es") if language == "es" else (english, "en")
    return Line(who="customer", text=text, language=spoken)


def up_to(playbook: Playbook, said: Spoken, business: str) -> tuple[Line, ...]:
    """The conversation up to and including this text."""
    last = Line(who="business", text=filled(said.text, business, said.language), language=said.language)
    if said.kind == "greet":
        return (Line(who="note", text="A customer calls. Nobody picks up."), last)
    opening = first_contact(playbook, business, said.language)
    if said.kind == "nudge":
        return (*opening, Line(who="note", text="The customer does not answer."), last)
    return (*opening, customer(said.moment, said.language), last)


def main_language(playbook: Playbook) -> str:
    """The language the playbook answers in first; English where it names none."""
    return playbook.languages[0] if playbook.languages else "en"


def language_name(code: str) -> str:
    """The English name of a language, or its code where we know none."""
    return LANGUAGES.get(code, code)
