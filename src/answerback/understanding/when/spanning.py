"""From one moment to another on a later day: "from friday 3pm to sunday noon", "del jueves por la tarde al sábado".

Hours on one day ("friday 3 to 5") and days without hours ("friday to sunday") are read elsewhere.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from answerback.engine.times import DAY
from answerback.understanding.when.almanac import wall
from answerback.understanding.when.days import days
from answerback.understanding.when.hours import hours
from answerback.understanding.when.pieces import Days, FromNow, Hours, Moment
from answerback.understanding.when.tokens import Token, is_spanish_to, kind_at
from answerback.understanding.when.turns import DAYS, HOURS

_BEGINS = DAYS | HOURS | {"from", "between", "of", "now_on", "at", "the", "this", "next"}
_OPENS, _CLOSES = 10 * 60, 15 * 60
"""Minutes of the day by which a working day has begun, and from which on it ends."""


class _End(NamedTuple):
    day: date
    begins: int
    """Minute of the day."""
    ends: int
    exact: bool
    ask: bool
    is_weekday: bool
    day_first: bool
    behind: int


def spanning(tokens: Sequence[Token], place: int, moment: Moment) -> tuple[FromNow, int] | None:
    """The stretch that begins at `place`, and the place behind it."""
    lead = kind_at(tokens, place)
    if lead not in _BEGINS or _is_moved(tokens, place):
        return None
    if lead == "now_on" and tokens[place].text in _FROM_TODAY:
        tokens = [*tokens[:place], Token("from"), Token("today"), *tokens[place + 1 :]]
        found = spanning(tokens, place, moment)
        return (found[0], found[1] - 1) if found else None
    led = lead in {"from", "between", "of"} and (lead != "of" or tokens[place].text in {"de", "del"})
    first = _end(tokens, place + led, moment) or (_today(tokens, place + 1, moment) if led else None)
    if first is None or not _joins(tokens, first.behind, lead):
        return None
    second = _end(tokens, first.behind + 1, moment)
    if second is None and led and first.exact and first.day_first:
        second = _whole_day(tokens, first.behind + 1, moment)
    if second is None or not (led or (first.exact == second.exact and first.day_first == second.day_first)):
        return None
    if second.day < first.day and second.is_weekday:
        second = second._replace(day=second.day + timedelta(days=7))
    if second.day <= first.day:
        return None
    # "monday 9am to friday 5pm" may be these hours on each of the days
    far = second.day - first.day > timedelta(days=1) and lead != "between"
    hours_of_each = far and first.exact and second.exact and first.begins <= _OPENS and second.begins >= _CLOSES
    return (
        FromNow(
            since=wall(first.day, first.begins, moment.now),
            until=wall(second.day, second.begins if second.exact and second.begins else second.ends, moment.now),
            ask=first.ask or second.ask or hours_of_each,
        ),
        second.behind,
    )


def _is_moved(tokens: Sequence[Token], place: int) -> bool:
    """ "Make my friday 3pm to monday 2pm instead", "can we go from friday 3pm to monday 3pm"."""
    ahead = tokens[place - 1] if place else Token("")
    return ahead.kind == "my" or ahead.text in _MOVES or any(each.text in {"instead", "mejor"} for each in tokens)


_MOVES = frozenset({"go", "change", "switch", "move", "cambiar", "cambiarla"})


def _joins(tokens: Sequence[Token], place: int, lead: str) -> bool:
    kind = kind_at(tokens, place)
    return kind in {"to", "until", "dash"} or (kind == "and" and lead == "between") or is_spanish_to(tokens, place)


def _end(tokens: Sequence[Token], place: int, moment: Moment) -> _End | None:
    """A day with its hour, either of them first."""
    step = _behind_small(tokens, place)
    if named := days(tokens, step, moment, ranges=False):
        told = hours(tokens, _behind_small(tokens, named[1]), ranges=False)
        return _of(named[0], told[0], told[1], day_first=True) if told else None
    told = hours(tokens, place, ranges=False)
    named = days(tokens, _behind_small(tokens, told[1]), moment, ranges=False) if told else None
    return _of(named[0], told[0], named[1], day_first=False) if told and named else None


def _whole_day(tokens: Sequence[Token], place: int, moment: Moment) -> _End | None:
    """ "From friday 3pm through sunday" ends with the sunday."""
    named = days(tokens, _behind_small(tokens, place), moment, ranges=False)
    return _of(named[0], Hours(readings=((0, DAY),), exact=True), named[1], day_first=True) if named else None


def _today(tokens: Sequence[Token], place: int, moment: Moment) -> _End | None:
    """ "From today till tomorrow evening" begins now; where another day begins, its hour may be every day's."""
    if kind_at(tokens, place) != "today":
        return None
    minute = moment.now.hour * 60 + moment.now.minute
    return _End(
        day=moment.today,
        begins=minute,
        ends=DAY,
        exact=False,
        ask=False,
        is_weekday=False,
        day_first=True,
        behind=place + 1,
    )


_FROM_TODAY = frozenset({"from today", "a partir de hoy", "desde hoy"})


def _behind_small(tokens: Sequence[Token], place: int) -> int:
    while kind_at(tokens, place) in {"the", "on", "at", "a"}:
        place += 1
    return place


def _of(day: Days, hour: Hours, behind: int, *, day_first: bool) -> _End | None:
    first, last = day.spans[0]
    if len(day.spans) > 1 or first is None or first != last or day.side or day.weekdays or hour.side:
        return None
    begins, ends = hour.readings[hour.likely[0]]
    return _End(
        day=first,
        begins=begins,
        ends=ends,
        exact=hour.exact,
        ask=day.ask or hour.ask,
        is_weekday=day.weekday is not None,
        day_first=day_first,
        behind=behind,
    )
