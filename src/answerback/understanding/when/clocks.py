"""Hours said in words of their own: "ten minutes to nine", "three-thirty", "las cinco menos veinte".

It makes one clock time of each; it must never take two hours for one, nor a stretch of hours.
"""

from collections.abc import Callable, Sequence

from answerback.understanding.when.hours import LAST_HOUR
from answerback.understanding.when.tokens import Token, is_spanish_to, kind_at

_TO = frozenset({"to", "til", "till", "until", "of", "before"})
_PAST = frozenset({"past", "after"})
_LEADS = frozenset({"a las", "a la", "las", "la", "como a las", "a eso de las"})
_ELEVEN, _ONCE = 11, frozenset({"once", "onse"})
_FIVES = range(5, 60, 5)


def clocks(found: list[Token]) -> list[Token]:
    """The tokens, each hour and its minutes made one."""
    told: list[Token] = []
    place = 0
    found = _eleven(found)
    while place < len(found):
        said, long = next((one for way in _WAYS if (one := way(found, place))), (found[place], 1))
        told.append(said)
        place += long
    return told


Said = tuple[Token, int] | None
"""The clock time, and how many tokens it was."""


def _eleven(found: Sequence[Token]) -> list[Token]:
    """ "A las once", "once y media": a word of English too, so the hour is known by what stands beside it.

    It is an hour even behind a weekday: "el lunes a las once" is no eleventh of a month.
    """
    return [
        Token("num", _ELEVEN, token.text) if token.text in _ONCE and _is_eleven(found, place) else token
        for place, token in enumerate(found)
    ]


def _is_eleven(found: Sequence[Token], place: int) -> bool:
    """ "Antes de las once", "once y media", "de once a dos", "de diez a once"."""
    ahead = found[place - 1].text if place else ""
    to_an_hour = is_spanish_to(found, place + 1) and kind_at(found, place + 2) == "num"
    from_an_hour = ahead == "a" and kind_at(found, place - 2) in {"num", "clock"}
    return (
        kind_at(found, place + 1) in {"y_media", "y_cuarto", "menos_cuarto"}
        or ahead.split(" ")[-1] in {"las", "alas"}
        or to_an_hour
        or from_an_hour
    )


def _minutes_first(found: Sequence[Token], place: int) -> Said:
    """ "Ten minutes to nine", "20 minutes past four"."""
    if (
        kind_at(found, place) != "num"
        or kind_at(found, place + 1) != "minute"
        or not _is_hour_at_last(found, place + 3)
    ):
        return None
    minutes, side = found[place].value, found[place + 2].text
    if minutes not in _FIVES or side not in _TO | _PAST:
        return None
    return _clock(found[place + 3].value or LAST_HOUR, minutes if side in _PAST else -minutes), 4


def _minutes_alone(found: Sequence[Token], place: int) -> Said:
    """ "Twenty past 10", "ten after nine", "20 till 4", "at ten to 9"; "ten to 4" and "sat 10 after 5" may be more."""
    if kind_at(found, place) != "num" or not _is_hour_at_last(found, place + 2):
        return None
    minutes, side, hour = found[place].value, found[place + 1].text, found[place + 2].value or LAST_HOUR
    ahead, spoken = kind_at(found, place - 1) if place else "", found[place].text.isalpha()
    if minutes not in _MINUTES_SAID or ahead in _DATED:
        return None
    at = ahead in _AT_AN_HOUR
    if side in _PAST:
        is_one = side == "past" or spoken or at
    elif side in _TO:
        # "ten til two" is a stretch
        is_one = minutes > LAST_HOUR or (spoken and (minutes == hour or (at and place > 0)))
    else:
        is_one = False
    return (_clock(hour, minutes if side in _PAST else -minutes), 3) if is_one else None


_MINUTES_SAID = range(5, 35, 5)
_DATED = frozenset({"month", "the", "on", "of", "ord", "between", "from", "dash", "num", "number", "to"})
_AT_AN_HOUR = frozenset({"at", "around", "like"})


def _is_hour_at_last(found: Sequence[Token], place: int) -> bool:
    """Is it an hour of which nothing is counted, and which reaches to no other?"""
    if kind_at(found, place) != "noon" and not _is_hour(found, place):
        return False
    behind = kind_at(found, place + 1)
    return behind not in {"word", "hour", "minute", "day", "week", "month", "dash", "to", "until"} and not (
        behind in {"am", "pm"} and kind_at(found, place) == "num" and found[place].value == LAST_HOUR
    )


def _hours_off(found: Sequence[Token], place: int) -> Said:
    """ "An hour before noon", "half an hour past 3", "a couple hours after noon", beside a day or alone."""
    ahead = kind_at(found, place - 1) if place else ""
    kind, step = kind_at(found, place), place + 1
    if ahead not in _BESIDE or kind not in {"a", "half", "couple", "num"}:
        return None
    if kind == "a" and kind_at(found, step) in {"half", "couple"}:
        kind, step = kind_at(found, step), step + 1
    step += kind_at(found, step) in {"a", "of"}
    length = {"a": 60, "half": 30, "couple": 120}.get(kind, found[place].value * 60)
    if kind_at(found, step) != "hour" or step + 2 >= len(found) or not _is_hour_at_last(found, step + 2):
        return None
    side, noon = found[step + 1].text, kind_at(found, step + 2) == "noon"
    if side not in _PAST | {"before"} or not 0 < length <= (180 if noon else 60) or kind_at(found, step + 3) in _HALVES:
        return None
    return _clock(LAST_HOUR if noon else found[step + 2].value, length if side in _PAST else -length), step + 3 - place


_BESIDE = frozenset({"", "stop", "comma", "dow", "tomorrow", "today", "ord", "overmorrow", *_AT_AN_HOUR})
_HALVES = frozenset({"am", "pm"})


def _hyphened(found: Sequence[Token], place: int) -> Said:
    """ "Three-thirty", in letters: "10-2" is a stretch, "9-thirty" was never seen."""
    if not _is_hour(found, place) or kind_at(found, place + 1) != "dash" or kind_at(found, place + 2) != "num":
        return None
    hour, minutes = found[place], found[place + 2]
    is_one = hour.text.isalpha() and minutes.text.isalpha() and minutes.value in _FIVES and minutes.value > LAST_HOUR
    return (_clock(hour.value, minutes.value), 3) if is_one else None


def _minutes_behind(found: Sequence[Token], place: int) -> Said:
    """ "A las tres y veinte", "las 8 y 15", "las cinco menos veinte"; "a las 9 y 10" may be two hours."""
    led = place > 0 and found[place - 1].text in _LEADS and kind_at(found, place - 2) not in {"between", "from", "of"}
    if not led or not _is_hour(found, place) or kind_at(found, place + 2) != "num":
        return None
    join, minutes = found[place + 1].text, found[place + 2]
    may_be_hour = minutes.value <= LAST_HOUR and minutes.text.isdigit()
    if minutes.value not in _FIVES or join not in {"y", "menos"} or (join == "y" and may_be_hour):
        return None
    return _clock(found[place].value, minutes.value if join == "y" else -minutes.value), 3


def _past_noon(found: Sequence[Token], place: int) -> Said:
    """ "A las dieciséis horas", "a las quince": so many hours in letters are of a clock of twenty-four."""
    token = found[place]
    led = place > 0 and found[place - 1].text in _LEADS - _OF_ONE
    if not led or token.kind not in {"num", "ord"} or not token.text.isalpha() or token.value not in _PAST_NOON:
        return None
    return Token("clock", token.value * 60, f"{token.value}:00"), 1 + (kind_at(found, place + 1) == "hour")


def _hours_and_minutes(found: Sequence[Token], place: int) -> Said:
    """ "Diez horas con treinta minutos", "11 horas con 45 minutos"."""
    named = found[place].kind in {"num", "ord"} and kind_at(found, place + 1) == "hour"
    whole = found[place].kind == "clock" and not found[place].value % 60
    step = place + 1 + named
    if not (named or whole) or step + 1 >= len(found) or found[step].text not in {"con", "y"}:
        return None
    hour = found[place].value // 60 if whole else found[place].value
    minutes, long = found[step + 1], step + 2 - place + (kind_at(found, step + 2) == "minute")
    if (
        hour >= _A_DAY
        or minutes.kind != "num"
        or minutes.value >= 60
        or (whole and kind_at(found, step + 2) != "minute")
    ):
        return None
    return Token("clock", hour * 60 + minutes.value, f"{hour}:{minutes.value:02}"), long


_A_DAY = 24


_PAST_NOON = range(13, 24)
_OF_ONE = frozenset({"la", "a la"})
"""Of one o'clock alone: "la quince" is a party."""

_WAYS: tuple[Callable[[Sequence[Token], int], Said], ...] = (
    _minutes_first,
    _minutes_alone,
    _hours_off,
    _hyphened,
    _minutes_behind,
    _hours_and_minutes,
    _past_noon,
)


def _is_hour(found: Sequence[Token], place: int) -> bool:
    return kind_at(found, place) == "num" and 1 <= found[place].value <= LAST_HOUR


def _clock(hour: int, minutes: int) -> Token:
    at = hour % LAST_HOUR * 60 + minutes
    at = at if at >= 60 else at + LAST_HOUR * 60
    return Token("clock", at, f"{at // 60}:{at % 60:02}")
