"""What a page says: who, what, where, how long it waits and what to reply, short enough for a lock screen.

A lock screen is read by whoever stands beside it: a clinic's page reveals no patient, a law firm's no facts. It never
says that anything has been taken care of. The `gettext` that is handed in puts sentences into the reader's language.
Never here: who gets it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from answerback.engine import wording
from answerback.engine.lengths import DAYS_FROM, hours_and_minutes
from answerback.engine.staff_texts import LIST_FROM

Privacy = Literal["standard", "clinic", "law"]

Say = Callable[[str], str]
"""Puts a sentence that is written here in English into another language."""


def as_written(sentence: str) -> str:
    """In English."""
    return sentence


MOST_SAID = 70
"""Characters of the customer's own words."""

MOST_LISTED = 5
"""Cases a list names; the others are counted."""

_WHERE = ("address", "city", "zip", "area")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of the case a page is about. `said` are the customer's last words, `place` is the location."""

    case: int
    summary: str
    opened_at: datetime
    name: str = ""
    number: str = ""
    service: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    said: str = ""
    place: str = ""
    drill: bool = False


def page(
    facts: Facts, privacy: Privacy, *, number: int, later: int, link: str, now: datetime, gettext: Say = as_written
) -> str:
    """The text that wakes somebody about one case; `later` are the minutes of "I call later".

    From `LIST_FROM` on a number takes its case and does nothing else.
    """
    said = f'"{_short(facts.said)}"' if facts.said and privacy == "standard" else ""
    if number >= LIST_FROM:
        reply = gettext("Reply %(mine)d = mine.")
    else:
        reply = gettext("Reply %(mine)d = mine, %(pass)d = pass, %(later)d = I call in %(minutes)d min.")
    drill = gettext("FIRE DRILL: ") if facts.drill else ""
    parts = (
        drill + wording.stopped(gettext(facts.summary)),
        f"{_who(facts, privacy, gettext)}.",
        said,
        f"{_what_and_where(facts)}." if privacy == "standard" and _what_and_where(facts) else "",
        _waiting(facts.opened_at, now, gettext),
        reply % {"mine": number, "pass": number + 1, "later": number + 2, "minutes": later},
        link,
    )
    return wording.joined(*parts)


def listed(
    cases: Sequence[tuple[int, Facts]], privacy: Privacy, *, link: str, now: datetime, gettext: Say = as_written
) -> str:
    """The text for several cases that wait: each with the number that takes it."""
    named = [
        f"{number} = {_who(facts, privacy, gettext)}, {_since(facts.opened_at, now, gettext)}"
        for number, facts in cases
    ]
    more = gettext("and %(number)d more") % {"number": len(named) - MOST_LISTED}
    shown = "; ".join([*named[:MOST_LISTED], *([more] if len(named) > MOST_LISTED else [])])
    first = cases[0][0] if cases else LIST_FROM
    return wording.joined(
        gettext("%(number)d urgent cases wait:") % {"number": len(cases)}
        if len(cases) != 1
        else gettext("One urgent case waits:"),
        f"{shown}.",
        gettext("Reply a number to take that case, such as %(first)d.") % {"first": first},
        link,
    )


def todo(facts: Facts, privacy: Privacy, *, urgent: bool, due: str, gettext: Say = as_written) -> str:
    """What somebody is told of a to-do that is theirs; `due` says until or since when."""
    who = _who(facts, privacy, gettext)
    if urgent:
        return gettext("Have you reached %(who)s? Reply DONE if you have, CALL to be connected") % {"who": who}
    said = gettext(facts.summary) if privacy == "standard" else gettext("A to-do")
    return f"{said} ({who}), {due}"


def alert(kind: str, facts: Facts, privacy: Privacy, *, when: str = "", gettext: Say = as_written) -> str:
    """What somebody who need not be woken hears; `summary` is the service, the words, the title or the finding."""
    who, said = _who(facts, privacy, gettext), facts.summary if privacy == "standard" else ""
    match kind:
        case "line_red":
            needs = gettext("Line %(number)s needs you: %(finding)s")
            return needs % {"number": wording.phone(facts.number), "finding": gettext(facts.summary)}
        case "unheard":
            return gettext("Urgent, and nobody could be woken by phone: %(who)s. Call now.") % {"who": who}
        case "reply":
            if said:
                return gettext('%(who)s wrote: "%(words)s"') % {"who": who, "words": _short(said)}
            return gettext("%(who)s wrote and waits for an answer.") % {"who": who}
        case "todo":
            title = gettext(said) if said else gettext("A to-do")
            return f"{title} ({who})"
        case "appointment":
            booked = gettext("Booked: %(who)s,") % {"who": who}
            return wording.joined(booked, f"{said}," if said else "", f"{when}.")
        case _:
            return gettext("New lead: %(who)s.") % {"who": f"{who}, {said}" if said else who}


def spoken(facts: Facts, privacy: Privacy, business: str, now: datetime, *, gettext: Say = as_written) -> str:
    """What a call that wakes somebody says."""
    return wording.joined(
        gettext("This is a fire drill.") if facts.drill else "",
        f"{business}.",
        wording.stopped(_without_addresses(gettext(facts.summary))),
        f"{_who(facts, privacy, gettext)}.",
        _waiting(facts.opened_at, now, gettext),
        gettext("Press 1 to take it. Press 2 to pass."),
    )


def _who(facts: Facts, privacy: Privacy, gettext: Say) -> str:
    case = gettext("Case %(case)d") % {"case": facts.case}
    if facts.drill:
        return gettext("Test code %(code)d") % {"code": facts.case}
    number = wording.phone(facts.number) if facts.number.startswith("+") else gettext("number withheld")
    match privacy:
        case "clinic":
            return case
        case "law":
            return wording.joined(facts.name.split(" ")[0], number) or case
        case _:
            return wording.joined(facts.name, number) or case


def _what_and_where(facts: Facts) -> str:
    where = [facts.answers[slot] for slot in _WHERE if facts.answers.get(slot)]
    return ", ".join(part for part in (facts.service, *where, facts.place) if part)


def _waiting(opened_at: datetime, now: datetime, gettext: Say) -> str:
    if now - opened_at < timedelta(minutes=1):
        return gettext("Just now.")
    return gettext("Waiting %(time)s.") % {"time": _since(opened_at, now, gettext)}


def _since(opened_at: datetime, now: datetime, gettext: Say) -> str:
    """`3 min`, `16 h 43 min`, `2 days`."""
    minutes = int((now - opened_at) / timedelta(minutes=1))
    if minutes >= DAYS_FROM * 60:
        return gettext("%(days)s days") % {"days": minutes // 60 // 24}
    return hours_and_minutes(minutes)


def _without_addresses(said: str) -> str:
    """A call cannot say one."""
    return " ".join(word for word in said.split() if "://" not in word)


def _short(said: str) -> str:
    plain = wording.plain(said).replace('"', "'")
    return plain if len(plain) <= MOST_SAID else plain[: MOST_SAID - 3].rstrip() + "..."
