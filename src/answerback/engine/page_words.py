"""What a page says: who, what, where, how long it waits and what to reply, short enough for a lock screen.

A lock screen is read by whoever stands beside it: a clinic's page reveals no patient, a law firm's no facts. It never
says that anything has been taken care of. Never here: who gets it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from answerback.engine import wording
from answerback.engine.staff_texts import LIST_FROM

Privacy = Literal["standard", "clinic", "law"]

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


def page(facts: Facts, privacy: Privacy, *, number: int, later: int, link: str, now: datetime) -> str:
    """The text that wakes somebody about one case; `later` are the minutes of "I call later"."""
    said = f'"{_short(facts.said)}"' if facts.said and privacy == "standard" else ""
    parts = (
        f"{'FIRE DRILL: ' if facts.drill else ''}{facts.summary}.",
        f"{_who(facts, privacy)}.",
        said,
        f"{_what_and_where(facts)}." if privacy == "standard" and _what_and_where(facts) else "",
        _waiting(facts.opened_at, now),
        f"Reply {number} = mine, {number + 1} = pass, {number + 2} = I call in {later} min.",
        link,
    )
    return wording.joined(*parts)


def listed(cases: Sequence[tuple[int, Facts]], privacy: Privacy, *, link: str, now: datetime) -> str:
    """The text for several cases that wait: each with the number that takes it."""
    named = [f"{number} = {_who(facts, privacy)}, {_minutes(facts.opened_at, now)} min" for number, facts in cases]
    more = f"and {len(named) - MOST_LISTED} more" if len(named) > MOST_LISTED else ""
    shown = "; ".join([*named[:MOST_LISTED], *([more] if more else [])])
    first = cases[0][0] if cases else LIST_FROM
    return wording.joined(
        f"{len(cases)} urgent cases wait:", f"{shown}.", f"Reply a number to take that case, such as {first}.", link
    )


def todo(facts: Facts, privacy: Privacy, *, urgent: bool, due: str) -> str:
    """What somebody is told of a to-do that is theirs; `due` says until or since when."""
    who = _who(facts, privacy)
    if urgent:
        return f"Have you reached {who}? Reply DONE if you have, CALL to be connected"
    return f"{facts.summary if privacy == 'standard' else 'A to-do'} ({who}), {due}"


def alert(kind: str, facts: Facts, privacy: Privacy, *, when: str = "") -> str:
    """What somebody who need not be woken hears; `summary` is the service, the words, the title or the finding."""
    who, said = _who(facts, privacy), facts.summary if privacy == "standard" else ""
    match kind:
        case "line_red":
            return f"Line {wording.phone(facts.number)} needs you: {facts.summary}"
        case "reply":
            return f'{who} wrote: "{_short(said)}"' if said else f"{who} wrote and waits for an answer."
        case "todo":
            return f"{said or 'A to-do'} ({who})"
        case "appointment":
            return wording.joined(f"Booked: {who},", f"{said}," if said else "", f"{when}.")
        case _:
            return f"New lead: {who}{f', {said}' if said else ''}."


def spoken(facts: Facts, privacy: Privacy, business: str, now: datetime) -> str:
    """What a call that wakes somebody says."""
    who = _who(facts, privacy) if privacy != "clinic" else f"Case {facts.case}"
    drill = "This is a fire drill. " if facts.drill else ""
    return (
        f"{drill}{business}. {facts.summary}. {who}. {_waiting(facts.opened_at, now)} "
        "Press 1 to take it. Press 2 to pass."
    )


def _who(facts: Facts, privacy: Privacy) -> str:
    if facts.drill:
        return f"Test code {facts.case}"
    match privacy:
        case "clinic":
            return f"Case {facts.case}"
        case "law":
            return wording.joined(facts.name.split(" ")[0], _number(facts.number)) or f"Case {facts.case}"
        case _:
            return wording.joined(facts.name, _number(facts.number)) or f"Case {facts.case}"


def _number(number: str) -> str:
    return wording.phone(number) if number.startswith("+") else "number withheld"


def _what_and_where(facts: Facts) -> str:
    where = [facts.answers[slot] for slot in _WHERE if facts.answers.get(slot)]
    return ", ".join(part for part in (facts.service, *where, facts.place) if part)


def _waiting(opened_at: datetime, now: datetime) -> str:
    minutes = _minutes(opened_at, now)
    return f"Waiting {minutes} min." if minutes else "Just now."


def _minutes(opened_at: datetime, now: datetime) -> int:
    return int((now - opened_at) / timedelta(minutes=1))


def _short(said: str) -> str:
    plain = wording.plain(said).replace('"', "'")
    return plain if len(plain) <= MOST_SAID else plain[: MOST_SAID - 3].rstrip() + "..."
