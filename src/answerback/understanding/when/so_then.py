"""What is told ahead of "so", and what it leaves to wish for: "im done at 4 so 4:30", "kids start wed so tomorrow".

It renames and drops times that are told of others; it must never drop the one that follows from them, nor one that the
business is asked for ahead of it ("fix it today so tomorrow i can drive").
"""

from collections.abc import Sequence

from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import (
    CLOCKS,
    DAYS,
    ENDS,
    HOURS,
    NAMED_DAYS,
    SO,
    TIMES,
    Turn,
    behind_leads,
    clause_end,
)

_TELLS = frozenset({"word", "event", "happening", "past", "leave", "noise"})
_TIMED = TIMES | {"after", "before", "from", "until", "by", "at", "to", "dash", "around", "tonight"}
_PLAIN = _TELLS | _TIMED | {"fill", "a", "the", "my", "on", "in", "of", "this", "next", "and", "for", "with", "early"}
_HOME = frozenset({"home", "back home", "work"})
_LEADS_ON = frozenset({"after", "before", "from", "at", "around", "like", "fill", "anytime", "wish", "by"})


def _so(found: Sequence[Token]) -> tuple[int, int]:
    """Where the sentence of the one "so" begins, and where "so" stands; twice 0 where there are none or more."""
    places = [at for at, each in enumerate(found) if each.text in SO and each.kind == "comma"]
    if len(places) != 1:
        return 0, 0
    begin = next((at + 1 for at in range(places[0] - 1, -1, -1) if found[at].kind in {"stop", "but"}), 0)
    return begin, places[0]


def _told(ahead: Sequence[Token]) -> list[Token]:
    """Tokens whose times only tell."""
    return [Token("word", 0, each.text) if each.kind in _TIMED - {"on"} else each for each in ahead]


def _other_day(found: list[Token]) -> list[Token]:
    """ "Kids start wed so tomorrow is my only day", "vienen a limpiar el jueves asi que el viernes"."""
    begin, so = _so(found)
    ahead = found[begin:so]
    ahead = [Token("word", 0, each.text) if _of_others(ahead, at) else each for at, each in enumerate(ahead)]
    kinds = {each.kind for each in ahead if each.text not in _HOME}
    first = so + 1
    while kind_at(found, first) in {"the", "on", "in", "this", "next", "fill", "wish", "word"} and first - so < _NEAR:
        first += 1
    end = next((at for at in range(so + 1, len(found)) if found[at].kind == "stop"), len(found))
    named = [each for each in ahead if each.kind in NAMED_DAYS]
    refused = {each.kind for each in found[so:end]} & {"not", "bad", "no", "except"}
    told = named and kinds & _TELLS and kinds <= _PLAIN and ahead[0].text not in _ASKS
    if not told or kind_at(found, first) not in NAMED_DAYS or refused or found[first] in named:
        return found
    if any(each.kind in {"good", "wish"} for each in ahead if each.text not in _HOME):
        return found
    if not _is_theirs(ahead) or not _is_wished(found, first):
        return found
    behind = [each for each in found[so + 1 :] if not (each.kind == "but" and each.text == "only")]
    return [*found[:begin], *_told(ahead), Token("stop"), *behind]


def _every_week(found: list[Token]) -> list[Token]:
    """ "I clean houses til 2 m-w-f and all day tu/th, so m-w-f after 3": what fills their weeks says why."""
    begin, so = _so(found)
    ahead, end = found[begin:so], clause_end(found, so + 1)
    kinds = {each.kind for each in ahead}
    told = {"dows", "word"} <= kinds <= _PLAIN | _WEEKLY and _is_theirs(ahead)
    suits = {each.kind for each in found[so + 1 : end]} <= _TIMED | {"good", "and", "or", "fill", "the", "on"}
    if not told or kind_at(found, so + 1) != "dows" or not suits:
        return found
    ahead = [Token("word", 0, each.text) if each.kind in _WEEKLY else each for each in ahead]
    return [*found[:begin], *_told(ahead), Token("stop"), *found[so + 1 :]]


_WEEKLY = frozenset({"dows", "anytime", "comma"})


def _is_theirs(ahead: Sequence[Token]) -> bool:
    """Is it told of somebody else? "Fix it today so tomorrow i can drive" asks for both days."""
    told = {each.kind for each in ahead} & {"event", "happening"} and ahead[0].text != "get"
    stays = kind_at(ahead, 0) in {"word", "noise"} and any(each.text in {"is", "are"} for each in ahead[1:3])
    return bool(told) or stays or ahead[0].text in _OTHERS or ahead[0].kind in {"my", "the"}


def _is_wished(found: Sequence[Token], day: int) -> bool:
    """Does the clause end at the day, or say of it that it suits and nothing else?"""
    rest = found[day : clause_end(found, day)]
    return {each.kind for each in rest if each.text not in _OF_A_WISH} <= _SUITS


_OTHERS = frozenset(
    {"kids", "they", "mom", "dad", "he", "she", "husband", "wife", "i", "we", "vienen", "viene", "llego", "llega"}
)
_SUITS = (
    (_TIMED - {"feast"})
    | _LEADS_ON
    | {"good", "wish", "the", "on", "this", "next", "or", "and", "my", "day", "for", "any"}
)
_OF_A_WISH = frozenset({"have", "it", "only", "best", "off", "free", "one"})


def _of_others(ahead: Sequence[Token], place: int) -> bool:
    """The "come" of "the carpet guys come tomorrow" and the "works" of "my wife works friday"."""
    return ahead[place].text in {"come", "works", "work"} and place > 0 and ahead[place - 1].kind == "word"


_NEAR = 4
_ASKS = frozenset({"can", "could", "is", "puede", "pueden", "do", "are"})


def _other_hour(found: list[Token]) -> list[Token]:
    """ "Im done at 4 today so 4:30", "i can leave by 3:30 on friday so 4", "salgo a las 4 asi que a las 5"."""
    begin, so = _so(found)
    ahead = found[begin:so]
    kinds = {each.kind for each in ahead}
    hour = so + 1
    while kind_at(found, hour) in _LEADS_ON and hour - so < _NEAR:
        hour += 1
    led = {each.kind for each in found[so + 1 : hour]}
    end = hour + 1 + (kind_at(found, hour + 1) in {"am", "pm", "oclock", "ish"})
    ends = kind_at(found, end) in ENDS | {"fill", "good", "comma", "on", "that_day"} | NAMED_DAYS
    busy = kinds & _TELLS or any(
        f"{each.text} ".startswith(_DONE) or each.text.endswith(("ends at", "over at", "out at")) for each in ahead
    )
    hours = [at for at in range(begin, so) if _is_hour(found, at)]
    if any(each.kind == "bad" for each in ahead) and "until" in kinds and not led & _BOUNDS - {"at", "around"}:
        # "i work til 4 so 5"
        kinds, busy = kinds - {"bad"}, True
    if not (busy and len(hours) == 1 and kind_at(found, hour) in CLOCKS and ends) or kinds & _CHOOSES:
        return found
    if {"good", "wish"} & {each.kind for each in found[begin : _begin_of(found, begin, so)]}:
        return found
    days = [] if {each.kind for each in found[hour : clause_end(found, hour)]} & DAYS else _days(ahead)
    lead = [] if led & _BOUNDS else [Token("at", 0, "at")]
    behind = found[so + 1 :]
    if days and kind_at(found, end) == "that_day":
        # "our flight lands at 1 on friday so not before 3 that day"
        behind = [*found[so + 1 : end], *found[end + 1 :]]
    return [*found[:begin], *days, *lead, *behind]


def _is_hour(found: Sequence[Token], place: int) -> bool:
    """Is it surely no date ("el 31")?"""
    led = kind_at(found, place - 1) in _BOUNDS | {"until", "to"} or kind_at(found, place + 1) in {"am", "pm", "oclock"}
    return found[place].kind in {"clock", "noon"} or (found[place].kind == "num" and led)


# whole words: "office" begins with "off"
_DONE = (
    "done ",
    "off ",
    "out at ",
    "get off ",
    "get out ",
    "get home ",
    "home at ",
    "salgo ",
    "im off ",
    "i get off ",
    "free ",
    "trabajo ",
    "at work ",
    "i work ",
    "work ",
    "busy ",
    "im at work ",
)
_CHOOSES = frozenset({"or", "not", "bad", "no", "except", "but"})
_BOUNDS = frozenset({"after", "before", "from", "at", "around", "by"})


def _begin_of(found: Sequence[Token], begin: int, so: int) -> int:
    """Where telling begins behind "i can": "i can leave by 3" tells, "i can do 3" does not."""
    if kind_at(found, begin) == "good" and {each.kind for each in found[begin + 1 : begin + 3]} & {"word", "leave"}:
        return begin
    return so


def _days(ahead: Sequence[Token]) -> list[Token]:
    places = [at for at, each in enumerate(ahead) if each.kind in DAYS]
    if not places:
        return []
    begin, end = places[0], places[-1] + 1
    while begin and ahead[begin - 1].kind in {"the", "on", "this", "next"}:
        begin -= 1
    return [each for each in ahead[begin:end] if each.kind not in HOURS]


def _rest_is_taken(found: list[Token]) -> list[Token]:
    """ "Only tues thurs, rest of the week im on campus": why it is only these."""
    for place, token in enumerate(found):
        if token.kind != "rest" or kind_at(found, place - 1) not in {"comma", "stop", "and", "but"} or place < 2:
            continue
        week = place + 1 + (kind_at(found, place + 1) == "the")
        end = next((at for at in range(week, len(found)) if found[at].kind == "stop"), len(found))
        told = {each.kind for each in found[week + 1 : end]}
        named = {each.kind for each in found[: place - 1]} & {"dow", "dows"}
        refused = {each.kind for each in found[: place - 1]} & {"not", "bad", "no", "except", "event", "feast"}
        taken = told & {"word", "bad", "event", "happening"} and not told & (TIMES | {"good", "wish", "anytime", "or"})
        if kind_at(found, week) == "week" and named and not refused and taken:
            return [*found[: place - 1], *found[end:]]
    return found


def _is_a_feast(found: list[Token]) -> list[Token]:
    """ "The 26th is turkey day, 27th ok", "april 5 is easter. april 6?": what a day is, where another is wished for."""
    for place in range(2, len(found) - 1):
        if found[place].kind != "feast" or found[place - 1].text not in _IS:
            continue
        begin = next((at + 1 for at in range(place - 1, -1, -1) if found[at].kind in _APART), 0)
        named = {each.kind for each in found[begin : place - 1]}
        is_day = named <= _OF_A_DAY and named & {*NAMED_DAYS, "month", "num"}
        day = behind_leads(found, place + 1, _APART | {"the", "on", "this", "next", "fill", "wish", "in"})
        led = kind_at(found, day) in NAMED_DAYS | {"month"} or (
            kind_at(found, day) == "num" and found[day - 1].kind == "on"
        )
        counted = kind_at(found, day + 1) in {"not", "bad", "no", "after", "before", "day_after", "day_before", "that"}
        only_a_weekday = not named & {"ord", "date", "month", "num", "tomorrow"}
        if (
            only_a_weekday
            or not _is_wished(found, day)
            or (found[day].kind != "month" and found[day] in found[begin:place])
        ):
            # "friday is christmas, monday works" tells which monday
            continue
        if is_day and led and kind_at(found, place + 1) in _APART and not counted:
            month = [each for each in found[begin:place] if each.kind == "month"]
            month = month if kind_at(found, day) == "ord" and kind_at(found, day + 1) != "of" else []
            start = behind_leads(found, place + 1, _APART)
            # the month goes behind the day: ahead of "on the 26th" it is all of december
            rest = [*found[start : day + 1], *(Token("of", 0, "of") for _ in month), *month, *found[day + 1 :]]
            return [*found[:begin], Token("word"), Token("stop"), *rest]
    return found


_APART = frozenset({"comma", "stop", "but", "because"})
_OF_A_DAY = frozenset({"dow", "tomorrow", "ord", "date", "today", "month", "num", "the", "on", "of", "this"})
_IS = frozenset({"is", "s", "es", "its"})


def _gets_home(found: list[Token]) -> list[Token]:
    """ "Truck gets home wednesday, you can have it thurs": when it comes, and no day to come."""
    for place in range(1, len(found) - 2):
        comes = found[place].text in {"home", "in", "back"} and found[place - 1].text in _COMES
        day = behind_leads(found, place + 1)
        if not comes or kind_at(found, day) not in NAMED_DAYS:
            continue
        end = next((at for at in range(day, len(found)) if found[at].kind in {"comma", "stop", "but"}), len(found))
        behind = [each for each in found[end + 1 :] if each.kind in NAMED_DAYS]
        other = next((at for at in range(end + 1, len(found)) if found[at].kind in NAMED_DAYS), None)
        if other is None or {each.kind for each in found[end + 1 : other]} - _SUITS or not _is_wished(found, other):
            # "my son gets home wednesday, thursday we have plans"
            continue
        if end == day + 1 and behind and found[day] not in behind and not _refuses(found[end:]):
            told = [Token("word", 0, found[place].text), Token("word", 0, found[day].text), Token("stop")]
            return [*found[:place], *told, *found[end + 1 :]]
    return found


def _refuses(tokens: Sequence[Token]) -> bool:
    return bool({each.kind for each in tokens} & {"not", "bad", "no", "before", "before_that", "that"})


_COMES = frozenset({"gets", "comes", "arrives", "flies", "returns", "drives", "ships"})


_SIGNS = frozenset({"so", "asi que"})
TURNS: tuple[tuple[frozenset[str], Turn], ...] = (
    (_SIGNS, _other_day),
    (_SIGNS, _every_week),
    (_SIGNS, _other_hour),
    (frozenset({"rest"}), _rest_is_taken),
    (frozenset({"feast"}), _is_a_feast),
    (_COMES, _gets_home),
)
"""What may be there by one of these kinds or words, in their order."""
