"""Weeks, weekends and months, their beginnings and ends, and the days of every week ("weekdays").

"Next weekend" means this week's to some and the one after to others, so while it is open it asks.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from answerback.understanding.when.almanac import month_of, months_on, on, stretch_from, upcoming, week_of
from answerback.understanding.when.dates import dated
from answerback.understanding.when.pieces import Days, Moment
from answerback.understanding.when.tokens import Token, kind_at

Found = tuple[Days, int] | None


_ALSO_WORDS = frozenset({"may", "march", "mar", "jun", "dec", "jan", "sep", "august"})
_MONTH_LEADS = frozenset({"in", "by", "before", "after", "until", "this", "next", "of", "early", "mid", "late", "from"})


def weeks(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    """The week, weekend, month or kind of day named at `place`."""
    for rule in (_part_of, _week, _weekend, _month, _filters):
        found = rule(tokens, place, moment)
        if found:
            return found
    return None


def names_week(tokens: Sequence[Token], place: int) -> bool:
    """Is it a week of its own: no "friday week", no "2 weeks", but that of "thursday, week after next"?"""
    return kind_at(tokens, place + 1) in {"after_next", "comes", "next", "of"}


_FRIDAY = 4


def next_to(kind: str, weekday: int, day: date, side: int) -> Days:
    """The week, weekend, weekday or day after (`side` 1) or before (-1) a day."""
    if kind == "week" and side < 0 and day.weekday() >= _FRIDAY:
        # The week before Easter, or before a wedding on a saturday, is the one that ends with it.
        return replace(stretch_from(week_of(day), day.weekday()), ask=day.weekday() == _FRIDAY)
    if kind == "week":
        return stretch_from(week_of(day) + timedelta(days=7 * side), 7)
    if kind == "weekend":
        saturday = upcoming(5, day) if side > 0 else upcoming(5, day - timedelta(days=8))
        return stretch_from(saturday, 2)
    if kind == "dow":
        return on(upcoming(weekday, day) if side > 0 else upcoming(weekday, day - timedelta(days=8)))
    return on(day + timedelta(days=side))


def counted_in_month(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    """ "first week of november", "last monday in january", "last day of the month", "first full week of january"."""
    kind, what = kind_at(tokens, place), kind_at(tokens, place + 1)
    if kind in {"ord", "last"} and kind_at(tokens, place + 2) == "week" and tokens[place + 1].text == "full":
        return _full_week(tokens, place, moment)
    if kind not in {"ord", "last"} or what not in _IN_MONTH or kind_at(tokens, place + 2) not in {"of", "in"}:
        return None
    whole = _whole(tokens, place + 3 + (kind_at(tokens, place + 3) == "the"), moment)
    if not whole:
        return None
    (first, last), ask, after = whole
    number = tokens[place].value
    if what in {"weekend", "weekdays"}:
        named = _of_the_kind(what, number, first, last)
        return (replace(named, ask=ask or named.spans[0][1] < moment.today), after) if named else None  # type: ignore[operator]
    begin = first + timedelta(days=7 * (number - 1)) if kind == "ord" else last - timedelta(days=6)
    if begin > last:
        return None
    end = min(begin + timedelta(days=6), last)
    if what == "day":
        begin = end = first + timedelta(days=number - 1) if kind == "ord" else last
    if what == "dow":
        begin = end = upcoming(tokens[place + 1].value, begin - timedelta(days=1))
    return Days(spans=((begin, end),), stretch=begin != end, ask=ask or end < moment.today or begin > last), after


_IN_MONTH = frozenset({"week", "dow", "day", "weekend", "weekdays"})


def _of_the_kind(what: str, number: int, first: date, last: date) -> Days | None:
    """The weekend or working day of that number between two days; the last one where the number is 0."""
    wanted = (5,) if what == "weekend" else range(5)
    days = (first + timedelta(days=step) for step in range((last - first).days + 1))
    each = [day for day in days if day.weekday() in wanted]
    if number > len(each):
        return None
    day = each[number - 1] if number else each[-1]
    return stretch_from(day, 2) if what == "weekend" else on(day)


def _full_week(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    """ "First full week of january": from the first monday of it on; the last one ends with its last sunday."""
    whole = _whole(tokens, place + 4, moment) if kind_at(tokens, place + 3) in {"of", "in"} else None
    if not whole:
        return None
    (first, last), ask, after = whole
    begin = week_of(first + timedelta(days=6)) + timedelta(days=7 * (tokens[place].value - 1))
    if kind_at(tokens, place) == "last":
        begin = week_of(last + timedelta(days=1)) - timedelta(days=7)
    end = begin + timedelta(days=6)
    return Days(spans=((begin, end),), stretch=True, ask=ask or end < moment.today or end > last), after


def _part_of(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    """ "early next week", "end of the month", "rest of the week"."""
    which = kind_at(tokens, place)
    if which not in {"early", "mid", "late", "rest"}:
        return None
    start = place + 1
    while kind_at(tokens, start) in {"of", "the", "in", "dash"}:
        start += 1
    whole = _whole(tokens, start, moment)
    if not whole:
        return None
    (first, last), ask, after = whole
    cut = _cut(which, first, last, moment.today)
    nearly_over = which == "early" and kind_at(tokens, start) == "month" and cut[1] - moment.today < _NEARLY_OVER
    if (cut[1] < moment.today or nearly_over) and (coming := _coming_part(tokens, start, which, moment)):
        return coming, after
    if cut[1] < moment.today:
        return Days(spans=((first, last),), stretch=True, ask=True), after
    return Days(spans=(cut,), stretch=True, ask=ask), after


_NEARLY_OVER = timedelta(days=3)
""" "The beginning of the month", said on its eighth day, is the next one's."""


def _coming_part(tokens: Sequence[Token], place: int, which: str, moment: Moment) -> Days | None:
    """ "A principios de semana", said on a friday, is of the week to come; "early this week" is asked."""
    kind = kind_at(tokens, place)
    if kind == "week":
        monday = week_of(moment.today) + timedelta(days=7)
        cut = _cut(which, monday, monday + timedelta(days=6), moment.today)
    elif kind == "month" and not tokens[place].value:
        cut = _cut(which, *month_of(*months_on(moment.today, 1)), moment.today)
    else:
        return None
    return Days(spans=(cut,), stretch=True)


def _whole(tokens: Sequence[Token], place: int, moment: Moment) -> tuple[tuple[date, date], bool, int] | None:
    """The whole week or month, its past days too, whether it is in doubt, and the place behind."""
    kind, today = kind_at(tokens, place), moment.today
    step = place + (kind == "this")
    if kind_at(tokens, step) == "week" and kind_at(tokens, step + 1) not in {"comes", "next", "after_next"}:
        monday = week_of(today)
        return (monday, monday + timedelta(days=6)), False, step + 1
    if (
        kind_at(tokens, step) == "month"
        and not tokens[step].value
        and kind_at(tokens, step + 1) not in {"comes", "next"}
    ):
        return month_of(today.year, today.month), False, step + 1
    found = _week(tokens, place, moment) or _month(tokens, place, moment)
    if not found:
        return None
    first, last = found[0].spans[0]
    if first is None or last is None:
        return None
    if kind == "month":
        first = first.replace(day=1)
    return (first, last), found[0].ask, found[1]


def _cut(which: str, first: date, last: date, today: date) -> tuple[date, date]:
    week = (last - first).days < 7
    match which:
        case "early":
            return first, first + timedelta(days=1 if week else 9)
        case "mid":
            return first + timedelta(days=1 if week else 10), first + timedelta(days=3 if week else 19)
        case "late":
            return first + timedelta(days=3 if week else 20), (first + timedelta(days=5) if week else last)
    return max(first, today), last


def _week(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    kind, after = kind_at(tokens, place), kind_at(tokens, place + 1)
    monday = week_of(moment.today)
    if kind == "this" and after == "week" and kind_at(tokens, place + 2) == "comes":
        # "esta semana que viene"
        return _named_week(tokens, place + 1, moment, monday)
    if kind == "this" and after == "week":
        # On a sunday "this week" is the one that begins for some, the one that ends for others.
        sunday = moment.today.weekday() == 6
        return Days(
            spans=((moment.today, monday + timedelta(days=12 if sunday else 6)),), stretch=True, ask=sunday
        ), place + 2
    if kind == "other_week":
        return stretch_from(monday + timedelta(days=7), 7), place + 1
    if kind == "next" and after == "week":
        return stretch_from(monday + timedelta(days=7), 7), place + 2
    if kind == "next" and after in {"few", "couple"} and kind_at(tokens, place + 2) in {"day", "week"}:
        unit = 7 if kind_at(tokens, place + 2) == "week" else 1
        return stretch_from(moment.today, unit * (2 if after == "couple" else 4) + 1), place + 3
    if kind in {"next", "within"} and after == "num" and kind_at(tokens, place + 2) == "workdays":
        return _working_days(tokens[place + 1].value, moment.today), place + 3
    if kind == "next" and after == "num" and kind_at(tokens, place + 2) in {"week", "day"}:
        unit = 7 if kind_at(tokens, place + 2) == "week" else 1
        return stretch_from(moment.today, unit * tokens[place + 1].value + 1), place + 3
    return _named_week(tokens, place, moment, monday) if kind == "week" else None


def _working_days(number: int, today: date) -> Days:
    """ "The next 4 business days", today among them."""
    ahead = (today + timedelta(days=step) for step in range(1, 7 * number + 7))
    counted = [day for day in ahead if day.weekday() < _SATURDAY][:number]
    return Days(spans=((today, counted[-1]),), weekdays=each_day(0, 4))


_SATURDAY = 5


def _named_week(tokens: Sequence[Token], place: int, moment: Moment, monday: date) -> Found:
    """ "week after next", "la semana que viene", "the week of the 9th"."""
    after = kind_at(tokens, place + 1)
    if after in {"comes", "next"}:
        return stretch_from(monday + timedelta(days=7), 7), place + 2
    if after == "after_next":
        return stretch_from(monday + timedelta(days=14), 7), place + 2
    if after != "of":
        return None
    step = place + 2 + (kind_at(tokens, place + 2) == "the")
    day = dated(tokens, step, moment)
    if not day or day[0].spans[0][0] is None:
        return None
    named = day[0].spans[0][0]
    if named.weekday() == SUNDAY:
        # American calendars begin their weeks with it, Spanish ones end them with it.
        return replace(stretch_from(named, 7), ask=moment.day_first), day[1]
    return stretch_from(week_of(named), 7), day[1]


def _weekend(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    kind, after = kind_at(tokens, place), kind_at(tokens, place + 1)
    if kind == "this" and after == "weekend":
        return _this_weekend(moment, coming=tokens[place].text in _COMING), place + 2
    if kind == "weekend" and after == "of" and (named := _dated_behind(tokens, place + 2, moment)):
        # "the weekend of the 21st"
        day, ask, behind = named
        saturday = week_of(day) + timedelta(days=5)
        return replace(stretch_from(saturday, 2), ask=ask), behind
    if kind == "weekend":
        comes = after in {"comes", "next"}
        return _this_weekend(moment, coming=comes), place + (2 if comes else 1)
    if kind != "next" or after != "weekend":
        return None
    saturday = week_of(moment.today) + timedelta(days=5)
    later = stretch_from(saturday + timedelta(days=7), 2)
    if moment.today.weekday() >= 5:
        return later, place + 2
    return replace(later, spans=((saturday, saturday + timedelta(days=1)), *later.spans), ask=True), place + 2


def _dated_behind(tokens: Sequence[Token], place: int, moment: Moment) -> tuple[date, bool, int] | None:
    found = dated(tokens, place + (kind_at(tokens, place) == "the"), moment)
    day = found[0].spans[0][0] if found else None
    return (day, found[0].ask, found[1]) if found and day else None


SUNDAY, EVENING = 6, 17
"""A weekend named on a sunday evening is the next one."""


_COMING = frozenset({"this coming", "this upcoming", "coming", "upcoming", "the coming"})


def _this_weekend(moment: Moment, *, coming: bool) -> Days:
    """The weekend that is or comes next; on a sunday what is `coming` is the one ahead."""
    saturday = week_of(moment.today) + timedelta(days=5)
    if moment.today.weekday() == SUNDAY and (coming or moment.now.hour >= EVENING):
        saturday += timedelta(days=7)
    return Days(spans=((max(saturday, moment.today), saturday + timedelta(days=1)),), stretch=True)


EVERY_DAY = 7
"""The value of weekdays that are all seven."""


def _filters(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    kind = kind_at(tokens, place)
    if kind == "any" and kind_at(tokens, place + 1) in {"weekdays", "weekends", "weekend"}:
        return _filters(tokens, place + 1, moment) or (Days(weekdays=(5, 6)), place + 2)
    if kind in {"weekdays", "weeknights"}:
        return Days(weekdays=each_day(0, 6 if tokens[place].value == EVERY_DAY else 4)), place + 1
    if kind == "weekends":
        return Days(weekdays=(5, 6)), place + 1
    return None


def _month(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    kind, after = kind_at(tokens, place), kind_at(tokens, place + 1)
    today = moment.today
    if kind == "month" and tokens[place].value and (of_year := _of_a_year(tokens, place, moment)):
        return of_year
    if kind == "month" and tokens[place].value and (several := _months_through(tokens, place, moment)):
        return several
    led = kind in {"this", "next"} and after == "month"
    if led and kind == "this" and not _is_month(tokens, place + 1):
        return None
    if led and (number := tokens[place + 1].value):
        coming = _in_month(number, moment)
        # "Next december", said in november, is a month or thirteen away.
        return replace(coming, ask=kind == "next" and number > today.month), place + 2
    if kind == "this" and after == "month":
        return _in_month(today.month, moment), place + 2
    if kind == "month" and not tokens[place].value and after == "after_next":
        return Days(spans=(month_of(*months_on(today, 2)),), stretch=True), place + 2
    if (kind == "next" and after == "month") or (kind == "month" and after in {"comes", "next"}):
        return Days(spans=(month_of(*months_on(today, 1)),), stretch=True), place + 2
    if kind == "month" and tokens[place].value and _is_month(tokens, place):
        return _in_month(tokens[place].value, moment), place + 1
    return None


def _of_a_year(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    """ "March 2027", "june next year"."""
    behind = tokens[place + 1] if place + 1 < len(tokens) else Token("")
    year = moment.today.year + 1 if behind.kind == "next_year" else behind.value if behind.kind == "num" else 0
    if not moment.today.year <= year <= moment.today.year + 9 or kind_at(tokens, place - 1) in {"num", "ord"}:
        return None
    first, last = month_of(year, tokens[place].value)
    return Days(spans=((max(first, moment.today), last),), stretch=True, ask=last < moment.today), place + 2


def _months_through(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    """ "From january to march"."""
    join, ahead = kind_at(tokens, place + 1), tokens[place - 1] if place else Token("")
    led = ahead.kind in {"from", "between", "anytime", "good"} or ahead.text in {"de", "desde", "entre"}
    joined = join in {"to", "dash", "until"} or tokens[place + 1 : place + 2] == [Token("a", 0, "a")]
    joined = (joined and (led or not place)) or (join == "and" and led)
    last = tokens[place + 2] if place + 2 < len(tokens) else Token("")
    if not joined or last.kind != "month" or not last.value or kind_at(tokens, place + 3) in {"num", "ord"}:
        return None
    begin = _in_month(tokens[place].value, moment).spans[0][0]
    end = _in_month(last.value, moment).spans[0][1]
    if begin is None or end is None or end < begin:
        return None
    return Days(spans=((begin, end),), stretch=True), place + 3


def _is_month(tokens: Sequence[Token], place: int) -> bool:
    """ "may" and "march" are months only where something says so."""
    behind = kind_at(tokens, place + 1)
    ahead = kind_at(tokens, place - 1)
    if ahead == "this" and tokens[place].text in _ALSO_WORDS:
        # "this may take longer"
        return behind in {"", "stop", "comma", "or"}
    led = ahead in _MONTH_LEADS or behind in {"", "stop", "good"}
    return tokens[place].text not in _ALSO_WORDS or led


def _in_month(month: int, moment: Moment) -> Days:
    """What is left of the coming month of this number."""
    today = moment.today
    first, last = month_of(today.year + (month < today.month), month)
    return Days(spans=((max(first, today), last),), stretch=True, ask=(first - today).days > 240)


def each_day(first: int | None, last: int) -> tuple[int, ...]:
    """The weekdays from one through another; none where the first is none."""
    return () if first is None else tuple((first + step) % 7 for step in range((last - first) % 7 + 1))


def through_every(first: tuple[Days, int], tokens: Sequence[Token]) -> Found:
    """ "Tuesdays thru thursdays"."""
    days_, place = first
    joined = kind_at(tokens, place) in {"to", "dash", "until"} and kind_at(tokens, place + 1) == "dows"
    if not joined or len(days_.weekdays) != 1:
        return None
    return Days(weekdays=each_day(days_.weekdays[0], tokens[place + 1].value)), place + 2


def runs_already(tokens: Sequence[Token], ends: tuple[int, int], every: Sequence[int], moment: Moment) -> bool:
    """ "Mon thru thurs after 4", said on a tuesday, is of this week too. `ends` are the places behind both days."""
    first, last = ends
    which = {kind_at(tokens, first - 2), kind_at(tokens, last)} & _WHICH
    if kind_at(tokens, last) == "from" and kind_at(tokens, last + 1) in {"num", "clock", "noon"}:
        which.discard("from")  # "mon thru thurs from 8 until 12"
    if tokens[first - 2].text == "de" and first > 1:
        which.discard("of")  # "de martes a viernes"
    return kind_at(tokens, first - 1) == "dow" and not which and moment.today.weekday() in every[1:]


_WHICH = frozenset({"next", "this", "of", "comes", "after_next", "from"})
