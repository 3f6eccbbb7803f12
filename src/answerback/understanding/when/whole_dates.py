"""A day with its month as one token: "nov 25", "the 3rd of june", "el 4 de enero".

What is told of one named day ("im back friday") is then told of it in the same words. Lists and stretches of days, and
months that may be a word of another kind ("may"), stay as they are.
"""

from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import turned


def whole_dates(found: list[Token]) -> list[Token]:
    """The tokens, each day of a month that stands alone put together."""
    return turned(found, _TURNS) if any(token.kind == "month" and token.value for token in found) else found


_NUMBERS = frozenset({"num", "ord"})
_MOST_DAYS = 31
_JOINS = frozenset({"and", "or", "comma", "slash"})
_REACHES = frozenset({"to", "dash", "slash", "until", "num", "ord", "clock", "a", "between", "from", "month"})
_OF_ANOTHER_KIND = frozenset({"may", "march", "mar", "set"})
""" "May" and "march" are done, "mar" is a tuesday, "set" is a verb."""


def _month_first(found: list[Token]) -> list[Token]:
    """ "Nov 25", "november the 25th"."""
    for place, token in enumerate(found):
        day = place + 1 + (kind_at(found, place + 1) == "the")
        numbered = kind_at(found, place - 1 - (kind_at(found, place - 1) == "of")) in _NUMBERS
        if _is_month(token) and not numbered and _is_day(found, day) and _stands_alone(found, place, day + 1):
            return _month_first(_put_together(found, place, day + 1, month=token, day=found[day]))
    return found


def _day_first(found: list[Token]) -> list[Token]:
    """ "25 nov", "the 25th of november", "25 de noviembre"."""
    for place in range(len(found)):
        month = place + 1 + (kind_at(found, place + 1) == "of")
        named = kind_at(found, month) == "month" and (month > place + 1 or _is_month(found[month]))
        if _is_day(found, place) and named and found[month].value and _stands_alone(found, place, month + 1):
            return _day_first(_put_together(found, place, month + 1, month=found[month], day=found[place]))
    return found


_TURNS = (_month_first, _day_first)


def _is_month(token: Token) -> bool:
    return token.kind == "month" and token.value > 0 and token.text not in _OF_ANOTHER_KIND


def _is_day(found: list[Token], place: int) -> bool:
    return kind_at(found, place) in _NUMBERS and 1 <= found[place].value <= _MOST_DAYS


def _stands_alone(found: list[Token], begin: int, end: int) -> bool:
    """Is it no part of a list of numbers, of a stretch or of a date with its year?"""
    first = begin - (kind_at(found, begin - 1) in {"the", "on"})
    before, behind = kind_at(found, first - 1), kind_at(found, end)
    listed_before = before in _JOINS and kind_at(found, first - 2) in _NUMBERS
    listed_behind = behind in {*_JOINS, "of"} and kind_at(found, end + 1) in _NUMBERS | {"the", "on", "month"}
    return before not in _REACHES and behind not in _REACHES and not listed_before and not listed_behind


def _put_together(found: list[Token], begin: int, end: int, *, month: Token, day: Token) -> list[Token]:
    text = " ".join(token.text for token in found[begin:end])
    return [*found[:begin], Token("date", month.value, text, (month.value, day.value)), *found[end:]]
