"""This one and the next: "this thurs or next", "not this week nor next", "the one after this".

It says of each which one is meant; it must never make a refused one a wish.
"""

from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import DAYS, ENDS, HOURS, Turn, turned

_BEHIND_NEXT = ENDS | {"comma", "at", "fill", "good"}


def this_and_next(found: list[Token]) -> list[Token]:
    """The tokens, each of two named by itself."""
    return turned(found, _TURNS)


def _this_or_next(found: list[Token]) -> list[Token]:
    """ "This thurs or next" names thursday of next week too, "this weekend or next" the one after it."""
    for place in range(2, len(found) - 1):
        this = found[place - 2].kind == "this" and found[place].kind == "or"
        if not this or found[place + 1].kind != "next" or kind_at(found, place + 2) not in _BEHIND_NEXT:
            continue
        named = found[place - 1]
        if named.kind in {"dow", "week", "weekend"}:
            again = [named, Token("week", 0, "week")] if named.kind == "dow" else [named]
            return [*found[: place + 2], *again, *found[place + 2 :]]
    return found


def _both_weeks(found: list[Token]) -> list[Token]:
    """ "Friday 1:30, this week or next" is that hour of both fridays."""
    for place in range(1, len(found) - 3):
        week = place + 2
        end = place + 4 + (kind_at(found, place + 4) == "week")
        both = [each.kind for each in found[place:week]] == ["this", "week"] and kind_at(found, week) == "or"
        if not both or kind_at(found, week + 1) != "next" or kind_at(found, end) not in _BEHIND_NEXT:
            continue
        day = place - 1
        while day >= 0 and found[day].kind in HOURS | {
            "comma",
            "at",
            "around",
            "after",
            "before",
            "on",
            "fill",
            "good",
        }:
            day -= 1
        behind_named = day < 0 or found[day].kind != "dow" or found[day - 1 : day] == [Token("or", 0, "or")]
        if behind_named or (day and found[day - 1].kind in DAYS | {"or", "and", "not", "no"}):
            continue
        hours = [each for each in found[day + 1 : place] if each.kind not in {"comma", "fill"}]
        weeks = [*found[place:week], found[week], found[day], found[week + 1], Token("week", 0, "week")]
        return [*found[: day + 1], *weeks, *hours, *found[end:]]
    return found


def _that_of_next_week(found: list[Token]) -> list[Token]:
    """ "El viernes, pero el de la semana que viene": friday of next week."""
    for place, token in enumerate(found):
        if (
            token.kind != "but"
            or place + 2 >= len(found)
            or [each.kind for each in found[place + 1 : place + 3]] != ["on", "of"]
        ):
            continue
        day = place - 1 - (kind_at(found, place - 1) == "comma")
        week = place + 3 + (kind_at(found, place + 3) == "the")
        if kind_at(found, day) == "dow" and {kind_at(found, week), kind_at(found, week + 1)} & {"week"}:
            return [*found[: day + 1], *found[week:]]
    return found


def _after_this_one(found: list[Token]) -> list[Token]:
    """ "The weekend after this one" is not this weekend but the one after."""
    for place, token in enumerate(found[:-2]):
        this = found[place + 2].kind == "this" or found[place + 2].text == "this one"
        if token.kind in {"week", "weekend"} and found[place + 1].kind == "after" and this:
            end = place + 3
            while end < len(found) and found[end].text in {"one", token.text}:
                end += 1
            begin = place - (kind_at(found, place - 1) in {"the", "on"} and place > 0)
            told = [
                Token("not", 0, "not"),
                Token("this", 0, "this"),
                token,
                Token("comma"),
                Token("word", 0, "the one"),
                Token("after", 0, "after"),
            ]
            return [*found[:begin], Token("comma"), *told, *found[end:]]
    return found


def _nor_next(found: list[Token]) -> list[Token]:
    """ "Not this week not next" refuses next week too."""
    for place in range(2, len(found) - 2):
        link = place + 1 + (kind_at(found, place + 1) in {"or", "and", "comma"})
        link += kind_at(found, link) == "not"
        refused = kind_at(found, place) in {"week", "weekend"} and [each.kind for each in found[place - 2 : place]] == [
            "not",
            "this",
        ]
        if (
            refused
            and kind_at(found, link) == "next"
            and kind_at(found, link + 1) in ENDS | {"comma"}
            and link > place + 1
        ):
            return [*found[: link + 1], found[place], *found[link + 1 :]]
    return found


def _not_next(found: list[Token]) -> list[Token]:
    """ "This friday not next" refuses nothing that was wished for."""
    for place, token in enumerate(found[:-1]):
        behind = place + 1 + (kind_at(found, place + 1) == "the")
        if (
            token.kind != "not"
            or kind_at(found, behind) != "next"
            or kind_at(found, behind + 1) not in ENDS | {"comma"}
        ):
            continue
        if kind_at(found, place - 1) in DAYS and place > 1 and found[place - 2].kind == "this":
            return [*found[:place], *found[behind + 1 :]]
    return found


_TURNS: tuple[Turn, ...] = (_both_weeks, _this_or_next, _that_of_next_week, _after_this_one, _nor_next, _not_next)
