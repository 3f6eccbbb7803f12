"""What the rest of the product says in English, said in the language of whoever reads it: reasons, evidence, errors.

The engine and the workflow know one language; what they write down stays as it was written. A page says it again here:
a sentence is found in `retold.txt`, with what stands in its blanks, and the catalogue has it in the other language;
a day it names is written as days are written there.
`scripts.catalogue` draws that file from the code, so that a new sentence is missed by nobody. Never here: words of a
customer, which stay as they are.
"""

import re
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.template import Library
from django.utils.translation import get_language, gettext

from answerback.console.moments import dated

SENTENCES = tuple(Path(__file__).with_name("retold.txt").read_text(encoding="utf-8").splitlines())
"""Each in English, blanks as %(name)s."""

DAYS = re.compile(
    r"(?P<before>, sold |, entered for |nothing since |Appointment \d+, )(?P<day>20\d\d-\d\d-\d\d)(?=[ .,]|$)"
)
"""Days in what the core writes: of a sale, an amount, a silence, an appointment. What people typed stays."""

BLANK = re.compile(r"%\((\w+)\)s")
_APART = re.compile(r"(?<=[.!?]) (?=[A-Z“])")

register = Library()


@register.filter
def retold(said: object) -> str:
    """The same in the reader's language; as it is where nobody knows it."""
    words = DAYS.sub(_day, str(said or ""))
    return words if not words or (get_language() or "en").startswith("en") else _retold(words, get_language() or "en")


def _day(found: re.Match[str]) -> str:
    try:
        return found["before"] + dated(date.fromisoformat(found["day"]))
    except ValueError:  # the 31st of a short month is a number that looks like a day
        return found[0]


@lru_cache(maxsize=4096)
def _retold(said: str, language: str) -> str:
    """`language` is the active one; it is asked for so that what is remembered is not said in another."""
    if (known := gettext(said)) != said:
        return known
    several = _APART.split(said)
    told = [_retold(each, language) for each in several] if len(several) > 1 else []
    if told and all(new != old for new, old in zip(told, several, strict=True)):
        return " ".join(told)  # before a sentence with blanks swallows others in one of them
    for sentence, shape in _WITH_BLANKS:
        if found := shape.fullmatch(said):
            filled = {name: _retold(words, language) for name, words in found.groupdict().items()}
            return gettext(sentence) % filled
    return " ".join(told) or said


def _shape(sentence: str) -> re.Pattern[str]:
    parts = BLANK.split(sentence)
    return re.compile(
        "".join(f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)), re.DOTALL
    )


_WITH_BLANKS = sorted(
    ((each, _shape(each)) for each in SENTENCES if BLANK.search(each)), key=lambda pair: -len(BLANK.sub("", pair[0]))
)
"""The sentence with most words of its own first."""
