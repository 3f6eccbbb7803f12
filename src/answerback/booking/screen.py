"""What stands on the booking pages: days and times in words, the form, the confirmation, a dead link's advice.

Values for the templates only; nothing is looked up or changed here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers

from answerback.booking import words
from answerback.booking.invitation import google_address
from answerback.engine.currency import amount
from answerback.engine.wording import zone_name
from answerback.workflow import places
from answerback.workflow.bookings import Booked, Offer

DAYS_SHOWN = 10
DAYS_AT_ONCE = 4
"""How many days stand there at once; the others come with a tap, so that a thumb reaches the button soon."""

DAYS_OPEN = 2
"""How many days show their times at once; the others open with a tap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What a customer typed into the form, to be shown again."""

    name: str = ""
    address: str = ""
    email: str = ""
    accepted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One time on the page: what the form sends, and what is read."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShown:
    """One day on the page."""

    name: str
    note: str
    count: str
    choices: tuple[Choice, ...]
    open: bool


def choosing(token: str, offer: Offer, now: datetime, problem: str = "", typed: Typed | None = None) -> dict[str, Any]:
    """The page on which a time is chosen; `problem` is a word of `words.WORDS`, or the words themselves."""
    language = words.tongue(offer.language)
    say = words.WORDS[language]
    phone, days = _phone(offer.phone), _days(offer, now, language)
    return {
        "token": token,
        "offer": offer,
        "say": say,
        "language": language,
        "moving": offer.booked is not None,
        "stands": _stands(offer, language),
        "told": words.told(offer.answers, language),
        "days": days[:DAYS_AT_ONCE],
        "more_days": days[DAYS_AT_ONCE:],
        "more_open": any(day.open for day in days[DAYS_AT_ONCE:]),
        "problem": say.get(problem, problem),
        "typed": typed or Typed(),
        "about": say["about"].format(length=words.length(offer.minutes, language)),
        "zone": _zone(offer, now, language),
        "elsewhere": _elsewhere(offer, now, language),
        "deposit": say["deposit"].format(amount=amount(offer.deposit, offer.currency)) if offer.deposit else "",
        "phone": phone,
        "call": say["call"].format(phone=phone),
    }


def confirmed(token: str, offer: Offer, booked: Booked, now: datetime) -> dict[str, Any]:
    """The page that shows the appointment that stands."""
    language = words.tongue(offer.language)
    say, phone = words.WORDS[language], _phone(offer.phone)
    return {
        "token": token,
        "offer": offer,
        "say": say,
        "language": language,
        "booked": booked,
        "day": words.day_from(booked.starts_at.date(), now.astimezone(offer.zone).date(), language),
        "start": words.clock(booked.starts_at),
        "end": words.clock(booked.ends_at),
        "zone": zone_name(booked.starts_at),
        "theirs": _theirs(offer, booked.starts_at),
        "google": google_address(offer, booked),
        "changeable": booked.starts_at > now,
        "phone": phone,
        "call": say["call"].format(phone=phone),
    }


def sorry(why: str, business: str, tel: str, language: str) -> dict[str, Any]:
    """The page of a link that cannot book: what is wrong with it, and what to do."""
    language = words.tongue(language)
    say, phone = words.WORDS[language], _phone(tel)
    return {
        "say": say,
        "language": language,
        "title": say[why],
        "words": say[f"{why}_next"],
        "business": business,
        "tel": tel,
        "call": say["call"].format(phone=phone),
    }


def _days(offer: Offer, now: datetime, language: str) -> list[DayShown]:
    say, today = words.WORDS[language], now.astimezone(offer.zone).date()
    shown = []
    for place, day in enumerate(offer.days[:DAYS_SHOWN]):
        choices = tuple(
            Choice(value=start.isoformat(), words=words.clock(start), chosen=start == offer.held)
            for start in day.starts
        )
        is_open = any(choice.chosen for choice in choices) if offer.held else place < DAYS_OPEN
        shown.append(
            DayShown(
                name=words.day(day.day, language),
                note={0: say["today"], 1: say["tomorrow"]}.get((day.day - today).days, ""),
                count=say["one_time"] if len(choices) == 1 else say["times"].format(count=len(choices)),
                choices=choices,
                open=is_open,
            )
        )
    return shown


def _stands(offer: Offer, language: str) -> str:
    if offer.booked is None:
        return ""
    at = offer.booked.starts_at
    return f"{words.day(at.date(), language)}, {words.clock(at)}"


def _starts(offer: Offer, now: datetime) -> list[datetime]:
    """Every time that is shown, or now where there is none."""
    return [start for day in offer.days[:DAYS_SHOWN] for start in day.starts] or [now.astimezone(offer.zone)]


def _zone(offer: Offer, now: datetime, language: str) -> str:
    """Whose clock the times are by; two names where the clocks are changed on the way."""
    say, starts = words.WORDS[language], _starts(offer, now)
    here = zone_name(starts[0])
    other = next((start for start in starts if zone_name(start) != here), None)
    if other is None:
        return say["times_are"].format(zone=here)
    return say["times_change"].format(zone=here, day=words.day(other.date(), language), next=zone_name(other))


def _elsewhere(offer: Offer, now: datetime, language: str) -> str:
    """A word on the customer's own clock where their number is at home in one other zone, and one more where either of
    the two clocks is changed on the way.

    A number does not tell where somebody is, so nothing is counted by it; it is only pointed out.
    """
    zone = places.clock(offer.number, offer.zone, tuple(said for _, said in offer.answers))
    if zone is None:
        return ""
    starts = _starts(offer, now)
    changes = [starts[0], *(start for before, start in pairwise(starts) if _apart(start, zone) != _apart(before, zone))]
    said = []
    for place, start in enumerate(changes):
        if place or _apart(start, zone):
            sentence = words.WORDS[language]["your_zone_from" if place else "your_zone"]
            theirs = start.astimezone(zone)
            blanks = {"zone": zone_name(theirs), "clock": words.clock(theirs), "here": words.clock(start)}
            said.append(sentence.format(day=words.day(start.date(), language), **blanks))
    return " ".join(said)


def _apart(at: datetime, zone: ZoneInfo) -> timedelta:
    """How far the two clocks are apart then."""
    return (at.astimezone(zone).utcoffset() or timedelta(0)) - (at.utcoffset() or timedelta(0))


def _theirs(offer: Offer, at: datetime) -> str:
    """The time on the customer's own clock where that is another one: `7:00 AM PDT`."""
    theirs = _in_their_zone(offer, at)
    return f"{words.clock(theirs)} {zone_name(theirs)}" if theirs is not None else ""


def _in_their_zone(offer: Offer, at: datetime) -> datetime | None:
    zone = places.clock(offer.number, offer.zone, tuple(said for _, said in offer.answers))
    if zone is None or at.astimezone(zone).utcoffset() == at.utcoffset():
        return None
    return at.astimezone(zone)


def _phone(number: str) -> str:
    """A number as people write it."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    home = parsed.country_code == 1
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, style)
