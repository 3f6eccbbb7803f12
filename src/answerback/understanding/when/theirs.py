"""Days told of because something of the customer's takes place then: "monday is her recital", "gone wed".

It renames what only tells; it must never refuse a day that stands in a list of wishes.
"""

from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import CLAUSE_ENDS, DAYS, ENDS, Turn, begins_with_day, turned

_BEGINS = ENDS | {"comma", "but", "correction", "because"}


def theirs(found: list[Token]) -> list[Token]:
    """The tokens with what only tells of the customer's own days in plain words."""
    return turned(found, _TURNS)


def _taken_up(found: list[Token]) -> list[Token]:
    """ "Monday is her recital, tuesday works": what a day is to them; another day is wished for."""
    for place, token in enumerate(found):
        if token.kind not in _ONE_DAY or kind_at(found, _begin(found, place) - 1) not in _BEGINS:
            continue
        chunk = found[place + 1 : _end(found, place)]
        if not chunk or chunk[0].text not in _IS or {each.kind for each in chunk} & _WISHED:
            continue
        owned = chunk[1:2] and chunk[1].text in _WHOSE
        noun = next((each for each in chunk[1:] if each.text not in _WHOSE | _LED), Token(""))
        if noun.kind in {"event", "happening"} or (owned and noun.kind == "word" and noun.text not in _BEST):
            others = [each for at, each in enumerate(found) if each.kind in DAYS and at != place and each != token]
            if others:
                return [*found[: _begin(found, place)], Token("word", 0, token.text), *found[place + 1 :]]
    return found


_ONE_DAY = frozenset({"dow", "tomorrow", "today", "ord"})
_IS = frozenset({"is", "s", "es"})
_WHOSE = frozenset({"my", "her", "his", "our", "their", "mi", "su", "nuestro", "nuestra"})
_LED = frozenset({"the", "a", "an", "la", "el", "un", "una"})
_WISHED = frozenset({"good", "wish", "bad", "not", "no", "or", "part", "after", "before", "until", "by"})
_BEST = frozenset(
    {"best", "only", "one", "earliest", "latest", "soonest", "first", "last", "plan", "time", "easiest", "ideal"}
    | {"better", "date", "winner", "ticket", "favorite", "pick", "preference", "choice", "limit", "deadline", "go"}
)


def _begin(found: list[Token], place: int) -> int:
    while kind_at(found, place - 1) in {"the", "on", "this"} and place:
        place -= 1
    return place


def _end(found: list[Token], place: int) -> int:
    return next((at for at in range(place, len(found)) if found[at].kind in CLAUSE_ENDS), len(found))


def _gone(found: list[Token]) -> list[Token]:
    """ "Home mon and tues, gone wed" refuses wednesday."""
    return [
        Token("bad", 0, token.text)
        if token.text in {"gone", "away"}
        and token.kind == "word"
        and kind_at(found, place - 1) in _BEGINS | {"and", "fill"}
        and begins_with_day(found, place + 1)
        else token
        for place, token in enumerate(found)
    ]


def _refused_too(found: list[Token]) -> list[Token]:
    """ "Halloween is out, sunday too" refuses both."""
    begin = 0
    for place, token in enumerate(found):
        if token.kind not in CLAUSE_ENDS:
            continue
        ahead = {each.kind for each in found[begin:place]}
        begin = place + 1
        chunk = found[begin : _end(found, begin)]
        named = {each.kind for each in chunk[:-1]}
        too = chunk[-1:] and chunk[-1].text in {"too", "also", "as well", "tambien"}
        if (
            ahead & {"bad", "not", "no"}
            and "good" not in ahead
            and too
            and named & DAYS
            and named <= DAYS | {"the", "on"}
        ):
            end = begin + len(chunk) - 1
            return [*found[:end], Token("bad", 0, found[end].text), *found[end + 1 :]]
    return found


def _every_day_even(found: list[Token]) -> list[Token]:
    """ "Every day after 6, weekends too" are still all days."""
    for place, token in enumerate(found[:-2]):
        wide = any(each.kind == "anytime" for each in found[:place])
        too = found[place + 2].text in {"too", "included", "incluidos", "tambien", "also"}
        if token.kind == "comma" and wide and found[place + 1].kind in {"weekends", "weekend"} and too:
            return [*found[:place], *found[place + 3 :]]
    return found


_TURNS: tuple[Turn, ...] = (_taken_up, _gone, _refused_too, _every_day_even)
