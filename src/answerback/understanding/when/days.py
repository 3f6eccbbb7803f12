"""Days as people name them: weekdays, dates, weeks, months, and what lies before, after or between them.

A name that fits several days keeps them all and asks. It must never name a day that is over.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from answerback.understanding.when.almanac import on, upcoming, week_of
from answerback.understanding.when.counted_days import Named, beside, counted, is_one_day, so_long_beside
from answerback.understanding.when.dates import checked, dated, numbered, same_day
from answerback.understanding.when.pieces import Days, Moment, Side
from answerback.understanding.when.tokens import Token, is_spanish_to, kind_at
from answerback.understanding.when.weeks import (
    counted_in_month,
    each_day,
    names_week,
    runs_already,
    through_every,
    weeks,
)

Found = tuple[Days, int] | None

_JOINS = frozenset({"to", "dash", "until"})
_BEFORE = frozenset({"before", "by", "until", "leave"})
_COUNTED = frozenset({"day", "week", "month", "year", "word", "hour", "minute"})
_AFTER = frozenset({"after", "from"})
_OPEN_ENDS = {"later_open": "from", "earliest_open": "from", "earlier_open": "by"}
_SKIPPED = frozenset({"the", "on", "of", "at"})


def days(tokens: Sequence[Token], place: int, moment: Moment, *, ranges: bool = True) -> Found:
    """The days named at `place`, with what stands before ("by", "after") and behind them ("onwards", "to thursday")."""
    relation = kind_at(tokens, place)
    if relation == "around":
        return _about(tokens, place + 1, moment)
    if ranges and relation == "of" and tokens[place].text in {"de", "del"}:
        spanish = kind_at(tokens, place + 2) == "to" or is_spanish_to(tokens, place + 2)
        found = _related(tokens, place, moment, "from") if spanish else None
        return found if found and found[0].stretch else None
    if relation in _BEFORE | _AFTER | {"between"}:
        found = _related(tokens, place, moment, relation)
        if found or relation == "between":
            return found
    in_eight = relation == "of" and kind_at(tokens, place + 2) == "in"
    found = _core(tokens, place + in_eight, moment)
    if not found:
        return None
    if eight := _in_eight(found, tokens):
        return eight
    if in_eight:
        return None
    if ranges and (stretch := through_every(found, tokens) or _range(found, tokens, moment)):
        return stretch
    if kind_at(tokens, found[1]) in _OPEN_ENDS:
        return _side(found[0], _OPEN_ENDS[kind_at(tokens, found[1])], moment), found[1] + 1
    return found


def _in_eight(found: tuple[Days, int], tokens: Sequence[Token]) -> Found:
    """ "De hoy en ocho", "el lunes en quince": one week and two weeks later, as Spanish counts."""
    days_, place = found
    if kind_at(tokens, place) != "in" or kind_at(tokens, place + 1) != "num" or tokens[place + 1].value not in {8, 15}:
        return None
    day = days_.spans[0][0]
    if (counted := kind_at(tokens, place + 2)) in {"minute", "hour"} or day is None or not is_one_day(days_):
        return None
    return on(day + timedelta(days=tokens[place + 1].value - 1), ask=days_.ask), place + 2 + (counted == "day")


def _about(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    """ "around the 10th": two days either way."""
    step = place + (kind_at(tokens, place) == "the")
    found = dated(tokens, step, moment) if kind_at(tokens, step) in {"ord", "month", "date", "feast"} else None
    if not found or found[0].spans[0][0] is None:
        return None
    day = found[0].spans[0][0]
    span = (max(day - timedelta(days=2), moment.today), day + timedelta(days=2))
    return Days(spans=(span,), stretch=True, ask=found[0].ask), found[1]


def _related(tokens: Sequence[Token], place: int, moment: Moment, relation: str) -> Found:
    start = place + 1
    while kind_at(tokens, start) in _SKIPPED:
        start += 1
    if relation == "from" and kind_at(tokens, start) == "now_on":
        return None
    if relation == "from" and kind_at(tokens, start) == "in":
        # "starting in june"
        start += 1
    two_numbers = relation == "between" and [kind_at(tokens, start), kind_at(tokens, start + 1)] == ["ord", "and"]
    first = None if two_numbers else _core(tokens, start, moment)
    if not first and kind_at(tokens, start) in {"ord", "num"} and relation in {"between", "from"}:
        first = _first_of_two(tokens, start, moment)
    if not first or _are_months(tokens, start, first[1]):
        return first
    if relation in {"between", "from"}:
        joins = _JOINS | ({"and"} if relation == "between" else set())
        stretch = _range(first, tokens, moment, joins)
        if stretch or relation == "between":
            return stretch
    goes_on = kind_at(tokens, first[1] + 1)  # "after may 18 10-2" bounds nothing by its hours
    hour = kind_at(tokens, first[1]) in {"noon", "clock", "at", "num"} and goes_on not in _COUNTED | _JOINS
    # "before thursday noon" reaches into that thursday, "after friday 3pm" begins on it
    relation = {"before": "by", "after": "from"}.get(relation, relation) if hour else relation
    of_month = kind_at(tokens, start) == "month" and tokens[start].value > 0 and first[1] == start + 1
    sided = _side(first[0], relation, moment, of_month=of_month)
    if relation in {"before", "after"} and kind_at(tokens, first[1]) == "part":
        # "after thursday morning": from noon that day, or the mornings of the days after it?
        sided = replace(sided, ask=True)
    # In Mexico "hasta el martes" may say that it begins on tuesday.
    either = relation == "until" and tokens[place].text.startswith("hasta")
    return (replace(sided, ask=True) if either else sided), first[1]


def _are_months(tokens: Sequence[Token], begin: int, end: int) -> bool:
    """ "From january to march" has both its ends."""
    return end == begin + 3 and kind_at(tokens, begin) == kind_at(tokens, end - 1) == "month"


def _first_of_two(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    """The 5 of "between 5 and 9 march" and "del 5 al 9": two hours it is not, when an ordinal or a month follows."""
    if kind_at(tokens, place + 1) not in {*_JOINS, "and"} and not is_spanish_to(tokens, place + 1):
        return None
    step = place + 2
    while kind_at(tokens, step) in _SKIPPED:
        step += 1
    second = step + 1 + (kind_at(tokens, step + 1) == "of")
    named = kind_at(tokens, step) in {"ord", "month", "date"} or (
        kind_at(tokens, step) == "num" and kind_at(tokens, second) == "month" and tokens[second].value > 0
    )
    spanish = kind_at(tokens, place + 1) == "to" and tokens[place + 1].text == "al"
    return _bare_day(tokens, place, moment) if named or spanish else None


def _bare_day(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    return (numbered(tokens[place].value, moment), place + 1) if 1 <= tokens[place].value <= 31 else None


def _side(days_: Days, relation: str, moment: Moment, *, of_month: bool = False) -> Days:
    """All days before or after these; `of_month`: they are a month named by its name."""
    firsts = [first for first, _ in days_.spans if first is not None]
    lasts = [last for _, last in days_.spans if last is not None]
    if not firsts or not lasts:
        return replace(days_, ask=True)
    spans: tuple[date | None, date | None]
    side: Side = "before" if relation in _BEFORE else "after"
    if relation == "before":
        spans = (moment.today, min(firsts) - timedelta(days=1))
    elif relation in {"by", "until"} and of_month and min(firsts) > moment.today:
        # "By december", "until april": it is over when the month begins.
        spans = (moment.today, max(min(firsts) - timedelta(days=1), moment.today))
    elif relation in {"by", "until", "leave"}:
        spans = (moment.today, max(lasts))
    elif relation == "after":
        spans = (max(lasts) + timedelta(days=1), None)
    else:
        spans = (min(firsts), None)
    return Days(spans=(spans,), side=side, ask=days_.ask, weekday=days_.weekday)


def _range(
    first: tuple[Days, int], tokens: Sequence[Token], moment: Moment, joins: frozenset[str] | set[str] = _JOINS
) -> Found:
    """From one day through another: "monday to thursday", "the 5th - 9th"."""
    days_, place = first
    joined = kind_at(tokens, place) in joins or is_spanish_to(tokens, place)
    if not joined or not is_one_day(days_):
        return None
    start = place + 1
    while kind_at(tokens, start) in _SKIPPED:
        start += 1
    last = _last_of(tokens, start, moment)
    numbered_first = kind_at(tokens, place - 1) in {"num", "ord", "month", "date"} or tokens[place].text == "al"
    if not last and kind_at(tokens, start) == "num" and numbered_first and not _is_hour(days_, tokens, place, start):
        last = _bare_day(tokens, start, moment)
    if not last or not is_one_day(last[0]):
        return None
    begin, end = days_.spans[0][0], last[0].spans[0][1]
    if begin is None or end is None:
        return None
    end = _next_numbered(tokens[start], begin, end) if days_.weekday is None else end
    of_its_own = any(token.kind == "month" for token in tokens[max(place - 3, 0) : place])
    behind = tokens[start : last[1]]
    named_behind = any(token.kind == "month" and (token.value or behind[0].kind in {"num", "ord"}) for token in behind)
    if named_behind and not of_its_own and begin.day < end.day:
        # "del 5 al 9 de noviembre": the month is said once, behind both.
        begin = end.replace(day=begin.day)
    every: tuple[int, ...] = ()
    if last[0].weekday is not None:
        every = each_day(days_.weekday, last[0].weekday)
        end = begin + timedelta(days=(last[0].weekday - begin.weekday()) % 7)
    elif end < begin:
        return None
    spans: tuple[tuple[date | None, date | None], ...] = ((begin, end),)
    if runs_already(tokens, (place, last[1]), every, moment):
        spans = ((moment.today, end - timedelta(days=7)), *spans)
    return Days(spans=spans, every=every, stretch=True, ask=days_.ask and days_.weekday is None), last[1]


def _next_numbered(last: Token, begin: date, end: date) -> date:
    """The 9 of "oct 5 to 9" and the 2 of "oct 28 to the 2nd", said in august."""
    if end >= begin or last.kind not in {"num", "ord"}:
        return end
    days_on = (begin + timedelta(days=step) for step in range(1, 63))
    return next((day for day in days_on if day.day == last.value), begin)


def _is_hour(days_: Days, tokens: Sequence[Token], join: int, number: int) -> bool:
    """The 2 of "october 27 until 2" and of "el 3 hasta las 2" is an hour; that of "del 28 al 2" a day."""
    begin, said = days_.spans[0][0], tokens[join].text
    earlier = begin is not None and tokens[number].value <= begin.day
    return said.endswith((" las", " la")) or (earlier and said not in {"al", "-"})


def _last_of(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    """The day a range ends with; "the end of the month" is its last."""
    last = _core(tokens, place, moment)
    if last and kind_at(tokens, place) == "late":
        return replace(last[0], spans=((last[0].spans[0][1],) * 2,), stretch=False), last[1]
    return last


def _core(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    while kind_at(tokens, place) in {"the", "on"} and kind_at(tokens, place + 1) not in {"", "stop", "comma"}:
        place += 1
    for rule in _RULES:
        found = rule(tokens, place, moment)
        if found:
            return found
    return None


def _relative(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    kind = kind_at(tokens, place)
    steps = {"today": 0, "tomorrow": 1, "overmorrow": 2}
    if kind in steps:
        day = moment.today + timedelta(days=steps[kind])
        # "today, the 5th" and "tomorrow friday" name one day twice; when they do not agree, both have to be asked.
        return checked(on(day), tokens, place + 1, moment)
    if kind == "later_week":
        tomorrow = moment.today + timedelta(days=1)
        sunday = week_of(moment.today) + timedelta(days=6)
        return (
            Days(spans=((tomorrow, max(sunday, tomorrow)),), stretch=True, ask=moment.today.weekday() >= 5),
            place + 1,
        )
    return None


def _weekday(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    kind = kind_at(tokens, place)
    if kind == "dow":
        return _one_weekday(tokens, place, moment)
    if kind == "dows" or (kind == "any" and kind_at(tokens, place + 1) in {"dow", "dows"}):
        at = place if kind == "dows" else place + 1
        return Days(weekdays=(tokens[at].value,)), at + 1
    if kind in {"this", "next"} and kind_at(tokens, place + 1) == "dow":
        return _named_weekday(tokens, place, moment, kind)
    return None


def _one_weekday(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    weekday = tokens[place].value
    after = place + 1
    dated = same_day(tokens, after, weekday, moment)
    if dated:
        return dated
    behind = kind_at(tokens, after)
    first = upcoming(weekday, moment.today)
    if behind == "comes" or (behind == "next" and kind_at(tokens, after + 1) not in {"week", "weekend", "month"}):
        in_a_week = behind == "comes" and weekday == moment.today.weekday()
        return (on(first) if in_a_week else _next(weekday, moment)), after + 1
    if behind == "after_next":
        week = week_of(moment.today) + timedelta(days=14 + weekday)
        return on(week, ask=True), after + 1
    if behind == "week" and kind_at(tokens, after - 2) not in {"the", "this", "next"} and not names_week(tokens, after):
        days_on = (0, 7) if weekday == moment.today.weekday() else (7,)
        each = tuple((first + timedelta(days=step),) * 2 for step in days_on)
        return Days(spans=each, ask=len(each) > 1), after + 1
    spans = ((first, first),)
    if weekday == moment.today.weekday():
        return Days(spans=((moment.today, moment.today), *spans), weekday=weekday, ask=True), after
    return Days(spans=spans, weekday=weekday), after


def _named_weekday(tokens: Sequence[Token], place: int, moment: Moment, which: str) -> Found:
    weekday = tokens[place + 1].value
    after = place + 2
    dated = same_day(tokens, after, weekday, moment)
    if dated:
        return dated
    if which == "this":
        if kind_at(tokens, after) == "week":
            after += 1
        if weekday == moment.today.weekday():
            return on(moment.today), after
        return on(upcoming(weekday, moment.today)), after
    if kind_at(tokens, after) == "week":
        return on(week_of(moment.today) + timedelta(days=7 + weekday)), after + 1
    return _next(weekday, moment), after


def _next(weekday: int, moment: Moment) -> Days:
    """ "next friday": half of all people mean this week's, so while this week's is still to come it has to ask."""
    first = upcoming(weekday, moment.today)
    monday = week_of(moment.today) + timedelta(days=7)
    if first >= monday and moment.today.weekday() != 6:
        return on(first)
    second = first + timedelta(days=7)
    return Days(spans=((first, first), (second, second)), ask=True)


_Rule = Callable[[Sequence[Token], int, Moment], Found]


def _of_days(rule: Callable[[Sequence[Token], int, Moment, Named], Found]) -> _Rule:
    """A rule that counts from any day there is a name for."""
    return lambda tokens, place, moment: rule(tokens, place, moment, _core)


_RULES: tuple[_Rule, ...] = (
    _of_days(beside),
    _of_days(so_long_beside),
    counted_in_month,
    _relative,
    _weekday,
    dated,
    weeks,
    _of_days(counted),
)
