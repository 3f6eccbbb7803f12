"""The next few of a day, and weeks told by one that is not meant: "either of the next two saturdays", "los próximos dos
sábados", "not the first week of may, the one after".

It counts weeks; it must never take their number for an hour.
"""

import re

from answerback.understanding.when.called_by import IN_ORDER, WEEKDAYS
from answerback.understanding.when.spanish_forms import DIAS
from answerback.understanding.when.wordings import put


def next_few(folded: str) -> str:
    """The text with those days as the grammar knows them: "saturdays the next two weeks"."""
    return put(folded, _SAID) if _SIGN.search(folded) else folded


def _each_week(match: re.Match[str]) -> str:
    said = match.groupdict()
    weeks = _COUNTED[said["few"] or said["many"]]
    return f"{_IN_ENGLISH.get(said['day'], said['day'])} the next {weeks} weeks"


def _so_many_from_now(match: re.Match[str]) -> str:
    """ "3 fridays from now" is two weeks after the coming one."""
    weeks = _COUNTED[match["few"]] - 1
    return f"{weeks} week{'s' * (weeks > 1)} from {match['day']}"


def _so_long_from(match: re.Match[str]) -> str:
    """ "A fortnight today" is two weeks from now, and "a week tomorrow" eight days."""
    weeks = (2 if match["long"] in {"2", "two"} else 1) * (2 if match["unit"] == "fortnight" else 1)
    return f"{weeks} weeks from {match['day']}"


def _next_so_many(match: re.Match[str]) -> str:
    unit = "day" if "dia" in {match["unit"], match["other"]} else "week"
    return f"next {_COUNTED[match['few'] or match['many']]} {unit}s"


_SIGN = re.compile(r"next|coming|proxim|siguientes|from (?:now|today)|week|fortnight")
_ANY = r"(?:\b(?:either|any|one|1) of |^|(?<=[.,;!?] ))(?:the |these )?"
_CUALQUIERA = r"(?:\b(?:cualquiera|uno|alguno) de |^|(?<=[.,;!?] ))(?:los |estos )?"
_STAND = r"(?! (?:are|were|is|estan|no|dont|wont)\b)"
_FEW = r"2|3|4|two|three|four|couple(?: of)?|dos|tres|cuatro"
_COUNTED = {
    "2": 2,
    "two": 2,
    "dos": 2,
    "couple": 2,
    "couple of": 2,
    "3": 3,
    "three": 3,
    "tres": 3,
    "4": 4,
    "four": 4,
    "cuatro": 4,
}
_IN_ENGLISH = dict(zip(DIAS.split("|"), IN_ORDER, strict=True))

_SAID = (
    (
        re.compile(rf"{_ANY}(?:next|coming) (?:2|two|couple(?: of)?) weekends\b{_STAND}"),
        "this weekend or next weekend",
    ),
    (re.compile(rf"\b(?P<few>{_FEW}) (?P<day>{WEEKDAYS})s from (?:now|today)\b"), _so_many_from_now),
    (
        re.compile(
            r"(?:^|(?<=[.,;!?] ))(?P<long>a|1|one|two|2) (?P<unit>week|fortnight)s?"
            rf" (?P<day>today|tomorrow)\b{_STAND}"
        ),
        _so_long_from,
    ),
    (
        re.compile(
            rf"{_CUALQUIERA}(?:proxim[oa]s (?P<few>{_FEW}) (?P<unit>dia|semana)s"
            rf"|(?P<many>{_FEW}) proxim[oa]s (?P<other>dia|semana)s)\b{_STAND}"
        ),
        _next_so_many,
    ),
    (re.compile(rf"{_ANY}(?:next|coming) (?P<few>{_FEW}) (?P<day>{WEEKDAYS})'?s?\b{_STAND}"), _each_week),
    (
        re.compile(
            rf"{_CUALQUIERA}(?:(?:proximos|siguientes) (?:2|dos)|(?:2|dos) (?:proximos|siguientes))"
            rf" (?:fines de semana|findes)\b{_STAND}"
        ),
        "este fin de semana o el proximo fin de semana",
    ),
    (
        re.compile(
            rf"{_CUALQUIERA}(?:(?:proximos|siguientes) (?P<few>{_FEW})|(?P<many>{_FEW}) (?:proximos|siguientes))"
            rf" (?P<day>{DIAS})s?\b{_STAND}"
        ),
        _each_week,
    ),
    (
        re.compile(
            r"\bnot (?:in |during )?(?:the )?(?:first|1st) week of ([a-z]+)[.,;]* (?:but )?(?:in )?"
            r"the (?:week after(?: that)?|one after(?: that)?|second(?: one)?|2nd|next(?: one)?)\b"
        ),
        r"the second week of \1",
    ),
)
"""What is said, and how the grammar knows it."""
