"""The customer's own words for a time they want, and the day when only one day can be meant.

It must never guess: of several days, a "by friday" or a "next week" it names no date.
"""

import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from answerback.engine.times import Suits, Times
from answerback.understanding.heard import Heard
from answerback.understanding.lexicon import WORDS
from answerback.understanding.when.company import in_company
from answerback.understanding.when.tokens import tokens
from answerback.understanding.when.understand import understand_times

_MONTHS = WORDS["when.months"]
_CORE = WORDS["when.core"] | WORDS["when.days"] | (_MONTHS - {"may", "sun", "sat", "jun", "dec"})
_IN_MONTH = frozenset(["in", "before", "after", "until", "by", "early", "late", "mid", "en", "antes"])
_NOT_ALONE = frozenset(
    ["sat", "sun", "week", "weeks", "month", "mes", "lunch", "night", "nights", "cualquier", "whenever", "wed"]
)
_BINDERS = WORDS["when.binders"]
_TRIM_LEFT = WORDS["when.trim_left"]
_TRIM_RIGHT = WORDS["when.trim_right"]
_PAST = WORDS["when.past"]
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)$")
_CLOCK = re.compile(r"\d{1,4}(?:am|pm|a|p|ish|hrs)?$")
_CLOCK_BEFORE = WORDS["when.clock_before"]
_CLOCK_AFTER = frozenset(["am", "pm", "oclock", "p", "a", "ish", "or", "to", "and", "de"])


_WAYS = frozenset(["n", "s", "e", "w", "north", "south", "east", "west"])
_COUNTED = WORDS["when.counted"]
_WISHES = WORDS["when.wishes"]


class When(NamedTuple):
    """A wanted time: the customer's words, and the day if it is clear."""

    words: str
    date: str | None


def wanted_time(heard: Heard, times: Times, *, asked: bool, moved: bool) -> When | None:
    """The words for a time a customer wants, and its day where `times` leaves one.

    The last one named when something is `moved` there. `asked`: the question was when.
    """
    spans = [span for span in _spans(heard, asked) if not _past(heard, span)]
    if not asked:
        spans = [span for span in spans if _says(_said(heard, span, times), is_wished=_wished(heard, span))]
    vague = _season(heard) or (_VAGUE.search(heard.plain.folded) if moved or asked else None)
    if spans and times.kind != "none":
        first, last = _meant(heard, spans, times, moved=moved)
        start, end = heard.words[first].start, heard.words[last - 1].end
        return When(" ".join(heard.plain.original[start:end].split()), _day(times))
    if asked and not spans and times.wanted and len(heard.words) <= _FEW:
        return When(" ".join(heard.plain.original.split()), _day(times))
    if vague and len(heard.plain.original) == len(heard.plain.folded):
        return When(heard.plain.original[vague.start() : vague.end()], _day(times))
    return None


def _meant(heard: Heard, spans: list[tuple[int, int]], times: Times, *, moved: bool) -> tuple[int, int]:
    if moved or any(token.kind == "correction" for token in tokens(heard.plain.original)):
        return _where_to(heard, spans[-1])
    wished = [span for span in spans if _wished(heard, span)] or spans
    return max(wished, key=lambda span: _weight(span, _said(heard, span, times))) if len(wished) > 1 else wished[0]


_FEW = 6
"""So few words that answer when are the time: "first thing"."""

_VAGUE = re.compile(
    r"\b(?:otro dia|otra hora|another (?:day|time)|a different (?:day|time)|(?:later|earlier) (?:that|the same) day"
    r"|(?:back|up|out|forward) (?:an?|one|two|\d) (?:hour|day|week|month)s?"
    r"|(?:in|en) (?:about |like |unos |unas )?(?:an?|una?|half an|\d{1,3}|a couple(?: of)?|a few)"
    r" (?:hour|hora|min|minute)[a-z]*)\b"
)


_SEASON = re.compile(
    r"\b(?:this|next|in the|early|late|come|este|esta|en|el proximo|la proxima) (?:coming )?"
    r"(?:fall|autumn|winter|spring|summer|otono|invierno|primavera|verano)\b(?! (?:break|cleaning|camp|storage|tires))"
)


def _said(heard: Heard, span: tuple[int, int], times: Times) -> Times:
    """What the clause a span stands in says by itself: a story told beside a wish says nothing."""
    clause = _clause(heard, heard.words[span[0]].start, heard.words[span[1] - 1].end)
    return _alone(clause, times.now, times.zone)


@lru_cache(maxsize=64)
def _alone(clause: str, now: datetime, zone: str) -> Times:
    """A clause read by itself; kept, for each of its spans and both who ask for them want it."""
    return understand_times(clause, now=now, zone=ZoneInfo(zone))


def _says(said: Times, *, is_wished: bool) -> bool:
    return said.kind != "none" and (is_wished or not _far(said))


def _clause(heard: Heard, start: int, end: int) -> str:
    text = heard.plain.original
    ends = [match.end() for match in _CLAUSE_END.finditer(text)]
    return text[max((at for at in ends if at <= start), default=0) : min((at for at in ends if at > end), default=None)]


_CLAUSE_END = re.compile(r"[.!?;,\n](?=\s|$)")


def _weight(span: tuple[int, int], said: Times) -> tuple[bool, bool, int]:
    """A day that suits before an hour, before what is refused or "whenever"; of equals the longer."""
    named = any(each.first or each.last or each.weekdays or each.since for each in said.wanted)
    return bool(said.wanted) and said.wanted != (Suits(),), named, span[1] - span[0]


FAR = timedelta(days=240)


def _far(said: Times) -> bool:
    """ "In february", said in march, is rather the last than the next, unless somebody is to come then."""
    days = [each.first for each in said.wanted if each.first is not None]
    return bool(days) and min(days) - said.now.date() > FAR


def _season(heard: Heard) -> re.Match[str] | None:
    """The "next spring" of a wish; "it burned in the fall" tells."""
    match = _SEASON.search(heard.plain.folded)
    if match is None or len(heard.plain.original) != len(heard.plain.folded):
        return match
    clause = in_company(tokens(_clause(heard, match.start(), match.end())))
    return None if any(token.kind in {"past", "event", "happening"} for token in clause) else match


def _wished(heard: Heard, span: tuple[int, int]) -> bool:
    """Does the clause it stands in ask for somebody to come?"""
    clause = heard.words[span[0]].clause
    return any(word.text in _WISHES for word in heard.words if word.clause == clause)


def _day(times: Times) -> str | None:
    """The one day meant, as ISO; none where several would do."""
    days = {(each.first, each.last) for each in times.wanted}
    first, last = days.pop() if len(days) == 1 else (None, None)
    return first.isoformat() if first is not None and first == last else None


def _spans(heard: Heard, asked: bool) -> list[tuple[int, int]]:
    texts = _texts(heard)
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


def _texts(heard: Heard) -> list[str]:
    """The words, "we'd" as no wednesday and "11:30" as two that are plainly a clock."""
    original = heard.plain.original
    texts = ["would" if original[word.start : word.end].lower() in _WOULD else word.text for word in heard.words]
    for place, word in enumerate(heard.words[:-1]):
        behind = heard.words[place + 1]
        if _COLON.fullmatch(original[word.start : behind.end]):
            texts[place : place + 2] = [word.text + "hrs", behind.text + "hrs"]
    return texts


_COLON = re.compile(r"\d{1,2}:\d\d")
_WOULD = frozenset(["we'd", "we’d"])


def _joined(heard: Heard, first: int, last: int) -> bool:
    return heard.words[first].sentence == heard.words[last].sentence


def _core(texts: list[str], place: int, asked: bool) -> bool:
    text = texts[place]
    if _ORDINAL.match(text):
        return not (place and (texts[place - 1].isdigit() or texts[place - 1] in _WAYS))
    if text in _CORE or (text in _ORDINALS and _of_a_month(texts, place)):
        return True
    if text in _MONTHS:
        numbered = place + 1 < len(texts) and _CLOCK.match(texts[place + 1]) is not None
        if place > 1 and texts[place - 1] == "of" and texts[place - 2] in _ORDINALS:
            return True
        if place + 1 == len(texts) and place > 0 and text not in _NOT_ALONE:
            return True
        return numbered or (place > 0 and text not in _NOT_ALONE and texts[place - 1] in _IN_MONTH)
    if not _CLOCK.match(text):
        return False
    before = texts[place - 1] if place else ""
    after = texts[place + 1] if place + 1 < len(texts) else ""
    if not text.isdigit() or after in {"am", "pm", "oclock", "ish"}:
        return True
    if after == "de" and place + 2 < len(texts) and texts[place + 2] in _MONTHS:
        return True
    return (before in _CLOCK_BEFORE and int(text) <= 2359 and after not in _COUNTED) or (
        before in _MONTHS or asked or (before.isdigit() and len(text) == 2 and _core(texts, place - 1, asked))
    )


def _of_a_month(texts: list[str], place: int) -> bool:
    """ "The sixth of june", "twenty first of may": what "first week" and "first time" are not."""
    behind = texts[place + 1 : place + 4]
    return bool({"of", "de"} & set(behind[:2])) and not _MONTHS.isdisjoint(behind)


_ORDINALS = WORDS["when.ordinals"]


def _trim(texts: list[str], first: int, last: int, asked: bool) -> tuple[int, int] | None:
    first += _of_the_verb(texts, first, last)
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
    alone = all(core in _NOT_ALONE for core in cores) and len(inside) < 2
    if not cores or (alone and not asked and not (inside[0] == "sat" and last == len(texts))):
        return None
    return first, last


def _of_the_verb(texts: list[str], first: int, last: int) -> bool:
    """The "by" of "stop by tomorrow" and the "in" of "get me in today" belong to the verb."""
    if last - first < 2 or texts[first + 1] not in _ONE_DAY:
        return False
    return texts[first] == "in" or (texts[first] == "by" and first > 0 and texts[first - 1] in _COME)


_ONE_DAY = WORDS["when.one_day"]
_COME = frozenset(
    ["stop", "come", "swing", "drop", "drive", "pass", "roll", "stopping", "coming", "swinging", "dropping"]
)


def _where_to(heard: Heard, span: tuple[int, int]) -> tuple[int, int]:
    """The time behind "to" in "move thursday to next tues": what is moved had the one before it."""
    texts = heard.texts[span[0] : span[1]]
    for place in range(1, len(texts) - 1):
        behind = next((word for word in texts[place + 1 :] if word not in _LEADS), "")
        if texts[place] in {"to", "for", "al", "a", "para"} and behind in _CORE and _shifted(heard, span[0]):
            return span[0] + place + 1, span[1]
    return span


def _shifted(heard: Heard, place: int) -> bool:
    return any(word in _SHIFTS for word in heard.texts[:place])


_LEADS = frozenset(["the", "next", "this", "el", "la", "proximo", "proxima", "that"])
_SHIFTS = WORDS["when.shifts"]


def _past(heard: Heard, span: tuple[int, int]) -> bool:
    near = heard.texts[max(0, span[0] - 2) : span[1] + 1]
    return _how_often(heard.texts, span) or any(word in _PAST for word in near)


def _how_often(texts: list[str], span: tuple[int, int]) -> bool:
    """ "All night", "cada dos semanas" tell how long and how often, not when."""
    named = {text for text in texts[span[0] : span[1]] if text in _CORE}
    before = set(texts[max(0, span[0] - 2) : span[0] + 1])
    return (named <= _LONG and bool(before & _ALL)) or (named <= _LENGTHS and bool(before & _EVERY))


_LONG = frozenset(["night", "nights", "noche", "noches"])
_LENGTHS = frozenset(["week", "weeks", "month", "semana", "semanas", "mes"])
_ALL = frozenset(["all", "toda", "todas"])
_EVERY = frozenset(["every", "cada"])
