"""Answers to a menu of times: "2", "the later one", "tuesday works", "not the first, anything else is fine".

What is said of places in the list (`picking`) goes before what is said of days and hours, and a digit is a place before
it is an hour. Where both could be meant, or several of the times offered suit, it must ask.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from answerback.engine.times import Suits, Times
from answerback.understanding.lexicon import WORDS
from answerback.understanding.normalise import fold_plain
from answerback.understanding.when.picking import Picked, agrees, is_haste, leaves_open, picked
from answerback.understanding.when.tokens import Token, kind_at


class Readers(NamedTuple):
    """What words say about when, read as if nothing had been offered: the text as `whole`, or a part of it by the rules
    alone, which takes half as long.
    """

    whole: Callable[[str], Times]
    part: Callable[[str], Times]


def answer(text: str, menu: Sequence[datetime], said: Readers, nothing: Times) -> Times:
    """What a text says to the times offered; `nothing` is what a text without times says."""
    zone, folded = ZoneInfo(nothing.zone), fold_plain(text)
    offered = [at.astimezone(zone) for at in menu]
    if agrees(text):
        return chosen(nothing, 1, offered) if len(offered) == 1 else replace(nothing, ask=True)
    if (left := _left_by_what_it_is_not(folded, offered, said)) is not None:
        if len(left) == 1:
            return chosen(nothing, left[0] + 1, offered)
        return replace(nothing, kind="windows", wanted=tuple(_moment(offered[place]) for place in left), ask=True)
    same = _SAME_TIME.search(folded)
    text = _SAME_TIME.sub(" ", folded) if same else text
    day = _SAME_DAY.search(folded)
    text = _SAME_DAY.sub(" ", folded) if day else text
    pick = picked(text, offered, lambda part: _suited(said.part(part), part, offered))
    if same:
        return _at_the_same_time(pick, text, offered, said)
    if day:
        return _on_the_same_day(pick, text, offered, said)
    if _SOONER.search(folded) and not (pick and pick.taken):
        return replace(nothing, kind="windows", wanted=(Suits(until=min(offered).astimezone(UTC)),))
    if pick is not None:
        return _of_places(pick, text, offered, said, nothing)
    times = _by_its_time(said.whole(text), text, offered, said, nothing)
    if times.kind == "choice" and _CALL_AT.search(folded):
        return replace(times, ask=True)
    unclear = times.kind == "none" and (
        _BEYOND.search(folded) or (len(offered) > 1 and _AGREED.search(folded)) or _FOR_TWO.search(folded)
    )
    return replace(times, ask=True) if unclear else times


def _left_by_what_it_is_not(folded: str, offered: Sequence[datetime], said: Readers) -> list[int] | None:
    """ "The one that isn't on thursday", "el que no es miércoles": the places that are left; None where it is not
    told so.
    """
    found = _IS_NOT.search(folded)
    if found is None:
        return None
    suited = _suited(said.part(found["what"]), found["what"], offered)
    return [place for place in range(len(offered)) if place not in suited] if suited else None


_IS_NOT = re.compile(
    r"\b(?:(?:the )?ones? (?:that |which )?(?:isn'?t|is not|'?s not|aren'?t|are not)|ones? that'?s not"
    r"|(?:el|la) que no (?:es|sea|cae|caiga|esta))(?: on| in| at| en| el| la| por| de)* (?P<what>[a-z0-9: ]+?)\W*$"
)


def _of_places(pick: Picked, text: str, offered: Sequence[datetime], said: Readers, nothing: Times) -> Times:
    """What is left of the times offered by what is said of their places, and by the times named beside them."""
    beside = said.whole(pick.rest)
    by_time = (pick.other or pick.any) and not pick.taken and not beside.wanted and bool(beside.never)
    refused = [place for place, at in enumerate(offered) if by_time and not beside.allows(at)]
    clear = pick.settled(len(offered), refused)
    if pick.none or not pick.taken:
        refusal = _day if _THOSE_DAYS.search(fold_plain(text)) else _moment
        times = replace(
            beside,
            kind="filter" if beside.kind == "none" else beside.kind,
            never=beside.never + tuple(refusal(offered[place]) for place in sorted(pick.refused)),
        )
        return _by_its_time(times, text, offered, said, nothing)
    if pick.any and not pick.open and beside.wanted:
        # "Any of those as long as it's in the afternoon"
        limited = [place for place in pick.taken if beside.allows(offered[place])]
        pick.taken = limited or pick.taken
        clear = clear and bool(limited)
    if len(pick.taken) == 1 and clear:
        return _of_place(pick, text, offered, said, nothing)
    if beside.wanted and pick.refused:
        return _by_its_time(beside, text, offered, said, nothing)
    if not clear and len(pick.taken) == len(offered) and not pick.open:
        return replace(nothing, ask=True)
    wanted = tuple(_moment(offered[place]) for place in pick.taken)
    return replace(nothing, kind="windows", wanted=wanted, ask=not clear)


_SOONER = re.compile(
    r"\b(?:sooner|earlier) than (?:those|these|that|them|the first)\b"
    r"|\b(?:any|anything|something|nothing|algo|nada)(?: \w+)? (?:sooner|earlier|mas temprano|mas pronto|antes)"
    r"(?=\s*(?:$|[.,?!]))"
)
_CALL_AT = re.compile(
    r"^(?!.*\b(?:mon|tue|wed|thu|fri|sat|sun))"
    r".*\b(?:call|ring|phone|text|txt)(?: me| us)?(?: back)? (?:at|around|after|before) \d{1,2}(?![\d-])(?! ?\d)"
)
""" "Call me at 2" wishes for a call, or for the visit of that hour."""
_BEYOND = re.compile(r"(?:#|\b(?:option|opt|number|choice|opcion|numero)) ?\d\b(?!\d)")
_FOR_TWO = re.compile(r"^\W*[1-5] (?:is )?(?:for|para) [^.;!?]*\b(?:and|y) [1-5] (?:is )?(?:for|para)\b")
""" "1 for my place and 3 for my mom's"."""
_AGREED = re.compile(r"^\W*(?:\w+ ){0,2}(?:book it|that works|works for me|sounds good|see you then|me parece bien)\b")
"""A number that is none of the list, and a yes to several: which of them has to be asked."""

_SAME_TIME = re.compile(r"\b(?:same (?:time|hour)|(?:la )?misma hora)\b(?: as)?")
_SAME_DAY = re.compile(
    r"\b(?:same day as(?! (?:last|before|my|the last time))|same day(?=,? but)|(?:el )?mismo dia (?:que|de)"
    r"|(?:el )?mismo dia(?=,? pero))\b"
)
_THOSE_DAYS = re.compile(
    r"\b(?:those|these|both|either|all) (?:of (?:those|these|the) )?days\b|\b(?:esos|ambos|los dos) dias\b"
)


def _of_place(pick: Picked, text: str, offered: Sequence[datetime], said: Readers, nothing: Times) -> Times:
    """The time of one place, to be asked about where the words name another time as well."""
    at = offered[pick.taken[0]]
    times = chosen(nothing, pick.taken[0] + 1, offered)
    if shift := _SHIFTED.search(re.split(r"[.;!\n]| i ", pick.after)[0]):
        return _shifted(at, shift, nothing)
    after = said.part(pick.after)
    if _BUT.match(pick.after) and (moved := _at_another_hour(at, after, nothing)):
        return moved
    if after.wanted and not after.allows(at) and _TAKES_BACK.search(pick.after):
        return _by_its_time(after, text, offered, said, nothing)
    beside = said.part(pick.beside)
    if beside.wanted and not beside.allows(at):
        return replace(times, ask=True)
    if not pick.plain and _suited(said.part(pick.rest), pick.rest, offered) not in ([], pick.taken):
        return replace(times, ask=True)
    if pick.plain or pick.compared or len(pick.clause.split()) == 1:
        return times
    whole = said.part(pick.clause)
    # "The 3rd" is the third of the list, or the list's only opening on a 3rd.
    others = [each for each in offered if each != at and whole.wanted and whole.allows(each)]
    return replace(times, ask=bool(others) or times.ask)


def _at_another_hour(at: datetime, after: Times, nothing: Times) -> Times | None:
    """ "El del viernes pero a las 3": on the day of the place at another hour, where one hour and no more is named."""
    hours = {(each.start, each.end) for each in after.wanted}
    dated = any(each.first or each.last or each.weekdays or each.since or each.until for each in after.wanted)
    if dated or after.never or len(hours) != 1 or (hour := hours.pop())[1] - hour[0] > 1:
        return None
    moment = at.replace(hour=hour[0] // 60, minute=hour[0] % 60)
    return None if moment == at else replace(nothing, kind="point", wanted=(_moment(moment),))


_BUT = re.compile(
    r"\W*(?:but|pero) (?:can (?:it|we|you|they|he|she) (?:be|do|come|make it) |make it |que sea )?"
    r"(?:at |around |a las? )?"
    r"\d{1,2}(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: de la (?:manana|tarde))?"
    r"(?: instead| not +\d{1,2}| please| pls| if (?:possible|you can)| por favor| porfa| mejor)*\W*$"
)


def _shifted(at: datetime, shift: re.Match[str], nothing: Times) -> Times:
    """ "2 but could he come an hour later": so much before or after one of the times; "a bit later" has to be asked."""
    length, later = shift["length"], shift["way"] in {"later", "despues", "mas tarde"}
    number = _COUNTED.get(length.split(" ")[0]) or int(re.sub(r"\D", "", length) or 1)
    minutes = 30 if "half" in length or "media" in length else number
    minutes *= 60 if _HOURS.search(length) else 1
    moment = at + timedelta(minutes=minutes if later else -minutes)
    vague = "bit" in length or "little" in length or "poco" in length
    return replace(nothing, kind="point", wanted=(_moment(moment),), ask=vague)


_COUNTED = {"two": 2, "dos": 2, "three": 3, "tres": 3}
_HOURS = re.compile(r"(?<!half )(?<!half a )(?<!half an )(?<!media )\b(?:hours?|hrs?|horas?)\b")
_SHIFTED = re.compile(
    r"\b(?P<length>(?:an?|[1-5]|one|two|three|una|dos|tres|media|half an?) ?(?:hour|hr|hora)s?|\d\d ?min(?:ute|uto)?s?"
    r"|(?:a )?(?:little |lil )?bit|a little|un poco|un poquito)"
    r" (?P<way>later|earlier|sooner|mas tarde|despues|mas temprano|antes)\b"
)


def _at_the_same_time(pick: Picked | None, text: str, offered: Sequence[datetime], said: Readers) -> Times:
    """ "Same time but thursday": the hour of the place that is named, or of all, on another day."""
    places = pick.taken if pick is not None and pick.taken else range(len(offered))
    hours = {offered[place].hour * 60 + offered[place].minute for place in places}
    times = said.whole(text if pick is None else pick.rest)
    if len(hours) > 1 or not times.wanted or times.ask:
        return replace(times, ask=True)
    start = hours.pop()
    wanted = tuple(replace(each, start=start, end=start + 1) for each in times.wanted)
    one_day = len(wanted) == 1 and wanted[0].first is not None and wanted[0].first == wanted[0].last
    return replace(times, kind="point" if one_day else times.kind, wanted=wanted)


def _on_the_same_day(pick: Picked | None, text: str, offered: Sequence[datetime], said: Readers) -> Times:
    """ "Same day as #1 but in the afternoon": other hours on the day of the place that is named."""
    places = pick.taken if pick is not None and pick.taken else range(len(offered))
    days = {offered[place].date() for place in places}
    times = said.part(text if pick is None else pick.rest)
    hours = [each for each in times.wanted if not (each.first or each.last or each.since or each.until)]
    if len(days) > 1 or not hours or len(hours) < len(times.wanted):
        return replace(times, ask=True)
    day = days.pop()
    wanted = tuple(replace(each, first=day, last=day, weekdays=()) for each in hours)
    exact = len(wanted) == 1 and wanted[0].end - wanted[0].start == 1
    return replace(times, kind="point" if exact else "windows", wanted=wanted, ask=False)


def _by_its_time(times: Times, text: str, offered: Sequence[datetime], said: Readers, nothing: Times) -> Times:
    """Words that suit exactly one of the times offered choose it; where they suit several, which has to be asked.

    "Asap", and no more, is the soonest of them.
    """
    if times.soonest and not times.ask and is_haste(text):
        return chosen(nothing, offered.index(min(offered)) + 1, offered)
    suited = _suited(times, text, offered)
    if len(suited) == 1 and not (leaves_open(text) and times.kind == "filter"):
        moves = times.kind != "point" and _MOVES.search(fold_plain(text))
        return replace(times, ask=True) if moves else chosen(nothing, suited[0] + 1, offered)
    if times.ask or not suited:
        first = _by_one_clause(text, offered, said)
        if first is not None and replace(times, wanted=()).allows(offered[first]):
            return chosen(nothing, first + 1, offered)
    return replace(times, ask=times.ask or (len(suited) > 1 and not leaves_open(text)))


_MOVES = re.compile(r"\b(?:instead of|rather than|en vez de|en lugar de|later|earlier|sooner|mas tarde|mas temprano)\b")


def _suited(times: Times, text: str, offered: Sequence[datetime]) -> list[int]:
    """The places whose times suit; a bare weekday is any day of that name in the list, but where it is asked for."""
    if not times.wanted:
        return []
    weeks = (0,) if _DATED.search(fold_plain(text)) else (0, 1, 2, 3, 4)
    weekdays = _named(times)
    return [
        place
        for place, at in enumerate(offered)
        if any(times.allows(at - timedelta(weeks=back)) for back in weeks if not back or at.weekday() in weekdays)
    ]


def _named(times: Times) -> set[int]:
    """The weekdays of the single days wished for."""
    return {each.first.weekday() for each in times.wanted if each.first is not None and each.first == each.last}


_DATED = re.compile(
    r"\?|\b(?:next|this|coming|today|tonight|tomorrow|tmrw|tmw|week|after|proxim[oa]|est[ea]|hoy|manana|semana"
    r"|que viene|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|[a-z]+(?:uary|ch|ril|ust|ber)|june|july"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|[a-z]+embre)\b|\d(?:st|nd|rd|th)\b|\d/\d|\b(?:el|dia) \d"
)


def _by_one_clause(text: str, offered: Sequence[datetime], said: Readers) -> int | None:
    """The place that one clause alone names by its time, where the others only say why: "saturday please, i work 9 to
    5 all week".
    """
    folded = fold_plain(text)
    clauses = [each.split() for each in _CLAUSE_ENDS.split(folded) if each.strip()]
    if len(clauses) < _TWO or _TAKES_BACK.search(folded):
        return None
    named = set()
    for words in clauses:
        times = said.part(" ".join(words))
        suited = _suited(times, " ".join(words), offered)
        if times.wanted and (words[0] in _LIMITS or not (suited or set(words) & _TELLS)):
            return None
        if suited and _TELLS.isdisjoint(words):
            named.add(suited[0] if len(suited) == 1 else None)
    return named.pop() if len(named) == 1 else None


_TWO = 2
_CLAUSE_ENDS = re.compile(r"[.,;!?\n]+(?!\d)")
_TAKES_BACK = re.compile(
    r"\b(?:actually|instead|scrap|oops|i mean|i meant|no wait|hold on|never ?mind|if|or|unless"
    r"|digo|perdon|quise decir|mejor no)\b"
)
_LIMITS = WORDS["menu.limits"]
_TELLS = WORDS["menu.tells"]


def _moment(at: datetime) -> Suits:
    start = at.astimezone(UTC)
    return Suits(first=at.date(), last=at.date(), since=start, until=start + timedelta(minutes=1))


def _day(at: datetime) -> Suits:
    return Suits(first=at.date(), last=at.date())


def chosen(times: Times, option: int, menu: Sequence[datetime]) -> Times:
    """The choice of this number from a menu of times."""
    at = menu[option - 1] if option <= len(menu) else None
    return Times(
        kind="choice",
        now=times.now,
        zone=times.zone,
        option=str(option),
        chosen=at,
        ask=at is None or at < times.now,
    )


def number(tokens: Sequence[Token]) -> int | None:
    """The number a text picks from a list that is not known: "option 2", "the 3rd one pls"."""
    meant = [token for token in tokens if token.kind not in _PASSING]
    kinds = [token.kind for token in meant]
    if kinds == ["first_one"]:
        return 1
    numbers = [token for token in meant if token.kind in {"ord", "num"}]
    if len(numbers) > 1 and numbers[-1].text in {"one", "una"}:
        numbers.pop()
    if kinds and set(kinds) <= {"ord", "one_of", "num"} and numbers:
        named = len(meant) > len(numbers) or any(token.kind == "number" for token in tokens)
        return numbers[0].value if named and len(numbers) == 1 and 1 <= numbers[0].value <= _MOST else None
    return _in_passing(tokens)


def _in_passing(tokens: Sequence[Token]) -> int | None:
    """ "i'll take option 2 please", "let's do the second one"."""
    for place, token in enumerate(tokens):
        if token.kind not in {"ord", "num"} or not 1 <= token.value <= _MOST:
            continue
        ahead = tokens[place - 1] if place else None
        if ahead is not None and ahead.kind == "number" and ahead.text != "num" and len(tokens) <= _SHORT:
            return token.value
        behind = tokens[place + 1].text if place + 1 < len(tokens) else ""
        if token.kind == "ord" and (kind_at(tokens, place + 1) == "one_of" or behind == "one"):
            return token.value
    return None


_PASSING = frozenset({"fill", "good", "stop", "comma", "the", "on", "number", "of", "wish"})
_MOST = 20
_SHORT = 5
"""So few words may choose by "number 2" where no list is known; "calle 5, numero 12" does not."""


def of_choices(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without the "one" of "the afternoon one", which stands for an opening and is no hour."""
    return [token for place, token in enumerate(tokens) if not _stands_for_an_opening(tokens, place)]


def _stands_for_an_opening(tokens: Sequence[Token], place: int) -> bool:
    ahead = tokens[:place]
    led = any(each.kind == "the" for each in ahead) or all(each.kind in _DAYS | {"num"} for each in ahead)
    goes_on = kind_at(tokens, place + 1) in {"num", "oclock", "am", "pm", "to", "dash", "or"}
    return bool(ahead) and led and not goes_on and ahead[-1].kind in _DAYS and tokens[place].text == "one"


_DAYS = frozenset(
    {"part", "dow", "weekend", "tomorrow", "today", "ord", "clock", "am", "pm", "oclock", "noon", "month", "date"}
)
