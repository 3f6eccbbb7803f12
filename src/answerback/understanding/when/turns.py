"""What turns of speech are told by, and how they are run: one after the other, each on what the last one left.

A turn renames, drops or adds tokens before the grammar looks at them; it must never take a time for another.
"""

from collections.abc import Callable, Sequence

from answerback.understanding.when.tokens import Token, kind_at

Turn = Callable[[list[Token]], list[Token]]

DAYS = frozenset({"dow", "dows", "ord", "date", "month", "tomorrow", "today", "overmorrow", "weekend", "week", "feast"})
HOURS = frozenset({"part", "num", "clock", "noon", "am", "pm"})
TIMES = DAYS | HOURS
"""Kinds of tokens that name a day or an hour."""

SO = frozenset({"so", "asi que"})
"""What follows from what was told before it."""

BESIDE_DAYS = frozenset({"the", "on", "this", "next", "of", "num"})
LEADS = frozenset({"the", "on", "this", "next"})
"""What stands before a day that is named."""

NAMED = frozenset({"dow", "ord", "date", "tomorrow"})
"""Kinds of tokens that name one day."""

NAMED_DAYS = NAMED | {"today"}
EVERY = frozenset({"dows", "weekdays", "weekends"})
"""Kinds of tokens that name the days of every week."""

LEADS_IN = LEADS | {"fill", "in"}
ONE_DAY = frozenset({"dow", "tomorrow", "today", "ord"})
CLOCKS = frozenset({"num", "clock", "noon"})
ENDS = frozenset({"", "stop"})
CLAUSE_ENDS = frozenset({"stop", "comma", "but"})


def turned(found: list[Token], turns: Sequence[Turn]) -> list[Token]:
    """The tokens with each turn of speech in plain words."""
    for turn in turns:
        found = turn(found)
    return found


def turned_where(found: list[Token], turns: Sequence[tuple[frozenset[str], Turn]]) -> list[Token]:
    """The tokens with each turn of speech that may be there, by a kind or a word that it has, in plain words."""
    said = _names(found)
    for signs, turn in turns:
        if signs and signs.isdisjoint(said):
            continue
        told = turn(found)
        if told is not found:
            found = told
            said = _names(found)
    return found


ALWAYS = frozenset[str]()
"""No sign is looked for."""


def _names(found: list[Token]) -> set[str]:
    return {token.kind for token in found} | {token.text for token in found}


def renamed(found: list[Token], kind: str, where: Callable[[int, Token], bool]) -> list[Token]:
    """The tokens, each of the new kind `where` says so of its place; its letters stay."""
    return [Token(kind, 0, token.text) if where(place, token) else token for place, token in enumerate(found)]


def clause_begin(found: Sequence[Token], place: int) -> int:
    """Where the clause begins that the token at `place` stands in."""
    return next((at + 1 for at in range(place - 1, -1, -1) if found[at].kind in CLAUSE_ENDS), 0)


def clause_end(found: Sequence[Token], place: int) -> int:
    """Where the clause ends that goes on at `place`."""
    return next((at for at in range(place, len(found)) if found[at].kind in CLAUSE_ENDS), len(found))


def begins_with_day(found: list[Token], place: int) -> bool:
    """Is a day named at `place`, or behind what leads to one?"""
    while kind_at(found, place) in {"the", "on", "this", "next", "fill"}:
        place += 1
    return kind_at(found, place) in DAYS


def behind_leads(found: Sequence[Token], place: int, leads: frozenset[str] = LEADS) -> int:
    """The place behind what leads to a day, from `place` on."""
    while kind_at(found, place) in leads:
        place += 1
    return place
