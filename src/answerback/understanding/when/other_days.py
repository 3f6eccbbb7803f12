"""Turns of those who say which day is taken and want another: "thursdays are my chemo so any other day".

It renames and moves days; it must never refuse a day that is wished for.
"""

from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import CLAUSE_ENDS, CLOCKS, DAYS, EVERY, HOURS, Turn, behind_leads, clause_end

_DAY = DAYS | EVERY
_ANY_DAY = Token("anytime", 0, "any day")


def _any_other(found: list[Token]) -> list[Token]:
    """ "Thursdays are my chemo so any other day", "he has hockey mondays, so the other days after school"."""
    for place in range(1, len(found)):
        other = _other(found, place)
        if other is None:
            continue
        if here_refused := _otherwise_free(found, place):
            return here_refused
        told_apart = place - 1 - (kind_at(found, place - 1) == "stop" and found[place].text in OTHERWISE)
        begin = next((at + 1 for at in range(told_apart, -1, -1) if found[at].kind == "stop"), 0)
        ahead = found[begin:place]
        days = _days_of(ahead)
        if not days or not _is_told(ahead) or not _begins_anew(found, place):
            continue
        meant, end = other
        if [each.text for each in found[end : end + 3]] == ["of", "the", "week"]:
            end += 3
        return [*found[:begin], Token("not", 0, "not"), *days, *_until(ahead), Token("stop"), *meant, *found[end:]]
    return found


def _otherwise_free(found: list[Token], place: int) -> list[Token]:
    """ "Weekday evenings are out, otherwise im flexible": all but what was refused; nothing where it is not told so."""
    if found[place].text not in OTHERWISE:
        return []
    ahead = place - 1
    while ahead > 0 and found[ahead].kind in CLAUSE_ENDS:
        ahead -= 1
    refused = found[ahead].kind in {"bad", "no"} and {each.kind for each in found[:ahead]} & (_DAY | {"part"})
    free = behind_leads(found, place + 1, frozenset({"fill", "word"}))
    open_ = free < len(found) and (found[free].kind == "anytime" or found[free - 1].text in _OPEN)
    if not refused or not open_ or {each.kind for each in found[free:]} & (_DAY | HOURS):
        return []
    return [*found[: ahead + 1], Token("stop"), _ANY_DAY, *found[free + 1 :]]


def _begins_anew(found: list[Token], place: int) -> bool:
    """Does a clause begin there, or behind a "come" or "can you do"?"""
    while place and kind_at(found, place - 1) in {"wish", "fill"}:
        place -= 1
    return kind_at(found, place - 1) in {*CLAUSE_ENDS, "and"}


def _until(ahead: list[Token]) -> list[Token]:
    """The "til 2" of "i'm in class mondays til 2, the other days im free" bounds what is taken."""
    limits = [at for at, each in enumerate(ahead[:-1]) if each.kind == "until" and ahead[at + 1].kind in CLOCKS]
    if len(limits) != 1 or sum(each.kind in CLOCKS for each in ahead) != 1:
        return []
    return [Token("before", 0, "before"), ahead[limits[0] + 1]]


def _other(found: list[Token], place: int) -> tuple[list[Token], int] | None:
    """What "any other day", "any other weekday" or "otherwise anything" wish for, and the place behind."""
    here = found[place]
    two = [each.text for each in found[place : place + 2]]
    if here.text.startswith(ANY_OTHER):
        return [_ANY_DAY], place + 1
    others = 1 if here.text in OTHERS else 2 if two in (["the other", "days"], ["other", "days"]) else 0
    if others:
        behind = behind_leads(found, place + others, frozenset({"fill"}))
        return ([_ANY_DAY], place + others) if kind_at(found, behind) in _GOES_ON else None
    if here.kind == "any" and two[1:] == ["other"]:
        kind = kind_at(found, place + 2)
        named = found[place + 2 : place + 3]
        if kind == "weekdays":
            return [Token("any", 0, "any"), *named], place + 3
        return ([_ANY_DAY, *named], place + 3) if kind == "part" else None
    if here.text not in OTHERWISE:
        return None
    free = place + 1
    while kind_at(found, free) in {"fill", "word"} and found[free].text not in _OPEN:
        free += 1
    if free < len(found) and (found[free].kind == "anytime" or found[free].text in _OPEN):
        timed = any(each.kind in _DAY | HOURS for each in found[free:])
        hours = any(each.kind in HOURS for each in found[:place])
        return None if timed or hours or kind_at(found, free + 1) not in _GOES_ON else ([_ANY_DAY], free + 1)
    return None


ANY_OTHER = ("any other day", "cualquier otro dia", "any of the other days")
OTHERS = frozenset({"the other days", "other days", "los demas dias", "los otros dias"})
_GOES_ON = frozenset({"", "stop", "comma", "good", "after", "before", "from", "part", "this", "anytime"})
OTHERWISE = frozenset({"otherwise", "other than that", "fuera de eso", "aparte de eso"})
_OPEN = frozenset({"open", "free", "im free", "flexible", "libre", "disponible"})


def _days_of(ahead: list[Token]) -> list[Token]:
    """The days a clause names, joined; their hours are of what happens then."""
    if dates := _dates_of(ahead):
        return dates
    days: list[Token] = []
    behind = 0
    for place, token in enumerate(ahead):
        if token.kind not in _DAY and not (token.kind == "num" and kind_at(ahead, place - 1) == "on"):
            continue
        begin = place
        while begin > behind and ahead[begin - 1].kind in {"this", "next", "month", "on"}:
            begin -= 1
        behind = place + 1
        led = [each for each in ahead[begin:place] if each.kind != "on" or token.kind == "num"]
        join = begin - 1 - (kind_at(ahead, begin - 1) == "the")
        if days and kind_at(ahead, join) in {"to", "dash", "until"}:
            days += [ahead[join], *led, token]
        elif token.kind == "ord" and days and kind_at(ahead, place - 1) in {"month", "dow"}:
            days.append(token)
        else:
            days += [*([Token("and", 0, "and")] if days else []), *led, token]
    return days


def _dates_of(ahead: list[Token]) -> list[Token]:
    """ "Del 4 al 13 de diciembre": numbers and their month, as they stand."""
    at = [place for place, each in enumerate(ahead) if each.kind in {"month", "num", "ord"}]
    dates = ahead[at[0] : at[-1] + 1] if at else []
    kinds = {each.kind for each in dates}
    whole = "month" in kinds and kinds & {"to", "dash", "until"} and kinds <= _IN_DATES
    led = at[0] - 1 if whole and kind_at(ahead, at[0] - 1) in {"of", "from"} else None
    return (dates if led is None else ahead[led : at[-1] + 1]) if whole else []


_IN_DATES = frozenset({"month", "num", "ord", "to", "dash", "until", "of", "the", "a", "this", "next"})


def _is_told(ahead: list[Token]) -> bool:
    """Does it say what the days are taken by, and wish for none of them?"""
    if any(each.text in {"those", "esos", "then"} for each in ahead):
        return False
    kinds = {each.kind for each in ahead}
    refused = kinds & {"not", "no", "or", "except", "from", "after", "before", "move", "mine", "past", "that_day"}
    wished = bool(refused) or any(each.kind == "wish" and each.text not in _HAVE for each in ahead[1:])
    good = any(each.kind == "good" and each.text not in WORK for each in ahead)
    return not wished and not good and bool(kinds & {"word", "event", "happening", "bad", "my", "pastime", "good"})


_HAVE = frozenset({"ive got", "i got", "got", "come", "comes"})
WORK = frozenset({"work", "off"})


def _only_free_day(found: list[Token]) -> list[Token]:
    """ "Thursday is my only day off", "mi único día libre es el jueves": that of every week."""
    for place, token in enumerate(found):
        if token.text not in _ONLY_ONE or not _names_free_day(found, place + 1):
            continue
        before = place - 1
        while before > 0 and kind_at(found, before) in {"my", "the", "fill", "on"}:
            before -= 1
        behind = place + 1
        while behind < len(found) and kind_at(found, behind) not in CLAUSE_ENDS | DAYS | {"this"}:
            behind += 1
        for day in (before, behind):
            if (
                place
                and kind_at(found, day) == "dow"
                and kind_at(found, day + 1) not in {"ord", "month", "num", "this"}
            ):
                if any(each.kind in {"this", "next"} for each in found):
                    return found
                begin = next((at + 1 for at in range(day - 1, -1, -1) if found[at].kind in CLAUSE_ENDS), 0)
                begin, end = (begin, place + 2) if day == before else (min(place - 1, begin), day + 1)
                every = found[day]._replace(kind="dows")
                told = [Token("word", 0, each.text) if each.kind in _DAY | HOURS else each for each in found[:begin]]
                return [*told, *([Token("stop")] if told else []), every, *_rest(found, end)]
    return found


_ONLY_ONE = frozenset({"only", "unico", "one"})


def _names_free_day(found: list[Token], place: int) -> bool:
    text = found[place].text if place < len(found) else ""
    behind = {each.text for each in found[place + 1 : place + 5]}
    return text in {"day off", "free day"} or (text in {"day", "dia"} and bool(behind & _FREE))


_FREE = frozenset(
    {"descanso", "off", "free", "libre", "im off", "i can", "im free", "i dont work", "tengo libre", "puedo", "we can"}
)


def _rest(found: list[Token], place: int) -> list[Token]:
    """What goes on behind the clause, and the hours in it."""
    end = next((at for at in range(place, len(found)) if found[at].kind in CLAUSE_ENDS), len(found))
    timed = [each for each in found[place:end] if each.kind in HOURS | _BOUNDS]
    return [*(timed if {each.kind for each in timed} & HOURS else []), *found[end:]]


_BOUNDS = frozenset({"after", "before", "at", "to", "dash", "from", "between", "and", "or", "until", "by", "around"})


def _weekend_only(found: list[Token]) -> list[Token]:
    """ "Weekdays are no good, sat or sun only": those of every week."""
    refused = any(each.kind == "weekdays" for each in found) and any(
        each.kind in {"bad", "not", "no"} for each in found
    )
    if not refused or any(each.kind in HOURS for each in found):
        return found
    for place in range(1, len(found) - 1):
        link = found[place].kind in {"or", "and"}
        first, last = behind_leads(found, place - 1), behind_leads(found, place + 1)
        two = kind_at(found, first) == kind_at(found, last) == "dow"
        alone = last + 1 < len(found) and found[last + 1].text in _ONLY
        led = place > 1 and found[place - 2].text in _ONLY
        if link and two and (alone or led):
            every = [each._replace(kind="dows") if each.kind == "dow" else each for each in found[place - 1 : last + 1]]
            return [*found[: place - 1 - led], *every, *found[last + 1 + alone :]]
    return found


_ONLY = frozenset({"only", "nada mas", "nomas", "solo", "solamente", "unicamente"})


def _either_side(found: list[Token]) -> list[Token]:
    """ "Not the 25th. day before or after is fine" names both."""
    for place in range(1, len(found) - 1):
        other = _OTHER_SIDE.get((found[place].kind, found[place + 1].text))
        if other and kind_at(found, place + 2) in {*CLAUSE_ENDS, "", "good"}:
            after = Token(other, 0, "the day after" if other == "day_after" else "the day before")
            return [*found[: place + 1], Token("or", 0, "or"), after, *found[place + 2 :]]
    return found


_OTHER_SIDE = {
    ("day_before", "or after"): "day_after",
    ("day_before", "o despues"): "day_after",
    ("day_after", "or before"): "day_before",
}


def _either_of_those(found: list[Token]) -> list[Token]:
    """ "I'm off mon and thurs so either of those next week": the days told, in that week."""
    for place in range(2, len(found) - 4):
        three = [each.text for each in found[place : place + 3]]
        picked = three[0] in {"either", "any", "one"} and three[1:] in (["of", "those"], ["of", "these"])
        week = [each.kind for each in found[place + 3 : place + 5]] in (["next", "week"], ["this", "week"])
        days = [each for each in found[:place] if each.kind == "dow"]
        plain = not {each.kind for each in found[:place]} & {"not", "no", "bad", "except", *HOURS}
        if picked and week and len(days) > 1 and plain and kind_at(found, place - 1) == "comma":
            return [*found[: place - 1], *found[place + 3 :]]
    return found


def _with_their_own(found: list[Token]) -> list[Token]:
    """ "Any evening mon-thu, fridays i have my kids": what they have then refuses it beside what is wished for."""
    for place in range(2, len(found) - 3):
        begins = found[place].kind == "dows" and found[place - 1].kind in {"comma", "stop"}
        three = [each.text for each in found[place + 1 : place + 3]]
        end = clause_end(found, place)
        told = {each.kind for each in found[place + 3 : end]}
        ahead = {each.kind for each in found[:place]}
        theirs = begins and three[0] in {"i", "we"} and three[1] in {"have", "got", "watch"} and "my" in told
        wished = ahead & (_DAY | {"part", "anytime"}) and not ahead & {"not", "no", "bad", "or"}
        if theirs and wished and told <= {"my", "word", "fill"}:
            return [*found[: place + 1], Token("bad", 0, "is out"), Token("stop"), *found[end + 1 :]]
    return found


def _leave_out(found: list[Token]) -> list[Token]:
    """ "Leave mondays out and we're happy", "skip fridays": any day but those."""
    for place, token in enumerate(found[:-1]):
        begins = not place or found[place - 1].kind in CLAUSE_ENDS or found[place - 1].text in {"please", "just", "pls"}
        end = behind_leads(found, place + 1)
        while kind_at(found, end) in EVERY | {"dow", "and", "or", "the", "on"}:
            end += 1
        days = found[place + 1 : end]
        out = token.text in _LEAVE and end < len(found) and found[end].text in _OUT and kind_at(found, end + 1) != "of"
        if begins and out and {each.kind for each in days} & (EVERY | {"dow"}):
            any_day = [Token("anytime", 0, "any day"), Token("except", 0, "except")]
            return [*found[:place], *any_day, *days, Token("comma"), *found[end + 1 :]]
    return found


_LEAVE = frozenset({"leave", "leaving", "take", "keep", "deje", "dejen", "deja"})
_OUT = frozenset({"out", "off", "fuera"})


TURNS: tuple[tuple[frozenset[str], Turn], ...] = (
    (frozenset({"anytime", "other", "the other", "days", "vague_day", "any"}) | OTHERWISE | OTHERS, _any_other),
    (_ONLY_ONE, _only_free_day),
    (frozenset({"weekdays"}), _weekend_only),
    (frozenset({"day_before", "day_after"}), _either_side),
    (frozenset({"either", "any", "one"}), _either_of_those),
    (frozenset({"dows"}), _with_their_own),
    (_LEAVE, _leave_out),
)
"""What may be there by one of these kinds or words, in their order."""
