"""Judges every text a playbook may send: what it asks, claims, offers and costs, given the moment it is sent at.

Sources of the rules: CTIA Messaging Principles and carrier codes (business named, opt-out notice, no reserved words as
answers, no public link shorteners), 47 CFR 64.1200 (no offers in an answer, one bare confirmation of a stop),
HIPAA minimum content, ABA Model Rule 1.18. Never here: the words that are looked for (`engine.lint`).
"""

from collections.abc import Iterator

from answerback.engine import lint
from answerback.engine.playbook import BLANKS, Playbook
from answerback.engine.problem import Problem, error, warning
from answerback.engine.rehearsal import Line, Spoken, answer, filled, spoken, up_to
from answerback.engine.segments import outside_gsm7, segments

MOST_FIRST_SEGMENTS = 2
MOST_SEGMENTS = 2

EMERGENCY_NUMBERS = ("911", "988")
"""United States: 911 for danger, 988 for people who may harm themselves; both can end in the life-safety route."""

_GENERAL = frozenset((
    "a", "an", "and", "for", "of", "the", "visit", "visits", "first", "new", "urgent", "regular", "child", "patient",
    "consultation", "appointment", "emergency", "question", "insurance", "billing", "front", "desk", "follow", "up",
    "not", "we", "do", "work", "un", "una", "y", "de", "para", "la", "el", "visita", "primera", "cita", "consulta",
    "urgente", "nuevo", "nueva", "paciente", "niño", "seguro", "pagos", "pregunta",
))  # fmt: skip
"""A service whose name has only such words gives nothing away."""


_STANDS = frozenset({"booked", "cancelled", "moved", "move_times", "reminder"})
"""Said of an appointment that is in the calendar, or was."""

_KEPT = frozenset({"ask_name", "ask_address"})
"""Said of a time that is held."""

_TO_A_PERSON = frozenset({"to_person", "calling_now", "calling_later"})
"""Said when a person was told, or has the case already."""

_OFFERS = frozenset({"times", "other_times", "taken", "which_time", "move_times"})
"""Said with openings, which the text has to hold."""


def text_problems(playbook: Playbook, business: str) -> Iterator[Problem]:
    """What is wrong with the texts of this playbook, in the order of the file."""
    names = _treatment_names(playbook)
    prices = frozenset(
        amount for service in playbook.services for price in service.price.values() for amount in lint.amounts(price)
    ) | frozenset(
        amount
        for fact in playbook.facts
        for said in fact.say.values()
        for text in said
        for amount in lint.amounts(text)
    )
    for said in spoken(playbook):
        if not said.text.strip():
            continue
        seen = up_to(playbook, said, business)
        yield from _blanks(said, seen)
        yield from _reserved(said, seen)
        yield from _links(said, seen)
        yield from _offers(said, seen, prices)
        yield from _claims(said, seen, playbook.people.callback_minutes)
        yield from _length(said, seen, business)
        if said.kind == "greet":
            yield from _first_text(said, seen)
        if said.kind == "ask":
            yield from _question(said, seen)
        if said.kind in {"route", "say"}:
            yield from _moment(said, seen)
        if playbook.privacy == "clinic":
            yield from _clinic(said, seen, names)
        if playbook.privacy == "law":
            yield from _law(said, seen)
    for word in (word for service in playbook.services for words in service.words.values() for word in words):
        yield from _service_word(playbook, word)


def _blanks(said: Spoken, seen: tuple[Line, ...]) -> Iterator[Problem]:
    if lint.has_loose_brace(said.text):
        yield error(
            said.where, "There is a brace here that belongs to no blank.", "Write a blank as {business}.", *seen
        )
    for blank in lint.blanks(said.text):
        if blank not in BLANKS:
            known = ", ".join(f"{{{name}}}" for name in BLANKS)
            yield error(said.where, f"There is no blank `{{{blank}}}`.", f"Blanks are: {known}.", *seen)
        elif blank == "link" and said.kind != "nudge" and said.then != "link":
            yield error(
                said.where,
                "A booking link stands here, before it is known what the customer needs.",
                "Take {link} out. It belongs to a route that leads to `link`, or to a reminder.",
                *seen,
                _note("The customer books the wrong visit."),
            )
        elif not _is_known(blank, said):
            yield error(
                said.where,
                f"Nothing is known yet for `{{{blank}}}` ({BLANKS[blank]}) when this is said.",
                f"Take {{{blank}}} out.",
                *seen,
            )


def _is_known(blank: str, said: Spoken) -> bool:
    """Is there something to put into this blank when this is said?"""
    promised = said.kind == "route" and said.then == "callback"
    match blank:
        case "service":
            return said.kind != "greet"
        case "choices" | "video":
            return said.kind == ("ask" if blank == "choices" else "send")
        case "window":
            return promised or (said.kind == "say" and said.moment == "calling_later")
        case "member":
            return said.kind == "say" and said.moment in _TO_A_PERSON - {"to_person"}
        case "when":
            return promised or (said.kind == "say" and said.moment in _STANDS | _KEPT)
        case "times":
            return said.then == "link" or (said.kind == "say" and said.moment in _OFFERS)
        case "amount":
            return said.kind == "say" and said.moment == "deposit"
        case _:
            return True


def _reserved(said: Spoken, seen: tuple[Line, ...]) -> Iterator[Problem]:
    for word in lint.orders_to_stop(said.text):
        yield _reply_ends_texts(said.where, word, seen)
    if said.kind == "choice" and lint.plain(said.text).strip() in lint.RESERVED:
        yield _reply_ends_texts(said.where, said.text.upper(), seen)


def _reply_ends_texts(where: str, word: str, seen: tuple[Line, ...]) -> Problem:
    return error(
        where,
        f'This asks people to reply {word}, which phone companies read as "never text me again".',
        'Ask for another word, such as C. Only the notice "Reply STOP to opt out" may name STOP.',
        *seen,
        Line(who="customer", text=word),
        _note("Every text to this customer is blocked from now on."),
    )


def _links(said: Spoken, seen: tuple[Line, ...]) -> Iterator[Problem]:
    for link in lint.links(said.text):
        if lint.is_shortened(link):
            yield error(
                said.where,
                f"`{link}` is a public link shortener: phone companies block texts that hold one.",
                "Write your own address, or {link} where the customer may book.",
                *seen,
                _note("The text never arrives."),
            )
        elif link.startswith("http://"):
            yield error(said.where, f"`{link}` is not a safe address.", "Write it with https://.", *seen)
        elif said.kind == "greet":
            yield error(
                said.where,
                f"A first text may not hold a link (`{link}`): to a stranger it looks like fraud.",
                "Take it out and ask a question instead.",
                *seen,
                answer("is this spam?", "¿esto es spam?", said.language),
            )


def _offers(said: Spoken, seen: tuple[Line, ...], prices: frozenset[str]) -> Iterator[Problem]:
    for words in lint.offers(said.text):
        yield error(
            said.where,
            f"`{words}` makes this an offer. An offer is advertising, and a missed call is no consent to that.",
            "Take it out.",
            *seen,
            answer("I never signed up for ads", "Yo nunca pedí publicidad", said.language),
        )
    for amount in lint.amounts(said.text):
        if amount not in prices:
            yield error(
                said.where,
                f"`{amount}` is a price that no service of yours has.",
                "Take it out, or write it under `price` of the service.",
                *seen,
                answer(f"Your text said {amount}", f"Su mensaje decía {amount}", said.language),
            )


def _claims(said: Spoken, seen: tuple[Line, ...], callback_minutes: int) -> Iterator[Problem]:
    person = said.kind == "route" and said.then in {"human", "callback"}
    handed_over = person or (said.kind == "say" and said.moment in _TO_A_PERSON)
    recorded = said.kind == "say" and said.moment in _STANDS
    for words in lint.arrivals(said.text):
        yield _claim(said, f"`{words}` says that somebody is coming, and no record says so.", "Nobody is coming.", seen)
    for words in () if recorded else lint.bookings(said.text):
        yield _claim(
            said,
            f"`{words}` says something about an appointment that is not in the calendar.",
            "The calendar holds no such thing.",
            seen,
        )
    for words in () if handed_over else lint.callbacks(said.text):
        yield _claim(
            said, f"`{words}` promises a call, but no to-do is made at this moment.", "Nobody is told to call.", seen
        )
    for words in () if handed_over else lint.people_at_work(said.text):
        yield _claim(said, f"`{words}` promises a person, but nobody is told at this moment.", "Nobody is told.", seen)
    for words in lint.deadlines(said.text):
        if not (person and f"{callback_minutes} min" in words):
            yield _claim(said, f"`{words}` promises a time that nobody keeps watch over.", "That time passes.", seen)


def _claim(said: Spoken, what: str, then: str, seen: tuple[Line, ...]) -> Problem:
    return error(said.where, what, "Say only what has happened.", *seen, _note(then))


def _length(said: Spoken, seen: tuple[Line, ...], business: str) -> Iterator[Problem]:
    text = filled(said.text, business, said.language)
    parts = segments(text)
    first = said.kind == "greet"
    if parts <= (1 if first else MOST_SEGMENTS):
        return
    odd = outside_gsm7(text)
    what = f"This text is {len(text)} characters long and is charged as {parts} texts."
    fix = "Make it shorter."
    if odd:
        what = f"This text is {len(text)} characters long and is charged as {parts} texts because of {' '.join(odd)}."
        fix = f"Write it without {' '.join(odd)}, or shorter."
    if first and parts > MOST_FIRST_SEGMENTS:
        yield error(said.where, f"{what} A first text may be {MOST_FIRST_SEGMENTS}.", fix, *seen)
    else:
        yield warning(said.where, what, fix, *seen)


def _first_text(said: Spoken, seen: tuple[Line, ...]) -> Iterator[Problem]:
    if "{business}" not in said.text:
        yield error(
            said.where,
            "A first text has to say who is writing.",
            "Put {business} into it.",
            *seen,
            answer("who is this?", "¿quién es?", said.language),
        )
    if not lint.has_opt_out_notice(said.text):
        yield error(
            said.where,
            "A first text has to say how to make the texts end.",
            'Add "Reply STOP to opt out" (in Spanish: "Responda STOP para no recibir mensajes").',
            *seen,
            answer("how do I turn this off?", "¿cómo paro estos mensajes?", said.language),
        )
    count = lint.questions(said.text)
    if count > 1:
        yield error(
            said.where,
            f"A first text asks one question; this one asks {count}.",
            "Keep the one that matters most. The others follow one at a time.",
            *seen,
            answer("yes", "sí", said.language),
            _note("Yes to which?"),
        )
    if count == 0:
        yield warning(
            said.where, "This first text asks nothing, so few people will answer it.", "End it with a question.", *seen
        )


def _question(said: Spoken, seen: tuple[Line, ...]) -> Iterator[Problem]:
    if lint.questions(said.text) == 0:
        yield error(
            said.where, "This is meant to be a question but has no question mark.", "Write it as a question.", *seen
        )


def _moment(said: Spoken, seen: tuple[Line, ...]) -> Iterator[Problem]:
    if said.kind == "route" and said.then == "link" and "{link}" not in said.text:
        yield error(
            said.where,
            "This route leads to a booking link, but the text does not hold it.",
            "Put {link} into it.",
            *seen,
            answer("where do I choose a time?", "¿dónde elijo la hora?", said.language),
        )
    if said.kind == "say" and said.moment in _OFFERS and "{times}" not in said.text:
        yield error(
            said.where,
            "This offers times, but the text does not hold them.",
            "Put {times} into it.",
            *seen,
            answer("which times?", "¿qué horas?", said.language),
        )
    if said.kind == "route" and said.moment == "life_safety":
        for number in EMERGENCY_NUMBERS:
            if number not in said.text:
                yield error(
                    said.where,
                    f"Somebody in danger is not told about {number}.",
                    f"Name {number}: 911 for danger, 988 for people who may harm themselves. It cannot be left out.",
                    *seen,
                )
    if said.kind == "say" and said.moment == "opted_out" and lint.questions(said.text):
        yield error(
            said.where,
            "Somebody said stop. The one text that confirms it may not ask for anything.",
            "Take the question out.",
            *seen,
            answer("I said stop!", "¡Ya dije STOP!", said.language),
        )


def _clinic(said: Spoken, seen: tuple[Line, ...], names: frozenset[str]) -> Iterator[Problem]:
    found = lint.treatments(said.text, names)
    if "service" in lint.blanks(said.text):
        found = (*found, "{service}")
    for name in found:
        yield error(
            said.where,
            f"`{name}` tells anybody who sees this phone what kind of care the patient wants.",
            "Name no treatment in a text: practice, day, time and phone number are enough.",
            *seen,
            _note("A family member reads it on the lock screen."),
        )


def _law(said: Spoken, seen: tuple[Line, ...]) -> Iterator[Problem]:
    for words in lint.case_facts(said.text):
        yield error(
            said.where,
            f"`{words}` asks for facts of a case before anybody has checked for a conflict.",
            "Ask for the kind of matter only, never for what happened.",
            *seen,
            answer(
                "Well, it was my partner at the firm and here is everything he did...",
                "Pues fue mi socio, y esto es todo lo que hizo...",
                said.language,
            ),
            _note("If you represent the other side, you may now have to leave the case."),
        )
    if said.kind == "greet" and not lint.denies_relationship(said.text):
        yield error(
            said.where,
            "A law firm's first text has to say that there is no attorney-client relationship yet.",
            'Add "No attorney-client relationship yet" (in Spanish: "Un texto no le hace cliente").',
            *seen,
            answer("Good, now that you are my lawyer...", "Bueno, ya que usted es mi abogado...", said.language),
        )


def _service_word(playbook: Playbook, word: str) -> Iterator[Problem]:
    if lint.plain(word).strip() in lint.RESERVED:
        owner = next(s.id for s in playbook.services if any(word in words for words in s.words.values()))
        yield error(
            f"services > {owner} > words",
            f"`{word}` is read as an order about texting, never as a service.",
            "Take it out.",
            Line(who="customer", text=word),
            _note("The texts end, or change, and nobody asks about the service."),
        )


def _treatment_names(playbook: Playbook) -> frozenset[str]:
    names = (name for service in playbook.services for name in service.name.values())
    return frozenset(name for name in names if not set(name.lower().split()) <= _GENERAL)


def _note(text: str) -> Line:
    return Line(who="note", text=text)
