"""The customer's own words for a time they want, and the day when only one day can be meant.

It must never guess: of several days, a "by friday" or a "next week" it names no date.
"""

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from answerback.understanding.heard import Heard
from answerback.understanding.lexicon import WORDS

_DAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday lunes mondays",
            "tuesday martes tuesdays",
            "wednesday miercoles wednesdays",
            "thursday jueves thursdays",
            "friday viernes fridays",
            "saturday sabado sat saturdays sabados",
            "sunday domingo sundays sun domingos",
        )
    )
    for name in names.split()
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero",
            "february feb febrero",
            "march marzo",
            "april abril apr",
            "may mayo",
            "june junio jun",
            "july julio jul",
            "august agosto aug",
            "september septiembre sept sep",
            "october octubre oct",
            "november noviembre nov",
            "december diciembre dec",
        ),
        start=1,
    )
    for name in names.split()
}
_CORE = WORDS["when.core"] | _DAYS.keys() | (_MONTHS.keys() - {"may", "march", "sun", "sat", "jun", "dec"}) | {"march"}
_NOT_ALONE = frozenset(["sat", "sun", "week", "weeks", "month", "mes", "lunch", "night", "nights", "cualquier"])
_BINDERS = WORDS["when.binders"]
_TRIM_LEFT = WORDS["when.trim_left"]
_TRIM_RIGHT = WORDS["when.trim_right"]
_KEEP_LEFT = frozenset({"any", "in", "end", "dia", "otro", "other", "a", "la", "las", "at"})
_PAST = WORDS["when.past"]
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)$")
_CLOCK = re.compile(r"\d{1,4}(?:am|pm|a|p|ish|hrs)?$")
_CLOCK_BEFORE = WORDS["when.clock_before"]
_CLOCK_AFTER = frozenset(["am", "pm", "oclock", "p", "a", "ish", "or", "to", "and", "de"])
_NO_ONE_DAY = WORDS["when.no_one_day"]


class When(NamedTuple):
    """A wanted time: the customer's words, their place, and the day if it is clear."""

    words: str
    first: int
    date: str | None


def wanted_time(heard: Heard, *, now: datetime, zone: ZoneInfo, asked: bool, moved: bool) -> When | None:
    """The time a customer wants; the last one named when something is `moved` there. `asked`: the question was when."""
    spans = [span for span in _spans(heard, asked) if not _past(heard, span)]
    if not spans:
        return None
    first, last = spans[-1] if moved else max(spans, key=lambda span: span[1] - span[0])
    start, end = heard.words[first].start, heard.words[last - 1].end
    today = now.astimezone(zone).date()
    return When(" ".join(heard.plain.original[start:end].split()), first, _day(heard.texts[first:last], today))


def _spans(heard: Heard, asked: bool) -> list[tuple[int, int]]:
    texts = heard.texts
    spans: list[tuple[int, int]] = []
    place = 0
    while place < len(texts):
        last = place
        while (
            last < len(texts) and (_core(texts, last, asked) or texts[last] in _BINDERS) and _joined(heard, place, last)
        ):
            last += 1
        if last > place:
            trimmed = _trim(texts, place, last, asked)
            if trimmed:
                spans.append(trimmed)
        place = max(last, place + 1)
    return spans


def _joined(heard: Heard, first: int, last: int) -> bool:
    return heard.words[first].sentence == heard.words[last].sentence


def _core(texts: list[str], place: int, asked: bool) -> bool:
    text = texts[place]
    if text in _CORE or _ORDINAL.match(text):
        return True
    if text in _MONTHS and place + 1 < len(texts):
        return _CLOCK.match(texts[place + 1]) is not None
    if not _CLOCK.match(text):
        return False
    before = texts[place - 1] if place else ""
    after = texts[place + 1] if place + 1 < len(texts) else ""
    if not text.isdigit() or after in {"am", "pm", "oclock", "ish"}:
        return True
    return (
        before in _CLOCK_BEFORE
        and int(text) <= 2359
        and after not in {"st", "street", "ave", "minutes", "years", "miles"}
    ) or (before in _MONTHS or asked or (before.isdigit() and len(text) == 2 and _core(texts, place - 1, asked)))


def _trim(texts: list[str], first: int, last: int, asked: bool) -> tuple[int, int] | None:
    while first < last and texts[first] in _TRIM_LEFT:
        if (
            texts[first] in {"any", "otro", "other", "end", "in"}
            and first + 1 < last
            and texts[first + 1] in _CORE | {"dia", "day", "of", "a"}
        ):
            break
        first += 1
    while last > first and texts[last - 1] in _TRIM_RIGHT:
        last -= 1
    inside = texts[first:last]
    cores = [text for place, text in enumerate(inside) if _core(texts, first + place, asked)]
    if not cores or (all(core in _NOT_ALONE for core in cores) and not asked and len(inside) < 2):
        return None
    return first, last


def _past(heard: Heard, span: tuple[int, int]) -> bool:
    near = heard.texts[max(0, span[0] - 2) : span[1] + 1]
    return any(word in _PAST for word in near)


def _day(texts: list[str], today: date) -> str | None:
    days = [_one_day(texts, place, today) for place in range(len(texts))]
    clear = {day for day in days if day is not None}
    if len(clear) != 1:
        return None
    if any(text in _NO_ONE_DAY for text in texts) and not _next_weekday(texts):
        return None
    return clear.pop().isoformat()


def _next_weekday(texts: list[str]) -> bool:
    blocked = [text for text in texts if text in _NO_ONE_DAY]
    first_of = min((texts.index(text) for text in texts if text in _DAYS or text in {"tomorrow", "today"}), default=99)
    return all(text in {"after", "before", "or", "and", "until"} and texts.index(text) > first_of for text in blocked)


def _one_day(texts: list[str], place: int, today: date) -> date | None:
    text = texts[place]
    if text in {"today", "tonight", "hoy"}:
        return today
    if text == "tomorrow" or (text == "manana" and not (place and texts[place - 1] in {"la", "las", "por"})):
        return today + timedelta(days=2 if place and texts[place - 1] in {"after", "pasado"} else 1)
    if text in _DAYS:
        return today + timedelta(days=(_DAYS[text] - today.weekday() - 1) % 7 + 1)
    return _numbered_day(texts, place, today)


def _numbered_day(texts: list[str], place: int, today: date) -> date | None:
    ordinal = _ORDINAL.match(texts[place])
    before = texts[place - 1] if place else ""
    if not ordinal and not (texts[place].isdigit() and before in _MONTHS):
        return None
    number = int(ordinal.group(1) if ordinal else texts[place])
    month = _MONTHS.get(before, today.month)
    for step in range(3):
        year, later = divmod(today.year * 12 + month - 1 + step, 12)
        try:
            day = date(year, later + 1, number)
        except ValueError:
            continue
        if day >= today:
            return day
        if before in _MONTHS:
            return None
    return None
