"""Days as an owner writes them, with the month's name in English or Spanish, turned into numbers; all else is left."""

import re
from collections.abc import Callable
from datetime import date

from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_3

from answerback.workflow import reach


def _names() -> dict[str, int]:
    found = {"sept": 9, "set": 9}
    for language in ("en", "es"):
        with translation.override(language):
            for names in (MONTHS, MONTHS_3):
                found |= {str(name).casefold().rstrip("."): month for month, name in names.items()}
    return found


MONTH = _names()
_NAME = rf"\b(?P<month>{'|'.join(sorted(MONTH, key=len, reverse=True))})\b\.?"
_DAY = r"\b(?P<day>\d{1,2})(?:st|nd|rd|th|º|°)?"
_YEAR = r"(?:,?(?: (?:de|del))? (?P<year>\d{4}))?(?![\w/.-])"
WRITTEN = (
    re.compile(rf"{_NAME} {_DAY}{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_DAY} (?:de )?{_NAME}{_YEAR}", re.IGNORECASE),
)


def in_numbers(text: str, today: date) -> str:
    """The text with each such day as 2026-12-24; without a year the next one is meant. A day that is none stays."""
    for pattern in WRITTEN:
        text = pattern.sub(_number(today), text)
    return text


def _number(today: date) -> Callable[[re.Match[str]], str]:
    def number(found: re.Match[str]) -> str:
        month, day = MONTH[found["month"].casefold()], int(found["day"])
        for year in [int(found["year"])] if found["year"] else [today.year, today.year + 1]:
            try:
                meant = reach.day(f"{year}-{month:02}-{day:02}")
            except ValueError:
                continue
            if found["year"] or meant >= today:
                return meant.isoformat()
        return found[0]

    return number
