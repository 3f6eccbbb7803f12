"""Dates by number: "march 14", "14 de marzo", "the 5th", "3/14", "friday the 13th".

A number without a month is the next day of that number. A date just gone by is rather a slip than a wish for next year,
so it asks; so does a day and a weekday that do not agree.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from answerback.understanding.when.almanac import (
    days_numbered,
    easter,
    month_of,
    months_on,
    on,
    stretch_from,
    upcoming,
    week_of,
)
from answerback.understanding.when.pieces import Days, Moment
from answerback.understanding.when.tokens import Token, kind_at

Found = tuple[Days, int] | None


JUST_GONE_BY = 3
"""Days after which "the 27th" is next month's without asking."""
_HALF_A_YEAR = timedelta(days=183)


def same_day(tokens: Sequence[Token], place: int, weekday: int, moment: Moment) -> Found:
    """ "friday the 13th", "viernes 13": one day named twice; when the two do not agree it has to ask."""
    step = place
    while kind_at(tokens, step) in {"comma", "the", "on"}:
        step += 1
    found = dated(tokens, step, moment) if kind_at(tokens, step) in {"ord", "month", "date", "iso"} else None
    if not found and kind_at(tokens, step) == "num" and kind_at(tokens, step + 1) == "of":
        found = dated(tokens, step, moment)
    if not found and moment.day_first and step == place and kind_at(tokens, step) == "num":
        # Spanish says "lunes 2" for monday the 2nd.
        day = _monthly(tokens[step].value, weekday, moment)
        hour = kind_at(tokens, step + 1) == "num" and kind_at(tokens, step + 2) in {"am", "pm"}
        return (on(day), step + 1) if day and (hour or kind_at(tokens, step + 1) not in {"am", "pm", "num"}) else None
    if not found or found[0].spans[0][0] is None:
        return None
    day = found[0].spans[0][0]
    named = [each for each, _ in found[0].spans if each is not None and each.weekday() == weekday]
    if named and (len(named) == 1 or max(named) - min(named) > _HALF_A_YEAR):
        # "martes 3/11": the weekday says which of the two numbers is the month
        return on(min(named)), found[1]
    meant = _monthly(day.day, weekday, moment) if kind_at(tokens, step) == "ord" else None
    if meant:
        return on(meant), found[1]
    first = upcoming(weekday, moment.today)
    return Days(spans=((first, first), *found[0].spans), ask=True), found[1]


def checked(found: Days, tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    """A day with the weekday or the date behind it that names it once more."""
    step = place
    while kind_at(tokens, step) in {"comma", "the", "on"}:
        step += 1
    if kind_at(tokens, step) == "dow":
        day = found.spans[0][0]
        weekday = tokens[step].value
        if day is not None and day.weekday() == weekday:
            return found, step + 1
    if kind_at(tokens, step) in {"ord", "date", "month"}:
        other = dated(tokens, step, moment)
        if other and other[0].spans[0] == found.spans[0]:
            return found, other[1]
        if other and kind_at(tokens, place) != "comma":
            return Days(spans=(*found.spans, *other[0].spans), ask=True), other[1]
    return found, place


def _monthly(number: int, weekday: int, moment: Moment) -> date | None:
    """The next month's day of that number when it is the weekday named with it."""
    for day in days_numbered(number, moment.today)[:2]:
        if day.weekday() == weekday:
            return day
    return None


def dated(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    """A date by number: "march 14", "14 de marzo", "the 5th", "3/14", "2026-03-14"."""
    match kind_at(tokens, place):
        case "iso":
            return _exact(tokens[place].more, moment, place + 1)
        case "date":
            return _with_month(tokens, place, moment)
        case "month" if tokens[place].value:
            step = place + 1 + (kind_at(tokens, place + 1) == "the")
            numbered_day = kind_at(tokens, step) in {"num", "ord"} and 1 <= tokens[step].value <= 31
            if numbered_day and not _are_hours(tokens, step):
                return _month_day(tokens, tokens[place].value, tokens[step].value, moment, step + 1)
            return None
        case "feast" if kind_at(tokens, place + 1) == "week":
            return stretch_from(week_of(_feast(tokens[place].value, moment.today)), 7), place + 2
        case "feast" if kind_at(tokens, place + 1) == "weekend":
            return _long_weekend(_feast(tokens[place].value, moment.today)), place + 2
        case "feast" if kind_at(tokens, place - 1) == "between" and kind_at(tokens, place + 2) == "feast":
            return on(_begun(tokens[place].value, tokens[place + 2].value, moment.today)), place + 1
        case "feast":
            return on(_feast(tokens[place].value, moment.today)), place + 1
        case "num" | "ord" if 1 <= tokens[place].value <= 31:
            return (
                _two_days(tokens, place, moment)
                or _day_and_month(tokens, place, moment)
                or _day_alone(tokens, place, moment)
            )
    return None


_HOURS_OF_A_CLOCK = 12
_MONTHS = 12


def _are_hours(tokens: Sequence[Token], place: int) -> bool:
    """The 10 of "in august 10-2" is an hour: what goes on to a smaller number is no day."""
    two = [kind_at(tokens, place), kind_at(tokens, place + 1), kind_at(tokens, place + 2)] == ["num", "dash", "num"]
    return two and tokens[place + 2].value < tokens[place].value <= _HOURS_OF_A_CLOCK


def _day_and_month(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    """ "14 de marzo", "the 5th of next month"."""
    kind = kind_at(tokens, place)
    step = place + 1 + (kind_at(tokens, place + 1) == "of")
    if kind_at(tokens, step) == "month" and tokens[step].value and not _is_verb(tokens, place, step):
        return _month_day(tokens, tokens[step].value, tokens[place].value, moment, step + 1)
    if kind_at(tokens, step) in {"this", "next"} and kind_at(tokens, step + 1) == "month" and kind == "ord":
        year, month = months_on(moment.today, int(kind_at(tokens, step) == "next"))
        return _made(year, month, tokens[place].value, step + 2)
    return None


def _two_days(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    """ "4 or 5 november"."""
    if kind_at(tokens, place + 1) not in {"or", "and", "slash"} or kind_at(tokens, place + 2) not in {"num", "ord"}:
        return None
    second = _day_and_month(tokens, place + 2, moment) if 1 <= tokens[place + 2].value <= 31 else None
    day = second[0].spans[0][0] if second else None
    if second is None or day is None or tokens[place].value >= day.day:
        return None
    first = day.replace(day=tokens[place].value)
    return Days(spans=((first, first), (day, day)), ask=second[0].ask), second[1]


def _feast(which: int, today: date) -> date:
    """The coming one of a feast whose day everybody knows."""
    for year in (today.year, today.year + 1):
        day = _feasts(year)[which]
        if day >= today:
            return day
    return _feasts(today.year + 1)[which]


def _begun(first: int, second: int, today: date) -> date:
    """ "Between christmas and new years", said when the first is just over: from today on."""
    end = _feast(second, today)
    before = [day for year in (end.year - 1, end.year) if (day := _feasts(year)[first]) <= end]
    return max(before[-1], today)


def _long_weekend(day: date) -> Days:
    """ "Labor day weekend", "thanksgiving weekend": the weekend beside the feast, and the feast."""
    saturday = week_of(day) + timedelta(days=5)
    match day.weekday():
        case 0:
            return stretch_from(day - timedelta(days=2), 3)
        case 1 | 2:
            return Days(spans=((saturday, saturday + timedelta(days=1)),), stretch=True, ask=True)
        case 3 | 4:
            return stretch_from(day, 7 - day.weekday())
    return stretch_from(saturday, 2)


def _feasts(year: int) -> dict[int, date]:
    return {
        1: date(year, 12, 25),
        2: date(year, 12, 24),
        3: date(year, 1, 1),
        4: date(year, 12, 31),
        5: upcoming(3, date(year, 11, 21)),
        6: date(year, 10, 31),
        7: date(year, 2, 14),
        8: upcoming(0, date(year, 8, 31)),
        9: upcoming(0, date(year, 5, 24)),
        10: date(year, 7, 4),
        11: date(year, 3, 17),
        12: _weekday_of(year, 1, 0, 3),
        13: _weekday_of(year, 11, 3, 4) + timedelta(days=1),
        14: easter(year),
        15: easter(year) - timedelta(days=2),
        16: _weekday_of(year, 5, 6, 2),
        17: _weekday_of(year, 6, 6, 3),
        18: _weekday_of(year, 2, 0, 3),
        19: date(year, 11, 11),
        20: date(year, 6, 19),
        21: _weekday_of(year, 11, 3, 4) + timedelta(days=4),
        22: date(year, 5, 5),
        23: _weekday_of(year, 10, 0, 2),
        24: date(year, 1, 6),
        25: upcoming(1, _weekday_of(year, 11, 0, 1)),
        26: easter(year) - timedelta(days=3),
        27: date(year, 11, 2),
        28: easter(year) - timedelta(days=1),
        29: easter(year) - timedelta(days=46),
        30: easter(year) - timedelta(days=7),
        31: easter(year) - timedelta(days=47),
        32: date(year, 4, 15),
        33: date(year, 12, 26),
        34: date(year, 2, 2),
        35: easter(year) + timedelta(days=1),
        36: date(year, 11, 1),
        37: _weekday_of(year, 2, 6, 2),
        38: date(year, 12, 12),
    }


def _weekday_of(year: int, month: int, weekday: int, count: int) -> date:
    """The second sunday, the fourth thursday of a month."""
    return upcoming(weekday, date(year, month, 1) - timedelta(days=1)) + timedelta(days=7 * (count - 1))


def _day_alone(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    """ "the 5th", "el 14"."""
    kind = kind_at(tokens, place)
    counted = kind_at(tokens, place + 1) in {"one_of", "word", "week", "day", "month"}
    if kind == "ord" and (not counted or tokens[place + 1].text == "as"):  # "the 25th as long as it's early"
        return _of_month_named(tokens, place, numbered(tokens[place].value, moment), moment), place + 1
    if kind == "num" and kind_at(tokens, place - 1) == "on" and not tokens[place - 1].text.startswith("on"):
        # Spanish says "el 14" for the 14th; "on 14" is no English.
        return _of_month_named(tokens, place, numbered(tokens[place].value, moment), moment), place + 1
    return None


_NEAR = timedelta(days=10)


def _of_month_named(tokens: Sequence[Token], place: int, found: Days, moment: Moment) -> Days:
    """ "Not christmas eve, the 23rd", "the wedding is dec 14, i need it by the 12th": a day of the month named before.

    One far from the day named may as well be the next of its number, so both are asked about.
    """
    named = next((at for at in range(place - 1, -1, -1) if tokens[at].kind in {"month", "feast", "date"}), None)
    first = None if named is None else dated(tokens[: place - 1], _date_begins(tokens, named), moment)
    day = first[0].spans[0][0] if first and not first[0].ask else None
    if day is None or not found.spans[0][0]:
        return found
    try:
        other = day.replace(day=tokens[place].value)
    except ValueError:
        return found
    if (other, other) in found.spans or other < moment.today:
        return found
    return on(other) if abs(other - day) <= _NEAR else Days(spans=(*found.spans, (other, other)), ask=True)


def _date_begins(tokens: Sequence[Token], place: int) -> int:
    """Where a date with its month at `place` begins: "14 de marzo" two before."""
    for step in (2, 1):
        if kind_at(tokens, place - step) in {"num", "ord"} and (step == 1 or kind_at(tokens, place - 1) == "of"):
            return place - step
    return place


def _is_verb(tokens: Sequence[Token], place: int, step: int) -> bool:
    """The "may" of "2 or 3 may work" is no month."""
    return (
        tokens[step].text == "may"
        and tokens[place].kind == "num"
        and kind_at(tokens, step - 1) != "of"
        and kind_at(tokens, step + 1) not in {"", "stop", "comma", "at", "part", "clock"}
    )


def _made(year: int, month: int, number: int, after: int) -> Found:
    try:
        return on(date(year, month, number)), after
    except ValueError:
        return Days(ask=True), after


def _exact(numbers: tuple[int, ...], moment: Moment, after: int) -> Found:
    try:
        day = date(*numbers)
    except ValueError:
        return None
    return on(day, ask=day < moment.today), after


def _with_month(tokens: Sequence[Token], place: int, moment: Moment) -> Found:
    """ "Nov 25", and "11/25", of which either number may be the month."""
    if tokens[place].value:
        month, day = tokens[place].more
        return _month_day(tokens, month, day, moment, place + 1)
    return _slashed(tokens[place].more, moment, place + 1)


def _slashed(numbers: tuple[int, ...], moment: Moment, after: int) -> Found:
    one, two = numbers[0], numbers[1]
    year = (2000 + numbers[2] % 100) if len(numbers) > 2 else None
    orders = [(two, one), (one, two)] if moment.day_leads else [(one, two), (two, one)]
    if moment.day_leads or not moment.day_first:
        orders = orders[:1] if orders[0][0] <= _MONTHS else orders[1:]
    found = [day for month, number in dict.fromkeys(orders) if (day := _day_of(month, number, year, moment))]
    if not found:
        return Days(ask=True), after
    spans = tuple(dict.fromkeys((day, day) for day in found))
    far = any((day - moment.today).days > 240 or day < moment.today for day in found)
    return Days(spans=spans, ask=len(spans) > 1 or far), after


def _month_day(tokens: Sequence[Token], month: int, number: int, moment: Moment, after: int) -> Found:
    year = None
    step = after + (kind_at(tokens, after) in {"comma", "of"})
    if kind_at(tokens, step) == "num" and moment.today.year <= tokens[step].value <= moment.today.year + 2:
        year, after = tokens[step].value, step + 1
    day = _day_of(month, number, year, moment)
    if day is None:
        return Days(ask=True), after
    # A date just gone by is rather a slip than a wish for next year.
    found = on(day, ask=(day - moment.today).days > 240 or day < moment.today)
    other = kind_at(tokens, after + 1) in {"num", "ord"} and kind_at(tokens, after) in {"or", "and", "slash"}
    if other and kind_at(tokens, after + 2) not in {"am", "pm", "oclock", "ish", "num", "month"}:
        # "nov 4 or 5" names two days of one month.
        second = _day_of(month, tokens[after + 1].value, day.year, moment)
        if second is not None:
            return Days(spans=(*found.spans, (second, second)), ask=found.ask), after + 2
    return found, after


def _day_of(month: int, number: int, year: int | None, moment: Moment) -> date | None:
    for candidate in (year,) if year else (moment.today.year, moment.today.year + 1):
        try:
            day = date(candidate, month, number)
        except ValueError:
            continue
        if day >= moment.today or year:
            return day
    return None


def numbered(number: int, moment: Moment) -> Days:
    """ "the 31st": this month's or the next; where a month without one lies between, it has to ask."""
    coming = days_numbered(number, moment.today)
    if not coming:
        return Days(ask=True)
    day = coming[0]
    if day == moment.today:
        return Days(spans=((day, day), (coming[1], coming[1])), ask=True)
    months = (day.year - moment.today.year) * 12 + day.month - moment.today.month
    gone_by = 0 < moment.today.day - number <= JUST_GONE_BY
    return on(
        day,
        ask=months > 1
        or gone_by
        or (months == 1 and number > month_of(moment.today.year, moment.today.month)[1].day >= moment.today.day),
    )
