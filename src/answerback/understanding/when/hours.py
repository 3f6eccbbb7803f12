"""Hours as people say them: "3", "half past 3", "3 thirty", "between 2 and 4", "after lunch", "EOD".

An hour without am or pm is read as people of a shop mean it: 1 to 6 in the afternoon, 8 to 11 in the morning, 12 at
noon; 7 may be either, so both readings are kept. It must never take a number for an hour that stands for something
else.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from answerback.engine.times import DAY
from answerback.understanding.when.pieces import Hours, Side
from answerback.understanding.when.tokens import Token, is_spanish_to, kind_at

Found = tuple[Hours, int] | None

LAST_HOUR, _DAY_HOURS = 12, 24

AROUND = 30
"""Minutes that "around 3" may be off, either way."""

PARTS: dict[str, tuple[int, int]] = {
    name: (int(start * 60), int(end * 60))
    for name, (start, end) in {
        "early_morning": (5, 9.5),
        "first_thing": (5, 10),
        "morning": (5, 12),
        "mid_morning": (9, 11.5),
        "brunch": (10, 13),
        "mid_afternoon": (14, 16.5),
        "late_morning": (10, 12),
        "lunch": (11.5, 14),
        "early_afternoon": (12, 15),
        "afternoon": (12, 17.5),
        "tarde": (12, 20),
        "late_afternoon": (15, 18),
        "evening": (17, 22),
        "night": (17, 24),
        "eod": (15, 18.5),
        "closing": (15, 18.5),
        "after_work": (16.5, 24),
        "after_school": (14.5, 24),
        "before_work": (5, 9),
        "before_school": (5, 8.5),
        "after_lunch": (13, 24),
        "before_lunch": (0, 12),
        "before_pickup": (5, 14.5),
        "after_dropoff": (8, 24),
        "school_hours": (8, 14.5),
        "before_dinner": (5, 18),
        "dinner": (17, 20),
        "breakfast": (6, 10),
        "before_dark": (5, 17),
        "after_dinner": (18, 24),
        "after_dark": (18, 24),
        "business": (8, 18),
        "daytime": (8, 18),
    }.items()
}
"""Parts of a day in minutes, `end` excluded."""

_SPOKEN_PARTS = {
    "in the morning": "morning",
    "in the afternoon": "afternoon",
    "in the evening": "evening",
    "at night": "night",
    "de la tarde": "tarde",
    "de la noche": "night",
    "de la manana": "morning",
}
_SIDES: dict[str, Side] = {
    "before": "before",
    "by": "before",
    "until": "before",
    "leave": "before",
    "after": "after",
    "from": "after",
}
_SKIPPED = frozenset({"at", "the", "on", "around"})
_BEHIND_HALF = frozenset({"", "stop", "comma", "am", "pm", "on", "tomorrow", "today", "dow", "good", "fill"})
_JOINS = frozenset({"to", "dash", "until"})


class Clock(NamedTuple):
    """A clock time as said: the hour, its minutes, whether am or pm was said, and how plainly it is an hour."""

    hour: int
    minute: int
    half: str = ""
    plain: bool = False
    ish: bool = False
    middle: tuple[int, int] | None = None

    @property
    def readings(self) -> tuple[int, ...]:
        """The minutes of the day it may stand for, earliest first."""
        if self.half == "am":
            return (self.hour % 12 * 60 + self.minute,)
        if self.half == "pm":
            return (self.hour % 12 * 60 + 720 + self.minute,)
        if self.hour > 12 or self.hour == 0 or self.half == "24":
            return (self.hour * 60 + self.minute,)
        morning = self.hour % 12 * 60 + self.minute
        return (morning, morning + 720)

    @property
    def likely(self) -> tuple[int, ...]:
        """Which of `readings` a shop's customer means."""
        if len(self.readings) == 1:
            return (0,)
        if self.hour == 7:
            return (0, 1)
        return (0,) if 8 <= self.hour <= 11 else (1,)


def hours(tokens: Sequence[Token], place: int, *, ranges: bool = True) -> Found:
    """The hours named at `place`, with what stands before ("after", "around") and behind them ("or later")."""
    relation = kind_at(tokens, place)
    start = place
    if relation in _SIDES or relation == "between":
        start = place + 1
    about = False
    while kind_at(tokens, start) in _SKIPPED or (kind_at(tokens, start) == "like" and _clock(tokens, start + 1)):
        about = about or kind_at(tokens, start) == "around"
        start += 1
    stretch = _stretch(tokens, start, relation) if ranges or relation == "between" else None
    if stretch:
        return stretch
    if relation == "between":
        return None
    named = _part(tokens, start)
    if named:
        return _side_of_part(named[0], relation), named[1]
    clock = _clock(tokens, start)
    if not clock:
        return None
    led = relation in _SIDES or any(kind_at(tokens, at) in {"at", "around", "like"} for at in range(place, start))
    return _one(tokens, clock, relation, about=about, led=led)


def _one(tokens: Sequence[Token], clock: tuple[Clock, int], relation: str, *, about: bool, led: bool) -> Found:
    said, after = clock
    behind = kind_at(tokens, after)
    if relation not in _SIDES and behind in {"later_open", "earlier_open", "earliest_open"}:
        relation = "by" if behind == "earlier_open" else "from"
        after += 1
        said = said._replace(plain=True)
    elif behind == "to" and tokens[after].text == "to" and kind_at(tokens, after + 1) in {"", "stop"}:
        return None
    if relation not in _SIDES:
        exact = not (about or said.ish)
        spread = 0 if exact else AROUND
        spans = tuple((max(minute - spread, 0), minute + spread + 1) for minute in said.readings)
        bare = not (said.plain or led)
        return Hours(readings=spans, likely=said.likely, exact=exact, about=not exact, bare=bare), after
    return _one_sided(said, relation), after


def _one_sided(said: Clock, relation: str) -> Hours:
    side = _SIDES[relation]
    spans = tuple((minute, DAY) if side == "after" else (0, minute + (relation == "by")) for minute in said.readings)
    return Hours(readings=spans, likely=said.likely, side=side)


def _clock(tokens: Sequence[Token], place: int) -> tuple[Clock, int] | None:
    kind = kind_at(tokens, place)
    if kind in {"noon", "noonish", "midnight"}:
        if kind == "midnight":
            return Clock(0, 0, "24", plain=True), place + 1
        return Clock(12, 0, "pm", plain=True, ish=kind == "noonish"), place + 1
    if kind == "half" and tokens[place].text == "half":
        return _past_or_to(tokens, place + 1, 30) if kind_at(tokens, place + 2) in _BEHIND_HALF else None
    if kind in {"half_past", "quarter_past", "quarter_to"}:
        return _past_or_to(tokens, place + 1, {"half_past": 30, "quarter_past": 15, "quarter_to": -15}[kind])
    if kind == "clock":
        return _half(tokens, place + 1, Clock(tokens[place].value // 60, tokens[place].value % 60, plain=True))
    if kind != "num":
        return None
    return _minutes_to(tokens, place) or _numeral(tokens, place)


def _past_or_to(tokens: Sequence[Token], place: int, offset: int) -> tuple[Clock, int] | None:
    if kind_at(tokens, place) != "num" or not 1 <= tokens[place].value <= 12:
        return None
    return _half(tokens, place + 1, _moved(tokens[place].value, offset))


def _moved(hour: int, offset: int) -> Clock:
    if offset < 0:
        return Clock(hour - 1 or 12, 60 + offset, plain=True)
    return Clock(hour, offset, plain=True)


def _minutes_to(tokens: Sequence[Token], place: int) -> tuple[Clock, int] | None:
    """ "ten to 4", "20 past 3", "5 till 2"."""
    minutes, relation = tokens[place].value, tokens[place + 1 : place + 2]
    if minutes not in {5, 10, 20, 25} or not relation or kind_at(tokens, place + 2) != "num":
        return None
    hour = tokens[place + 2].value
    if relation[0].text == "past" and 1 <= hour <= 12:
        return _half(tokens, place + 3, _moved(hour, minutes))
    # "friday 5 to 7" is a stretch, "at 5 to 7" a moment
    spoken = relation[0].text in {"til", "till"} or kind_at(tokens, place - 1) == "at" or minutes > LAST_HOUR
    if spoken and relation[0].text in {"to", "til", "till"} and 1 <= hour <= 12 and minutes in {5, 20, 25}:
        return _half(tokens, place + 3, _moved(hour, -minutes))
    return None


def _numeral(tokens: Sequence[Token], place: int) -> tuple[Clock, int] | None:
    """A number as an hour: "3", "330", "1530", "3 thirty", "3 30", "3 y media"."""
    number, text = tokens[place].value, tokens[place].text
    if (
        len(text) in {3, 4}
        and text.isdigit()
        and number % 100 < 60
        and (100 <= number <= 1259 or 1300 <= number <= 2359)
    ):
        # "2026" and "1204" are as likely a year or a house: hours written so end in a quarter or say am or pm.
        said = Clock(number // 100, number % 100, "24" if text[0] == "0" else "", plain=number % 15 == 0)
        found = _half(tokens, place + 1, said)
        return found if number % 5 == 0 or found[0].half in {"am", "pm"} else None
    if not 0 < number <= 23 or (number > 12 and kind_at(tokens, place + 1) != "oclock" and text.isalpha()):
        return None
    said, after = Clock(number, 0), place + 1
    behind = kind_at(tokens, after)
    minutes = {"y_media": 30, "y_cuarto": 15}.get(behind)
    if minutes:
        return _half(tokens, after + 1, Clock(number, minutes, plain=True))
    if behind == "menos_cuarto":
        return _half(tokens, after + 1, _moved(number, -15))
    if behind == "num" and tokens[after].value in {15, 30, 45, 20, 10, 40, 50} and _is_minutes(tokens, after):
        return _half(tokens, after + 1, Clock(number, tokens[after].value, plain=True))
    if number > 12 and kind_at(tokens, after) != "oclock":
        return None
    return _half(tokens, after, said)


def _is_minutes(tokens: Sequence[Token], place: int) -> bool:
    return kind_at(tokens, place + 1) not in {"minute", "hour", "day", "word"} and (
        tokens[place].value != 10 or kind_at(tokens, place + 1) in {"am", "pm"}
    )


def _half(tokens: Sequence[Token], place: int, said: Clock) -> tuple[Clock, int]:
    """What follows the number: am or pm, "o'clock", "ish"."""
    ish = plain = False
    while kind_at(tokens, place) in {"oclock", "ish", "around", "dash"}:
        kind = kind_at(tokens, place)
        if kind == "dash" and kind_at(tokens, place + 1) != "ish":
            break
        if kind == "around" and tokens[place].text not in {"ish", "mas o menos", "aproximadamente"}:
            break
        ish = ish or kind in {"ish", "around"}
        plain, place = True, place + 1
    said = said._replace(ish=said.ish or ish, plain=said.plain or plain)
    kind = kind_at(tokens, place)
    if kind == "a" and tokens[place].text == "a" and kind_at(tokens, place + 1) in {"", "stop", "comma"}:
        kind = "am"
    if kind in {"am", "pm"} and said.hour <= 12:
        if tokens[place].text in {"at night", "de la noche"} and said.hour in {12, 1, 2, 3, 4}:
            kind = "am"
        said = said._replace(half=kind, plain=True)
        place += 1
        if kind_at(tokens, place) == "ish":
            said, place = said._replace(ish=True), place + 1
    return said, place


def _part(tokens: Sequence[Token], place: int) -> Found:
    kind = kind_at(tokens, place)
    if kind in {"in", "the"} and kind_at(tokens, place + 1) in {"the", "part", "early"}:
        return _part(tokens, place + 1)
    if kind in {"am", "pm"}:
        name = _SPOKEN_PARTS.get(tokens[place].text, "morning" if kind == "am" else "tarde")
        return Hours(readings=(PARTS[name],), part=True), place + 1
    if kind in {"early", "mid", "late"} and kind_at(tokens, place + 1) == "part":
        name = f"{kind}_{tokens[place + 1].text}".replace("tarde", "afternoon")
        return Hours(readings=(PARTS.get(name, PARTS[tokens[place + 1].text]),), part=True), place + 2
    if kind == "part":
        return Hours(readings=(PARTS[tokens[place].text],), part=True), place + 1
    return None


def _side_of_part(part: Hours, relation: str) -> Hours:
    start, end = part.readings[0]
    match relation:
        case "before":
            return replace(part, readings=((0, start),), side="before", part=False)
        case "by" | "until" | "leave":
            return replace(part, readings=((0, end),), side="before", part=False)
        case "after":
            return replace(part, readings=((end, DAY),), side="after", part=False)
        case "from":
            return replace(part, readings=((start, DAY),), side="after", part=False)
    return part


def _stretch(tokens: Sequence[Token], place: int, relation: str) -> Found:
    """From one clock time to another: "2-4", "between 2 and 4", "from 9 till noon"."""
    first = _clock(tokens, place)
    joins = _JOINS | ({"and"} if relation == "between" else set())
    if not first or not (
        kind_at(tokens, first[1]) in joins or is_spanish_to(tokens, first[1]) or _is_to_las(tokens, place, first[1])
    ):
        return None
    start = first[1] + 1
    while kind_at(tokens, start) in _SKIPPED:
        start += 1
    last = _clock(tokens, start)
    if not last:
        return None
    spans, likely = _spans(first[0], last[0])
    if not spans:
        return None
    plain = first[0].plain or last[0].plain or relation in {"between", "from"}
    if not plain and tokens[place].value > _DAY_HOURS < tokens[start].value:
        # "my budget is 500 to 700"
        return None
    # "ten to four" may be ten minutes before four.
    spoken = (
        kind_at(tokens, place) == "num" and tokens[place].text in {"five", "ten", "twenty"} and first[1] == place + 1
    )
    spoken = spoken and relation not in {"between", "from"} and tokens[place + 1].text in _MINUTES_BEFORE
    return Hours(readings=spans, likely=likely, bare=not plain, ask=spoken), last[1]


_MINUTES_BEFORE = frozenset({"to", "til", "till", "a"})


def _is_to_las(tokens: Sequence[Token], place: int, join: int) -> bool:
    """ "De las 9 a las 12", "de la una a las tres"."""
    led = place > 1 and [each.text for each in tokens[place - 2 : place]] in (["de", "las"], ["de", "la"])
    return led and kind_at(tokens, join) == "at" and tokens[join].text in {"a las", "a la"}


def _spans(first: Clock, last: Clock) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
    spans: list[tuple[int, int]] = []
    likely: list[int] = []
    for number, start in enumerate(first.readings):
        ends = [end for end in last.readings if start < end <= start + 720]
        if ends:
            if number in first.likely:
                likely.append(len(spans))
            spans.append((start, ends[0]))
    if last.half == "pm" and not first.half and len(spans) > 1:
        same_half = first.hour % 12 * 60 + first.minute < last.hour % 12 * 60 + last.minute
        likely = [1] if same_half else [0]
    if len(spans) == 1 or not likely:
        likely = list(range(len(spans)))
    return tuple(spans), tuple(likely)
