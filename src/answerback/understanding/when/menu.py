"""Answers to a numbered menu of times: "2", "the 3rd one pls", "the later one", "tuesday works".

A digit is a menu answer before it is an hour. Where a number could be both a place in the list and a day or an hour
that the list offers, it must ask.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from answerback.engine.times import Times
from answerback.understanding.when.tokens import Token

_DIGIT = re.compile(r"\d{1,2}")


def number(tokens: Sequence[Token], size: int) -> int | None:
    """The number a text picks from a list of `size` choices (0 when the list is not known); None when it picks none."""
    meant = [
        token
        for token in tokens
        if token.kind not in {"fill", "good", "stop", "comma", "the", "on", "number", "of", "wish"}
    ]
    kinds = [token.kind for token in meant]
    if kinds == ["last_one"] and size:
        return size
    if kinds == ["first_one"] or (kinds == ["asap"] and size):
        return 1
    corrected = _corrected(tokens, size)
    if corrected is not None:
        return corrected
    if kinds and set(kinds) <= {"ord", "one_of", "num"} and len([k for k in kinds if k in {"ord", "num"}]) >= 1:
        return _picked(meant, tokens, size)
    return _picked_in_passing(tokens, size)


def several(tokens: Sequence[Token], size: int) -> bool:
    """Does a text name two choices and leave it open which: "1 or 2", "1 y 3"?"""
    named = [token.value for token in tokens if token.kind in {"num", "ord"}]
    others = {token.kind for token in tokens} - {"num", "ord"}
    joined = bool(others & {"or", "and"}) and others <= {"or", "and", "on", "the", "number", *_PASSING}
    return joined and len(set(named)) > 1 and all(1 <= value <= size for value in named)


_PASSING = frozenset({"fill", "good", "stop", "comma", "wish"})
_TAKEN_BACK = frozenset(
    {"wait", "sorry", "mean", "meant", "make", "it", "espera", "perdon", "digo", "quise", "decir", "then", "luego"}
)


def _corrected(tokens: Sequence[Token], size: int) -> int | None:
    """The last of several numbers where each takes back the one before: "2 no wait 1", "2, perdón, 1"."""
    named = [token.value for token in tokens if token.kind in {"num", "ord"}]
    if len(set(named)) < 2 or tokens[0].kind not in {"num", "ord"} or not all(1 <= value <= size for value in named):
        return None
    between = [
        token
        for token in tokens
        if token.kind not in {"num", "ord", "no", "on", "the", "number", "correction", *_PASSING}
    ]
    return named[-1] if all(token.text in _TAKEN_BACK for token in between) else None


def _picked(meant: Sequence[Token], tokens: Sequence[Token], size: int) -> int | None:
    numbers = [token for token in meant if token.kind in {"ord", "num"}]
    if len(numbers) == 2 and numbers[-1].text in {"one", "una"}:
        numbers = numbers[:1]
    if len(numbers) != 1:
        return None
    value = numbers[0].value
    named = any(token.kind in {"one_of", "number"} for token in tokens) or any(
        token.text == "one" for token in meant if token is not numbers[0]
    )
    if size:
        return value if 1 <= value <= size else None
    return value if named and 1 <= value <= 20 else None


def _picked_in_passing(tokens: Sequence[Token], size: int) -> int | None:
    """ "i'll take option 2 please", "let's do the second one"."""
    for place, token in enumerate(tokens):
        behind = tokens[place + 1] if place + 1 < len(tokens) else None
        ahead = tokens[place - 1] if place else None
        if token.kind not in {"ord", "num"} or not 1 <= token.value <= (size or 20):
            continue
        if ahead is not None and ahead.kind == "number" and ahead.text != "num":
            return token.value
        if behind is not None and token.kind == "ord" and (behind.kind == "one_of" or behind.text == "one"):
            return token.value
    return None


def chosen(times: Times, option: int, menu: Sequence[datetime]) -> Times:
    """The choice of this number from a menu of times."""
    at = menu[option - 1] if option <= len(menu) else None
    return Times(
        kind="choice",
        now=times.now,
        zone=times.zone,
        option=str(option),
        chosen=at,
        ask=at is None or at < times.now,
    )
