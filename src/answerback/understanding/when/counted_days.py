"""Days counted from another one, or from today: "in 3 days", "two weeks from friday", "the day after halloween", "three
days after thanksgiving".

It must never count from a day that was not named whole.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from answerback.understanding.when.almanac import later, on
from answerback.understanding.when.pieces import Days, Moment
from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.weeks import next_to

Found = tuple[Days, int] | None
Named = Callable[[Sequence[Token], int, Moment], Found]
"""The days named at a place."""


def is_one_day(days_: Days) -> bool:
    """Are these days one, or those of one name?"""
    return not days_.side and (days_.weekday is not None or days_.spans[0][0] == days_.spans[0][1] is not None)


def counted(tokens: Sequence[Token], place: int, moment: Moment, named_at: Named) -> Found:
    """ "in 3 days", "within a week", "two weeks from friday", "a week from today"."""
    lead = kind_at(tokens, place)
    step = place + (lead in {"in", "within"})
    amount, step = _amount(tokens, step)
    unit = kind_at(tokens, step)
    if amount is None or unit not in {"day", "week", "month"} or tokens[step].value:
        return None
    after = step + 1
    behind = kind_at(tokens, after)
    length = _LENGTHS[unit]
    low, high = amount
    if behind in {"from", "now_on"}:
        start = named_at(tokens, after + 1, moment) if behind == "from" else (on(moment.today), after + 1)
        if start and start[0].spans[0][0] is not None and low == high:
            spans = tuple((later(day, low, unit),) * 2 for day, _ in start[0].spans if day is not None)
            vague = unit == "month" and tokens[after].text in _VAGUE
            return Days(spans=spans, ask=start[0].ask or vague), start[1]
        if behind != "now_on" or low == high:
            return None
        lead = "in"
        after += 1
    if lead == "within":
        return Days(spans=((moment.today, moment.today + timedelta(days=high * length)),), side="before"), after
    if lead != "in":
        return None
    first, last = moment.today + timedelta(days=low * length), moment.today + timedelta(days=high * length)
    if unit != "day":
        slack = 2 if unit == "week" else 7
        first, last = first - timedelta(days=slack), last + timedelta(days=slack)
    # "In 2 weeks" is counted, "in a week" and "in a month" are mostly not.
    weekday = any(each.kind in {"dow", "dows"} for each in tokens[after : after + 4])
    exactly = unit == "day" or (unit == "week" and kind_at(tokens, place + 1) == "num" and not weekday)
    return Days(spans=((first, last),), stretch=first != last, ask=not exactly), after


_LENGTHS = {"day": 1, "week": 7, "month": 30}
_VAGUE = frozenset({"from now", "out from now", "a partir de ahora", "desde ahora"})
""" "A month from today" is a day; "a month from now" is about then."""


def _amount(tokens: Sequence[Token], place: int) -> tuple[tuple[int, int] | None, int]:
    kind = kind_at(tokens, place)
    if kind == "within":
        return _amount(tokens, place + 1)
    if kind in {"couple", "few"}:
        step = place + 1 + (kind_at(tokens, place + 1) == "of")
        return ((2, 3) if kind == "couple" else (2, 5)), step
    if kind == "a":
        if kind_at(tokens, place + 1) in {"couple", "few"}:
            return _amount(tokens, place + 1)
        return (1, 1), place + 1
    if kind != "num" or not 0 < tokens[place].value <= 60:
        return None, place
    low = tokens[place].value
    if kind_at(tokens, place + 1) in {"or", "to", "dash"} and kind_at(tokens, place + 2) == "num":
        high = tokens[place + 2].value
        return ((low, high) if low < high <= 60 else None), place + 3
    if (low, kind_at(tokens, place + 1)) in {(8, "day"), (15, "day")} and tokens[place + 1].text == "dias":
        return (7 if low == 8 else 14,) * 2, place + 1
    return (low, low), place + 1


def beside(tokens: Sequence[Token], place: int, moment: Moment, named_at: Named) -> Found:
    """ "The day after halloween", "the weekend before christmas", "the monday after the 9th"."""
    kind = kind_at(tokens, place)
    step = place + (1 if kind in {"day_after", "day_before"} else 2)
    relation = kind.removeprefix("day_") if step == place + 1 else kind_at(tokens, place + 1)
    if relation not in {"after", "before"} or kind not in {"day_after", "day_before", "week", "weekend", "dow"}:
        return None
    while kind_at(tokens, step) in {"the", "on"}:
        step += 1
    known = {"feast", "ord", "date"} | ({"dow", "month", "tomorrow"} if step == place + 1 else set())
    named = named_at(tokens, step, moment) if kind_at(tokens, step) in known else None
    if named is None or (day := _one_day(named[0])) is None:
        return None
    found = next_to(kind, tokens[place].value, day, 1 if relation == "after" else -1)
    first = found.spans[0][0]
    ask = named[0].ask or first is None or first < moment.today
    return replace(found, ask=ask), named[1]


def _one_day(days_: Days) -> date | None:
    return days_.spans[0][0] if is_one_day(days_) else None


_LIMITS = frozenset(
    {"least", "at least", "than", "minimum", "minimo", "within", "menos", "por lo menos", "al menos"}
    | {"leave", "leaving", "back", "im back", "done", "finished"}
)
"""Ahead of a length they bound it, or say what begins or ends then."""

_NAMED_DAYS = frozenset({"feast", "ord", "date", "month", "dow", "tomorrow", "today", "next", "this"})


def so_long_beside(tokens: Sequence[Token], place: int, moment: Moment, named_at: Named) -> Found:
    """ "Three days after thanksgiving", "a week before christmas", "a couple days after the 10th"."""
    amount, step = _amount(tokens, place)
    unit, relation = kind_at(tokens, step), kind_at(tokens, step + 1)
    if amount is None or unit not in {"day", "week"} or relation not in {"after", "before"}:
        return None
    if kind_at(tokens, place) == "within" or any(token.text in _LIMITS for token in tokens[max(place - 3, 0) : place]):
        # "at least 2 days before the 20th"
        return None
    step += 2 + (kind_at(tokens, step + 2) == "the")
    named = named_at(tokens, step, moment) if kind_at(tokens, step) in _NAMED_DAYS else None
    if named is None or (day := _one_day(named[0])) is None:
        return None
    side = 1 if relation == "after" else -1
    first, last = sorted(day + timedelta(days=_LENGTHS[unit] * each * side) for each in amount)
    return Days(spans=((first, last),), stretch=first != last, ask=named[0].ask or first < moment.today), named[1]
