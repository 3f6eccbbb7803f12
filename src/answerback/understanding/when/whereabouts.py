"""Turns of where the customer is and what they do then: "gone til the 18th", "class till 2:50, then free", "golf sat".

It renames, moves and drops tokens before the others are looked at; it must never take a time for another.
"""

from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import (
    CLAUSE_ENDS,
    CLOCKS,
    DAYS,
    ENDS,
    HOURS,
    NAMED,
    NAMED_DAYS,
    SO,
    TIMES,
    Turn,
    behind_leads,
    clause_begin,
    clause_end,
    renamed,
    turned,
)

_FROM, _BAD = Token("from", 0, "from"), Token("bad", 0, "gone")


def whereabouts(found: list[Token]) -> list[Token]:
    """The tokens with what the customer's own hours come to."""
    return turned(found, _TURNS)


def _then_free(found: list[Token]) -> list[Token]:
    """ "Class till 2:50, then free", "meeting until 11, free after": what ends then is theirs."""
    for place, token in enumerate(found):
        if token.kind != "until" or kind_at(found, place + 1) not in CLOCKS:
            continue
        end = next((at for at in range(place, len(found)) if found[at].kind in CLAUSE_ENDS | {"and"}), len(found))
        behind = found[end + 1 :]
        begin = clause_begin(found, place)
        told = {each.kind for each in found[begin:place]} & {"word", "event", "bad", "happening"}
        free = any(each.kind in {"good", "from"} for each in behind)
        if told and free and behind[0].text not in _GOES and {each.kind for each in behind} <= _FREE:
            kept = [each for each in found[place + 1 : end] if each.kind != "fill"]
            # "friday i have class till 2, free after": of the day that begins the clause
            named = [each for each in found[begin:place] if each.kind in NAMED_DAYS]
            return [*found[:begin], *named, _FROM, *kept]
    return found


_GOES = frozenset({"if", "but", "so"})


_FREE = frozenset({"good", "from", "vague_day", "after", "fill", "that", "stop", "anytime", "word"})


def _nobody_until(found: list[Token]) -> list[Token]:
    """ "Gone til the 18th", "nobody home til 4": from then on."""
    for place, token in enumerate(found[:-1]):
        step = place + 1 + (found[place + 1].text in _IN)
        behind = found[step] if step < len(found) else Token("")
        home = step > place + 1 and token.text not in {"gone", "away"}
        until = (
            behind.kind == "until"
            or (home and behind.kind == "before")
            or (behind.kind == "leave" and behind.text.endswith(_UNTIL))
        )
        if token.text in _NOBODY and until:
            apart = [Token("stop")] if {each.kind for each in found[:place]} & TIMES else []
            return [*found[:place], *apart, _FROM, *found[step + 1 :]]
    return found


_NOBODY = frozenset({"gone", "away", "nobody", "noone", "nadie", "never", "rarely", "hardly", "seldom"})


_IN = frozenset({"home", "here", "there", "around", "en casa", "aqui"})


_UNTIL = (" til", " till", " until", " hasta")


def _away_between(found: list[Token]) -> list[Token]:
    """ "Leaving thursday back tuesday" is gone from the one to the other."""
    for place, token in enumerate(found[:-1]):
        if token.text not in _LEAVES:
            continue
        day = behind_leads(found, place + 1)
        back = day + 1 + (kind_at(found, day + 1) in {"comma", "and"})
        returns = back < len(found) and found[back].text in _BACK
        again = behind_leads(found, back + 1)
        if kind_at(found, day) in NAMED and returns and kind_at(found, again) in NAMED:
            # weekdays from one to another would be those of every week
            told = Token("vague_day") if kind_at(found, day) == "dow" else _BAD
            return [*found[:place], told, *found[place + 1 : day + 1], Token("to", 0, "to"), *found[back + 1 :]]
    return found


_LEAVES = frozenset({"leaving", "leave", "voy", "vamos"})


_BACK = frozenset({"back", "return", "returning", "regreso", "regresamos", "vuelvo", "volvemos"})


def _until_we_leave(found: list[Token]) -> list[Token]:
    """ "We leave saturday" leaves the days before it."""
    for place, token in enumerate(found[:-1]):
        day = behind_leads(found, place + 1)
        who = found[place - 1].text in _WHO if place else token.text == "leaving"
        alone = [each for each in found if each.kind in TIMES | {"before_that", "vague_day", "that"}]
        if token.text in _LEAVES and who and kind_at(found, day) in NAMED and alone == [found[day]]:
            return [*found[:place], Token("before", 0, token.text), *found[place + 1 :]]
    return found


_WHO = frozenset({"we", "were", "im", "i", "they", "me", "nos"})


def _off_by(found: list[Token]) -> list[Token]:
    """ "Off work by 2", "done with work by 2": free from then on."""
    for place in range(1, len(found) - 1):
        ahead = found[place - 1].text
        if found[place].kind == "by" and ahead in _OFF_WORK and kind_at(found, place + 1) in CLOCKS:
            return [*found[:place], _FROM, *found[place + 1 :]]
    return found


_OFF_WORK = frozenset({"off work", "out of work", "done with work", "done work", "off", "im off", "home from work"})


def _leave_early(found: list[Token]) -> list[Token]:
    """ "I could leave work early friday": early for them, and not for us."""
    for place, token in enumerate(found):
        if token.kind == "early" and {each.text for each in found[max(place - 3, 0) : place]} & _LEAVE:
            return [*found[:place], Token("word", 0, token.text), *found[place + 1 :]]
    return found


_LEAVE = frozenset({"leave", "leaving", "get off", "get out", "off", "out", "salir"})


def _free_then(found: list[Token]) -> list[Token]:
    """ "On vacation next week so any day then" is at home all the week."""
    for place, token in enumerate(found):
        if token.kind != "bad" or not token.text.endswith(("vacation", "vacaciones")):
            continue
        so = next((at for at in range(place, len(found)) if found[at].text in {"so", "asi que"}), None)
        if so is not None and kind_at(found, so + 1) in {"anytime", "any"}:
            kept = found[so + 2 :]
            kept = kept if {each.kind for each in kept} & TIMES else []
            return [*found[:place], Token("fill", 0, token.text), *found[place + 1 : so], *kept]
    return found


def _off_on_at(found: list[Token]) -> list[Token]:
    """ "I'm off tomorrow at 3" is free from then on."""
    for place, token in enumerate(found[:-3]):
        day, at = found[place + 1], found[place + 2]
        ends = kind_at(found, place + 4) in ENDS | {"comma", "pm"}
        if token.text in _OFF and day.kind in NAMED and at.kind == "at" and found[place + 3].kind in CLOCKS and ends:
            return [*found[: place + 1], day, _FROM, *found[place + 3 :]]
    return found


_OFF = frozenset({"im off", "i get off", "get off", "hes off", "shes off"})


def _pastime(found: list[Token]) -> list[Token]:
    """ "Fishing sat, free sun", "girls night thurs so not then": what they do then is no wish."""
    told = list(found)
    for place, token in enumerate(found):
        if token.kind != "pastime":
            continue
        told[place] = Token("word", 0, token.text)
        end = clause_end(found, place)
        clause, behind = found[place + 1 : end], found[end + 1 :]
        kinds, later = {each.kind for each in clause}, {each.kind for each in behind}
        begins = place == 0 or (place == 1 and found[0].kind in {"my", "noise", "fill"})
        if not begins or not kinds & TIMES or not kinds <= _WITH_IT:
            continue
        if clause[0].kind == "until" and not behind:
            return [*told[:place], _FROM, *found[place + 2 :]]
        goes_on = later & (TIMES | {"good", "not", "anytime", "weekdays", "weekends"})
        if kinds & DAYS and (goes_on or token.text in _SOCIAL):
            told[place] = Token("bad", 0, token.text)
    return told


_WITH_IT = TIMES | {"dows", "the", "on", "at", "to", "dash", "from", "until", "this", "next", "fill", "and"}
_SOCIAL = frozenset(
    {"bingo", "date night", "girls night", "book club", "bible study", "choir", "poker night", "game night"}
)


def _leaves_then(found: list[Token]) -> list[Token]:
    """ "Be here between 8 and 9, i leave at 9": why, and no second time."""
    for place, token in enumerate(found):
        if token.kind != "leave" or kind_at(found, place + 1) not in CLOCKS:
            continue
        end = place + 2 + (kind_at(found, place + 2) in {"am", "pm"})
        begin = clause_begin(found, place)
        ahead = [each.kind for each in found[:begin]]
        stretch = any(
            {first, last} <= CLOCKS and link in {"to", "and", "dash", "until"}
            for first, link, last in zip(ahead, ahead[1:], ahead[2:], strict=False)
        )
        if stretch and kind_at(found, end) in ENDS:
            return [*found[: begin - 1], *found[end:]]
    return found


def _call_back_at(found: list[Token]) -> list[Token]:
    """ "Call me back at 3:30" is at that hour."""

    def calls(place: int, token: Token) -> bool:
        return token.text == "back at" and bool({each.text for each in found[max(place - 3, 0) : place]} & _CALLS)

    return renamed(found, "at", calls)


_CALLS = frozenset({"call", "ring", "phone", "text", "get"})


def _busy_so(found: list[Token]) -> list[Token]:
    """ "I work until 6 tonight so tomorrow": today is over, and the next wish has no hour of it."""
    so = next((at for at, each in enumerate(found) if each.text in SO and each.kind == "comma"), None)
    ahead = {each.kind for each in found[:so]} if so else set()
    busy = {"bad", "until"} <= ahead and ahead & {"tonight", "today"}
    if so is not None and busy and kind_at(found, so + 1) in NAMED and not {each.kind for each in found[so:]} & HOURS:
        return found[so + 1 :]
    return found


def _back_on(found: list[Token]) -> list[Token]:
    """ "We get back the 7th" is from that day on, "so wed the 8th" says it better."""
    for place, token in enumerate(found[:-1]):
        day = behind_leads(found, place + 1)
        who = found[place - 1].text in {"get", "be", "come", "are", "im", "were"} if place else True
        alone = not {each.kind for each in [*found[:place], *found[day + 1 :]]} & TIMES
        if token.text == "back" and who and alone and kind_at(found, day) in {"ord", "date", "dow"}:
            return [*found[:place], _FROM, *found[place + 1 :]]
    return found


def _school_until(found: list[Token]) -> list[Token]:
    """ "Mi hija tiene escuela hasta las 3", "kids have school til 2:30": from then on, where nothing else is wished."""
    for place in range(1, len(found) - 1):
        until = found[place].kind == "until" and kind_at(found, place + 1) in CLOCKS | {"at"}
        others = {each.kind for each in [*found[:place], *found[place + 3 :]]} & (TIMES | {"good", "vague_day"})
        if until and found[place - 1].text in _SCHOOL and not others - {"am", "pm"}:
            return [_FROM, *found[place + 1 :]]
    return found


_SCHOOL = frozenset(
    {"school", "class", "classes", "practice", "camp", "daycare", "church", "meeting", "shift", "conference"}
    | {"escuela", "clase", "clases", "kinder", "practica", "junta", "misa", "turno", "guarderia"}
)


def _so_only(found: list[Token]) -> list[Token]:
    """ "I watch my grandbabies mon wed fri so only tues and thurs": what follows is all that is wished for."""
    for place, token in enumerate(found):
        behind = found[place + 1 :]
        leads = bool(behind) and behind[0].text in _ONLY and kind_at(behind, 1) in DAYS | {"dows", "part", "weekends"}
        ends = len(behind) > 1 and behind[0].kind in {"part", "dows"} and behind[1].text in _ONLY
        told = {each.kind for each in found[:place]} & {"word", "happening", "event", "bad"}
        if token.text in SO and token.kind == "comma" and (leads or ends) and told:
            named = [each._replace(kind="dows") if each.kind == "dow" else each for each in behind]
            return named[1:] if leads else [named[0], *named[2:]]
    return found


_ONLY = frozenset({"only", "solo", "nomas", "nada mas"})


def _only_day_off(found: list[Token]) -> list[Token]:
    """ "Thursday is my only day off this week": the week says which, and is no second wish."""
    for place in range(2, len(found) - 1):
        week = [each.kind for each in found[place : place + 2]] == ["this", "week"]
        off = found[place - 1].text in {"day off", "days off", "off", "free day"}
        if week and off and {each.kind for each in found[:place]} & {"dow", "ord"}:
            return [*found[:place], *found[place + 2 :]]
    return found


def _done_by(found: list[Token]) -> list[Token]:
    """ "Mornings only, done by noon" says what a morning is."""
    ends = [each.text for each in found[-2:-1]] == ["done by"] and found[-1].kind == "noon"
    if ends and kind_at(found, len(found) - 3) == "comma" and "morning" in {each.text for each in found}:
        return found[:-3]
    return found


_TURNS: tuple[Turn, ...] = (
    _done_by,
    _pastime,
    _leaves_then,
    _call_back_at,
    _so_only,
    _only_day_off,
    _school_until,
    _busy_so,
    _back_on,
    _then_free,
    _nobody_until,
    _away_between,
    _until_we_leave,
    _off_by,
    _leave_early,
    _free_then,
    _off_on_at,
)
