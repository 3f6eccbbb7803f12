"""Numbers that are days: "nov 12, 13 or 14", "the 26 or the 27", "8-10 dec", "los lunes y miércoles".

It renames numbers to days and days to those of every week; it must never take an hour or a count for a day.
"""

from answerback.understanding.when.hours import LAST_HOUR
from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import Turn, turned

_ENDS = frozenset({"", "stop", "comma"})
_LISTED = frozenset({"comma", "or", "and"})
_COUNTED = frozenset(
    {"am", "pm", "oclock", "word", "hour", "minute", "day", "week", "month", "year", "num", "dash", "to", "ish"}
)
_MOST_DAYS = 31


def numbered(found: list[Token]) -> list[Token]:
    """The tokens with every number that is a day told to be one."""
    return turned(found, _TURNS)


def _as_day(number: Token) -> Token:
    """The same number as the day of a month."""
    return Token("ord", number.value, number.text)


def _run_together(found: list[Token]) -> list[Token]:
    """ "Jan 5 6 or 7": days in a row, as if commas stood between them. "Nov 1 2pm" is no half."""
    for place, token in enumerate(found):
        if token.text == "1 2" and kind_at(found, place - 1) == "month" and kind_at(found, place + 1) in {"am", "pm"}:
            return [*found[:place], Token("num", 1, "1"), Token("num", 2, "2"), *found[place + 1 :]]
    for place in range(len(found) - 3):
        first, second, third = found[place + 1 : place + 4]
        days = found[place].kind == "month" and first.kind == second.kind == "num"
        if (
            days
            and third.kind in {"or", "and"}
            and 0 < second.value - first.value <= _APART
            and second.value <= _MOST_DAYS
            and not _goes_back(found, place + 2, place + 4)
        ):
            return [*found[: place + 2], Token("comma"), *found[place + 2 :]]
    return found


_APART = 3


def _goes_back(found: list[Token], place: int, after: int) -> bool:
    """The 2 of "oct 7 10 or 2" and the 10 of "jun 15, 10 or earlier" are hours: they come before the day ahead."""
    two = kind_at(found, after) == "num" and 0 < found[after].value <= LAST_HOUR
    return two and found[after].value < found[place].value


def _dates_listed(found: list[Token]) -> list[Token]:
    """ "Nov 12, 13 or 14": all of november. "Dia 29 o 30": days of the month."""
    told = list(found)
    for place, token in enumerate(found[:-1]):
        month = token if token.kind == "month" and token.value else None
        spanish = token.text in {"dia", "dias"} and kind_at(found, place + 1) == "num"
        if not (month or spanish) or kind_at(found, place + 1) not in {"num", "ord"}:
            continue
        step = place + 1 if spanish else place + 2
        if spanish:
            told[place] = Token("the", 0, token.text)
            told[step] = _as_day(found[step])
            step += 1
        while (after := _behind_joins(found, step)) and is_day_number(found, after):
            if month and _goes_back(found, step - 1, after):
                break
            told[after] = _as_day(found[after])
            step = after + 1
        return _with_month(told, month, place + 2, step) if month else told
    return told


def _behind_joins(found: list[Token], place: int) -> int:
    """The place behind the comma, the "or", or both; 0 where there is neither."""
    step = place
    while kind_at(found, step) in _LISTED:
        step += 1
    return step if step > place else 0


def _days_listed(found: list[Token]) -> list[Token]:
    """ "El 15 o 16", "28 29 or 30": numbers in a row that can be no hours, or follow a day, are days."""
    told = list(found)
    for place in range(len(found)):
        row = _late_numbers(found, place)
        led = kind_at(found, place - 1) == "on" and found[place - 1].text == "el"
        if led and not row:
            row = _numbers_in_a_row(found, place)
        joined = any(each.kind == "or" for each in found[place : row[-1]]) if row else False
        whole = bool(row) and all(each.kind in _LISTED | _BESIDE_ALL for each in found)
        if joined and is_day_number(found, row[-1]) and len(row) > (1 if led or whole else 2):
            for at in row:
                told[at] = _as_day(found[at])
            return told
    return told


_BESIDE_ALL = frozenset({"num", "stop", "fill", "anytime", "good", "either"})


def _days_led(found: list[Token]) -> list[Token]:
    """ "The 26 or the 27", "the 15th or the 16": what is led like a day beside another day so led is one."""
    told = list(found)
    for place in range(len(found)):
        if kind_at(found, place) == "the" and _is_late_day(found, place):
            told[place + 1] = _as_day(found[place + 1])
            step = place + 2
            while (at := _behind_joins(found, step)) and kind_at(found, at) == "num" and is_day_number(found, at):
                # "the 19 or 20"
                told[at] = _as_day(found[at])
                step = at + 1
        after = _behind_joins(found, place + 2)
        led = kind_at(found, place) == "the" and kind_at(found, after) == "the"
        if not after or not led or kind_at(found, after + 1) not in {"num", "ord"}:
            continue
        days = [at for at in (place + 1, after + 1) if is_day_number(told, at)]
        if days and all(at in days or kind_at(told, at) == "ord" for at in (place + 1, after + 1)):
            for at in days:
                told[at] = _as_day(found[at])
    return told


def _is_late_day(found: list[Token], place: int) -> bool:
    """ "How about the 26", "the 14 works": a number so led that is no hour, with nothing it could count."""
    number = kind_at(found, place + 1) == "num" and LAST_HOUR < found[place + 1].value <= _MOST_DAYS
    opens = kind_at(found, place - 1) in _ENDS | {"wish", "good", "on", "or"} or place == 0
    return number and opens and kind_at(found, place + 2) in _ENDS | {"good", "part", "at", "after", "before", "or"}


def _late_numbers(found: list[Token], place: int) -> list[int]:
    """The places of numbers in a row from `place` that are days of a month and no hours."""
    row: list[int] = []
    step = place
    while kind_at(found, step) == "num" and LAST_HOUR < found[step].value <= _MOST_DAYS:
        row.append(step)
        step = _behind_joins(found, step + 1) or step + 1
    return row


def _numbers_in_a_row(found: list[Token], place: int) -> list[int]:
    """The places of three numbers or more, "10, 11 o 12", that may be days."""
    row: list[int] = []
    step = place
    while is_day_number(found, step):
        row.append(step)
        step = _behind_joins(found, step + 1) or len(found)
    return row if len(row) > 2 else []


def _with_month(found: list[Token], month: Token, begin: int, end: int) -> list[Token]:
    """The days between two places, each behind its month."""
    inside = [each for token in found[begin:end] for each in ((month, token) if token.kind == "ord" else (token,))]
    return [*found[:begin], *inside, *found[end:]]


def is_day_number(found: list[Token], place: int) -> bool:
    """Is it a number that a day of a month may have, with nothing behind it that it counts?"""
    number = kind_at(found, place) == "num" and 1 <= found[place].value <= _MOST_DAYS
    return number and kind_at(found, place + 1) not in _COUNTED


def _days_before_month(found: list[Token]) -> list[Token]:
    """ "8-10 dec": the days of that month, and no hours."""
    for place in range(1, len(found) - 2):
        month = place + 2 + (kind_at(found, place + 2) == "of")
        numbers = (found[place - 1], found[place + 1])
        between = found[place].kind in {"dash", "to", "or", "and"}
        if not between or kind_at(found, month) != "month" or {each.kind for each in numbers} != {"num"}:
            continue
        if all(1 <= each.value <= _MOST_DAYS for each in numbers):
            days = [_as_day(each) for each in numbers]
            return [*found[: place - 1], days[0], found[place], days[1], *found[place + 2 :]]
    return found


def _week_of_number(found: list[Token]) -> list[Token]:
    """ "La semana del 14", "el finde del 14": the week that day lies in; "la próxima semana de 10 a 2" tells hours."""
    return [
        _as_day(token)
        if token.kind == "num"
        and [each.kind for each in found[max(at - 2, 0) : at]] in (["week", "of"], ["weekend", "of"])
        and 1 <= token.value <= _MOST_DAYS
        and not (kind_at(found, at + 1) in {"a", "to", "dash"} and kind_at(found, at + 2) == "num")
        else token
        for at, token in enumerate(found)
    ]


def _weekdays_listed(found: list[Token]) -> list[Token]:
    """ "Los lunes y miércoles": the second is of every week too, though its plural sounds alike."""
    told = list(found)
    for place in range(1, len(found) - 1):
        spanish = told[place - 1].kind == "dows" and told[place - 1].text.startswith("los ")
        if spanish and found[place].kind == "dow":
            # "los lunes miércoles o viernes"
            told[place] = Token("dows", found[place].value, f"los {found[place].text}")
        elif spanish and found[place].kind in _LISTED and found[place + 1].kind == "dow":
            told[place + 1] = Token("dows", found[place + 1].value, f"los {found[place + 1].text}")
    return told


def _numbered_days(found: list[Token]) -> list[Token]:
    """ "Thursday 29", "el viernes 11 a las 2": a number behind a weekday that can be no hour is the day's."""
    return [
        _as_day(token)
        if token.kind == "num"
        and place
        and found[place - 1].kind == "dow"
        and (token.value > LAST_HOUR or _is_led_day(found, place))
        and is_day_number(found, place)
        else token
        for place, token in enumerate(found)
    ]


def _is_led_day(found: list[Token], place: int) -> bool:
    """In Spanish an hour has its "a las", so that the number behind "el viernes" is the day's."""
    led = place > 1 and found[place - 2].text == "el"
    return led and kind_at(found, place + 1) in {"at", "comma", "anytime", "stop", ""}


def _one_weekday_twice(found: list[Token]) -> list[Token]:
    """ "Sat 17 or 24 in the am", "mon 12 or tues 13": the second number can be no hour, so both are days."""
    for place in range(len(found) - 3):
        first, link = found[place + 1], found[place + 2]
        second = place + 3 + (kind_at(found, place + 3) in {"dow", "the"})
        if found[place].kind != "dow" or link.kind not in {"or", "and", "slash"} or kind_at(found, second) != "num":
            continue
        other = found[place + 3] if kind_at(found, place + 3) == "dow" else found[place]
        apart = (found[second].value - first.value - other.value + found[place].value) % 7
        late = found[second].value > LAST_HOUR and is_day_number(found, second)
        if first.kind in {"num", "ord"} and late and not apart:
            days = [_as_day(each) if each.kind == "num" else each for each in found[place + 1 : second + 1]]
            again = [] if kind_at(found, second - 1) == "dow" else [found[place]]
            return [*found[: place + 1], *days[:2], *days[2:-1], *again, days[-1], *found[second + 1 :]]
    return found


def _hours_of_weekdays(found: list[Token]) -> list[Token]:
    """ "Martes 10 o jueves 4": no month has both, so they are hours."""
    for place in range(len(found) - 4):
        day, number, link, other, second = found[place : place + 5]
        if [day.kind, number.kind, link.kind, other.kind, second.kind] != ["dow", "num", "or", "dow", "num"]:
            continue
        hours = all(1 <= each.value <= LAST_HOUR and is_day_number(found, at) for each, at in _two(place, found))
        if hours and (second.value - number.value - other.value + day.value) % 7:
            at = Token("at", 0, "at")
            return [*found[:place], day, at, number, link, other, at, *found[place + 4 :]]
    return found


def _two(place: int, found: list[Token]) -> list[tuple[Token, int]]:
    return [(found[at], at) for at in (place + 1, place + 4)]


def _until_the(found: list[Token]) -> list[Token]:
    """ "De viaje hasta el 4": a day, for an hour has "las"."""
    return [
        _as_day(token)
        if place
        and found[place - 1].text in {"hasta el", "asta el"}
        and kind_at(found, place - 2) == "bad"
        and is_day_number(found, place)
        and kind_at(found, place + 1) != "of"
        else token
        for place, token in enumerate(found)
    ]


def _end_of_month(found: list[Token]) -> list[Token]:
    """ "End of the month, 30 or 31": two days of it."""
    months = [at for at, each in enumerate(found) if each.kind == "month"]
    for place in range(len(found) - 2):
        first, link, second = found[place : place + 3]
        two = first.kind == second.kind == "num" and link.kind in {"or", "and"} and first.value + 1 == second.value
        late = two and first.value > LAST_HOUR and is_day_number(found, place) and is_day_number(found, place + 2)
        ended = kind_at(found, place - 1) == "comma" and [place - 2] == months
        if late and ended and kind_at(found, months[0] - 1) in {"the", "of", "late"}:
            begin = months[0] - 1
            while begin and kind_at(found, begin - 1) in {"the", "of", "late", "at", "a", "on", "last", "week", "day"}:
                begin -= 1
            return [*found[:begin], _as_day(first), link, _as_day(second), *found[place + 3 :]]
    return found


_TURNS: tuple[Turn, ...] = (
    _run_together,
    _one_weekday_twice,
    _hours_of_weekdays,
    _until_the,
    _end_of_month,
    _dates_listed,
    _days_listed,
    _days_led,
    _days_before_month,
    _week_of_number,
    _weekdays_listed,
    _numbered_days,
)
