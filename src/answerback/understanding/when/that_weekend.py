"""Weeks and weekends named by a day told before: "that weekend", "later that week", "la semana siguiente".

They become the days they mean, and what only told of that day is taken out. It must never count from a day that is
wished for itself.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from answerback.understanding.when.almanac import stretch_from, week_of
from answerback.understanding.when.pieces import Days, Element
from answerback.understanding.when.that_day import takes_its_place, told_day, without_told
from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.weeks import next_to


def that_weekend(found: list[Element], tokens: Sequence[Token], place: int) -> tuple[list[Element], int] | None:
    """All found so far with the days that the words at `place` point at; None where they point at none."""
    at = told_day(found, back=False)
    told = found[at] if at is not None else None
    if at is None or not isinstance(told, Days) or len(told.spans) != 1 or told.stretch or told.ask:
        return None
    day = told.spans[0][1]
    meant = _meant(tokens, place, day) if day else None
    if meant is None or not takes_its_place(found, at, tokens, meant[1], other=True):
        return None
    return [*without_told(found, at), replace(meant[0], at=(place, meant[1]))], meant[1]


def _meant(tokens: Sequence[Token], place: int, day: date) -> tuple[Days, int] | None:
    texts = [token.text for token in tokens[place : place + 4]]
    monday = week_of(day)
    if texts[0] in _THAT_WEEKEND:
        return stretch_from(monday + timedelta(days=5), 2), place + 1
    if texts[0] in _LATER | _EARLIER:
        return _part_of_week(tokens, place, day)
    step = place + (kind_at(tokens, place) in {"the", "on"})
    two = tokens[step : step + 2]
    named = [each.kind for each in two if each.kind in {"week", "weekend"}]
    if len(named) != 1 or not {each.text for each in two} & _FOLLOWING:
        return None
    return next_to(named[0], 0, day, 1), step + 2


def _part_of_week(tokens: Sequence[Token], place: int, day: date) -> tuple[Days, int] | None:
    """ "Later that week": what of it lies behind the day told."""
    step = place + 1 + (kind_at(tokens, place + 1) in {"in", "on"})
    monday, sunday = week_of(day), week_of(day) + timedelta(days=6)
    first, last = monday, day - timedelta(days=1)
    if tokens[place].text in _LATER:
        first, last = day + timedelta(days=1), sunday
    if kind_at(tokens, step) != "that_week" or first > last:
        return None
    return stretch_from(first, (last - first).days + 1), step + 1


_THAT_WEEKEND = frozenset({"that weekend", "ese fin de semana"})
_LATER = frozenset({"later", "later on", "mas tarde", "mas adelante"})
_EARLIER = frozenset({"earlier", "sooner", "mas temprano"})
_FOLLOWING = frozenset({"following", "the following", "siguiente"})
