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
    whole = _picks(tokens, size)
    end = next((place for place, token in enumerate(tokens) if token.kind == "stop"), len(tokens))
    alone = whole is None and size and not _TIMED & {token.kind for token in tokens[end:]}
    return _picks(tokens[:end], size) if alone else whole


_TIMED = frozenset(
    {"num", "ord", "dow", "dows", "part", "clock", "month", "date", "not", "no", "but", "tomorrow", "today"}
)
"""What keeps "1! see you then" from being a pick by its first words: a second sentence that names another time."""


def _picks(tokens: Sequence[Token], size: int) -> int | None:
    meant = [
        token
        for token in tokens
        if token.kind not in {"fill", "good", "stop", "comma", "the", "on", "number", "of", "wish"}
        and not (size and token.text in _PICKING)
    ]
    if size and [token.text for token in meant] in (["uno"], ["una"]):
        return 1
    kinds, said = [token.kind for token in meant], " ".join(token.text for token in meant)
    if size and (kinds == ["last_one"] or said in _LAST or (size == 2 and said in _LATER)):
        return size
    if kinds == ["first_one"] or (size and (kinds == ["asap"] or said in _FIRST or (size == 2 and said in _EARLIER))):
        return 1
    corrected = _corrected(tokens, size)
    if corrected is not None:
        return corrected
    if kinds and set(kinds) <= {"ord", "one_of", "num"} and len([k for k in kinds if k in {"ord", "num"}]) >= 1:
        return _picked(meant, tokens, size)
    return _picked_in_passing(tokens, size)


_PICKING = frozenset(
    {"choose", "pick", "make", "it", "thumbsup", "said", "say", "go", "with", "quedo", "con", "me", "elijo", "escojo"}
)
_LAST = frozenset({"latest", "the latest", "last"})
_FIRST = frozenset({"earliest", "the earliest"})
_LATER = frozenset({"later one", "later time"})
_EARLIER = frozenset({"earlier one", "sooner one", "earlier time"})
"""Of two; "later" alone may wish for something later than both."""


def of_choices(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without the "one" of "the afternoon one", which stands for an opening and is no hour."""
    return [token for place, token in enumerate(tokens) if not _stands_for_an_opening(tokens, place)]


def _stands_for_an_opening(tokens: Sequence[Token], place: int) -> bool:
    ahead = tokens[:place]
    led = len(ahead) == 1 or any(each.kind == "the" for each in ahead)
    return bool(ahead) and led and ahead[-1].kind in {"part", "dow", "weekend"} and tokens[place].text == "one"


_SHORT = 5
"""So few words may choose by "number 2" where no list is known; "calle 5, numero 12" does not."""


def several(tokens: Sequence[Token], size: int) -> bool:
    """Does a text name two choices and leave it open which: "1 or 2", "either 1 or 3", "first or last"?"""
    named = [
        1 if token.text == "either 1" else size if token.kind == "last" else token.value
        for token in tokens
        if token.kind in {"num", "ord", "last"} or token.text == "either 1"
    ]
    others = {token.kind for token in tokens} - {"num", "ord", "last"}
    joined = bool(others & {"or", "and"}) and others <= {"or", "and", "on", "the", "number", "either", *_PASSING}
    return joined and len(set(named)) > 1 and all(1 <= value <= size for value in named)


_PASSING = frozenset({"fill", "good", "stop", "comma", "wish"})
_TAKEN_BACK = frozenset(
    {"wait", "sorry", "mean", "meant", "make", "it", "espera", "perdon", "digo", "quise", "decir", "then", "luego"}
)


def _corrected(tokens: Sequence[Token], size: int) -> int | None:
    """The last of several numbers where each takes back the one before: "2 no wait 1", "2, perdón, 1"."""
    named = [token.value for place, token in enumerate(tokens) if _is_named(tokens, place)]
    if len(set(named)) < 2 or tokens[0].kind not in {"num", "ord"} or not all(1 <= value <= size for value in named):
        return None
    between = [
        token
        for token in tokens
        if token.kind not in {"num", "ord", "no", "on", "the", "number", "correction", *_PASSING}
    ]
    return named[-1] if all(token.text in _TAKEN_BACK for token in between) else None


def _is_named(tokens: Sequence[Token], place: int) -> bool:
    """A number, but the "one" of "2nd one"."""
    counts = place > 0 and tokens[place - 1].kind in {"ord", "num"} and tokens[place].text in {"one", "una"}
    return tokens[place].kind in {"num", "ord"} and not counts


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
        if ahead is not None and ahead.kind == "number" and ahead.text != "num" and (size or len(tokens) <= _SHORT):
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
