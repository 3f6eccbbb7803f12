"""Reads what a person of the business texts to one of its own numbers: an answer to a page, a command, or words meant
for a customer.

It reads, it decides nothing: which page a number stands for is known to whoever sent it.
"""

import re
from dataclasses import dataclass
from typing import Literal

Command = Literal["call", "done", "back", "help"]

MINE, PASS, LATER = 0, 1, 2
"""What the three numbers of a page stand for, counted from its first."""

FIRST_NUMBERS = (1, 4, 7)
"""The first number of up to three pages that are open for one person at the same time."""

LIST_FROM = 10
"""From here on a number takes one case of a list, and nothing else."""

_STOP = frozenset(
    ["stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "revoke", "optout", "opt out"]
)
_START = frozenset(["start", "unstop"])
_CODE = re.compile(r"\s*(\d{6})\s*[.!]*\s*")
_NUMBER = re.compile(r"\s*#?\s*(\d{1,3})\s*[.!)]*\s*(?:mine|pass|call|me)?\s*[.!]*\s*", re.IGNORECASE)
_FRAMED = re.compile(r"[\w\s\"'.,!=()\u2018\u2019\u201c\u201d-]*")
_LATER = re.compile(r"\b(?:i call in|llamo en) \d+ min\b")
_AROUND = frozenset(
    ["ok", "okay", "yes", "si", "sí", "please", "mine", "pass", "thanks", "thx", "es", "mío", "mio", "paso"]
)
"""What may stand around a number that answers a page: its own words for it, and those of courtesy."""
_MINE = re.compile(r"\s*(?:(?:it's |its )?mine|i(?:'ll| will) take it|(?:es )?m[ií]o|lo tomo)[\s.!]*")
_PASS = re.compile(r"\s*(?:i )?pas[so][\s.!]*")
_AWAY = re.compile(
    r"\s*(?:\(?i'm not receiving notifications|i'm driving with .{3,40} turned on|i'm driving right now[.,! ]*"
    r"(?:$|i('ll| will) get back|so i can't))"
)
"""What iOS and Android answer by themselves for somebody who drives or wants quiet."""
_COMMAND = re.compile(r"\s*(call|done|reached|back|bot|help)\s*(?:#?\s*(\d+))?\s*[.!]*\s*", re.IGNORECASE)
_TAGGED = re.compile(r"\s*#\s*(\d+)[\s:,.-]+(.+)", re.DOTALL)
_COMMANDS: dict[str, Command] = {
    "call": "call",
    "done": "done",
    "reached": "done",
    "back": "back",
    "bot": "back",
    "help": "help",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chose:
    """An answer to a page: its number, None where only words say mine or pass (`choice`).

    `alone` says that nothing else stands there, so that it cannot be words for a customer.
    """

    number: int | None
    choice: int = MINE
    alone: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """A command, about the conversation they have or the one with this `tag`."""

    command: Command
    tag: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote:
    """Words for the customer, of the conversation they have or the one with this `tag`."""

    words: str
    tag: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Texting:
    """They want texts of ours on this phone, or no more of them: the words every phone company knows."""

    wanted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """The code by which a phone is confirmed."""

    digits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Automatic:
    """Not their words: their phone answered by itself."""


Said = Chose | Ordered | Wrote | Texting | Code | Automatic


def read(text: str, keyword: str | None = None) -> Said:
    """What this text of a staff member is; `keyword` is the one the provider handled by itself."""
    plain = text.casefold().replace("\u2019", "'")
    bare = plain.strip(' .!"')
    if keyword in {"stop", "start"} or bare in _STOP | _START:
        return Texting(wanted=keyword == "start" or (keyword != "stop" and bare in _START))
    if code := _CODE.fullmatch(text):
        return Code(digits=code[1])
    if number := _NUMBER.fullmatch(text):
        return Chose(number=int(number[1]))
    if _AWAY.match(plain):
        return Automatic()
    for choice, words in ((MINE, _MINE), (PASS, _PASS)):
        if words.fullmatch(plain):
            return Chose(number=None, choice=choice, alone=False)
    if (framed := _framed(plain)) is not None:
        return Chose(number=framed, alone=False)
    if command := _COMMAND.fullmatch(text):
        return Ordered(command=_COMMANDS[command[1].lower()], tag=int(command[2]) if command[2] else None)
    if tagged := _TAGGED.fullmatch(text):
        return Wrote(words=tagged[2].strip(), tag=int(tagged[1]))
    return Wrote(words=text.strip())


def _framed(plain: str) -> int | None:
    """The one number of a text that says nothing beside it, such as "4 = mine" or "ok, 4 thanks"."""
    words = re.findall(r"\w+", _LATER.sub("", plain))
    numbers = [word for word in words if word.isdecimal()]
    if len(numbers) != 1 or len(numbers[0]) > 3 or not _FRAMED.fullmatch(plain):
        return None
    return int(numbers[0]) if set(words) - set(numbers) <= _AROUND else None


def first_free(taken: frozenset[int]) -> int:
    """The first number of the next page for somebody, given those that are in use or were a moment ago.

    One of `FIRST_NUMBERS`, or else the next number of a list.
    """
    for number in FIRST_NUMBERS:
        if number not in taken:
            return number
    return next(number for number in range(LIST_FROM, LIST_FROM + len(taken) + 1) if number not in taken)


def meaning(number: int) -> tuple[int, int]:
    """(first number of the page, what was chosen) for a number somebody texted."""
    if number >= LIST_FROM:
        return number, MINE
    return number - (number - 1) % 3, (number - 1) % 3
