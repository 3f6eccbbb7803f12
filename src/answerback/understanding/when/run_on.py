"""Turns of those who put no commas: "hoy no mañana a las 8", "tomorrow cant friday can", "sat or sun gutters are full".

It adds commas before the others are looked at; it must never add one inside a time.
"""

from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import (
    CLAUSE_ENDS,
    DAYS,
    ENDS,
    HOURS,
    LEADS_IN,
    Turn,
    behind_leads,
    clause_begin,
    clause_end,
    turned,
)

_COMMA = Token("comma")
_ONE = frozenset({"dow", "dows", "tomorrow", "today", "overmorrow", "ord", "weekdays", "weekends", "weekend", "week"})


def run_on(found: list[Token]) -> list[Token]:
    """The tokens with the commas that were left out."""
    return turned(found, _TURNS)


def _no_then(found: list[Token]) -> list[Token]:
    """ "Mañana no puedo el viernes sí", "hoy ya no mañana a las 8": the refusal is of the day before it."""
    told: list[Token] = []
    for place, token in enumerate(found):
        told.append(token)
        if token.text not in _REFUSES or not place:
            continue
        ahead = place - 1 - (found[place - 1].text == "ya" and place > 1)
        numbered = found[ahead].kind == "num" and kind_at(found, ahead - 1) in {"on", "the", "dow"}
        if found[ahead].kind not in _NAMES and not numbered:
            continue
        day = behind_leads(found, place + 1, LEADS_IN)
        other = day < len(found) and found[day].text in _OTHER
        behind = found[day : clause_end(found, day)]
        sure = token.text != "no" or found[ahead].kind == "today" or _is_told_more(behind)
        dated = kind_at(found, day) == "num" and (kind_at(found, day + 1) == "of" or kind_at(found, day - 1) == "on")
        if other or (sure and (dated or kind_at(found, day) in _ONE)):
            told.append(_COMMA)
    return told


_NAMES = _ONE | {"part", "am", "pm", "comes", "feast", "month"}
_REFUSES = frozenset({"no", "no puedo", "cant", "no podre", "no voy a poder", "tampoco", "wont work", "doesnt work"})
_OTHER = frozenset({"otro", "otra", "que entra", "que viene", "que sigue", "siguiente"})


def _is_told_more(clause: list[Token]) -> bool:
    """Does an hour or a yes stand there?"""
    return any(each.kind in HOURS | {"good", "after", "before", "comes"} for each in clause)


def _better(found: list[Token]) -> list[Token]:
    """ "El jueves no mejor el viernes", "el viernes me operan mejor el jueves": a wish of its own begins."""
    for place in range(1, len(found) - 1):
        day = behind_leads(found, place + 1, LEADS_IN)
        ahead = {each.kind for each in found[:place]}
        dated = ahead & DAYS or ["on", "num"] in ([found[at].kind, found[at + 1].kind] for at in range(place - 1))
        better = found[place].text == "better" and found[place - 1].kind in {"not", "bad"}
        begins = found[place - 1].kind in {"no", "not", "bad", "word"} and (found[place].text == "mejor" or better)
        named = kind_at(found, day) in _ONE or [kind_at(found, day - 1), kind_at(found, day)] == ["on", "num"]
        if begins and dated and named:
            return [*found[:place], _COMMA, *found[place:]]
    return found


def _not_today(found: list[Token]) -> list[Token]:
    """ "Not today tmrw" is tomorrow."""
    kinds = [each.kind for each in found[:3]]
    ends = kind_at(found, 3) in ENDS | {"good", "fill", "at", "part", "after", "before"}
    if kinds[:2] == ["not", "today"] and kinds[2:] in (["tomorrow"], ["dow"]) and ends:
        return [*found[:2], _COMMA, *found[2:]]
    return found


def _things_are(found: list[Token]) -> list[Token]:
    """ "This sat or sun whichever gutters are full": it is not the days that are full."""
    for place in range(2, len(found)):
        noun = place
        while kind_at(found, noun - 1) == "word" and noun > 1:
            noun -= 1
        named = noun - 1 - (found[noun - 1].kind in {"fill", "the", "my"})
        of_thing = found[place].kind == "bad" and found[place].text in _FULL
        if of_thing and noun < place and found[named].kind in DAYS | {"part", "feast"}:
            return [*found[:noun], _COMMA, *found[noun:]]
    return found


_FULL = frozenset({"is full", "are full", "is off", "are off"})


def _wish_behind(found: list[Token]) -> list[Token]:
    """ "Rent is due the 1st i can do the 5th", "not today not tomorrow after that im good"."""
    for place in range(2, len(found) - 1):
        ahead = found[place - 1].kind in {"dow", "ord", "tomorrow", "today", "date"}
        can = found[place].text.startswith(_CAN) and kind_at(found, behind_leads(found, place + 1, LEADS_IN)) in _ONE
        told = {each.kind for each in found[clause_begin(found, place) : place]} & {"word", "happening", "event"}
        after = found[place].text == "after that" and "not" in {each.kind for each in found[:place]}
        if ahead and ((can and told) or after):
            return [*found[:place], _COMMA, *found[place:]]
    return found


_CAN = ("i can", "i could", "we can", "we could", "can i", "can we", "could we", "puedo", "podemos")


def _please_then(found: list[Token]) -> list[Token]:
    """ "Que sea el 10 please el 9 me pagan", "mon-thurs works fridays are for prayer": something else is told."""
    for place in range(1, len(found) - 2):
        polite = found[place].text in _PLEASE and found[place - 1].kind in _ONE
        works = found[place].text in _WORKS and found[place - 1].kind in _ONE
        day = behind_leads(found, place + 1, LEADS_IN)
        tells = day + 1 < len(found) and found[day].kind in _ONE and found[day + 1].text in _TELLS
        if (polite or works) and tells:
            return [*found[: place + 1], _COMMA, *found[place + 1 :]]
    return found


_PLEASE = frozenset({"please", "pls", "plz", "por favor", "porfa"})
_WORKS = frozenset({"works", "work", "is good", "is fine"})
_TELLS = frozenset({"are", "is", "im", "i", "we", "me", "nos", "tengo", "es", "son"})


def _weekdays_taken(found: list[Token]) -> list[Token]:
    """ "Los sabados nomas entre semana trabajo": only what stands right before it is taken."""
    for place in range(2, len(found)):
        taken = found[place].kind == "bad" and found[place - 1].kind in {"weekdays", "weekends"}
        ahead = {each.kind for each in found[: place - 1]}
        if taken and ahead & {"dow", "dows", "weekends"} and not ahead & (CLAUSE_ENDS | {"and", "or", "not", "no"}):
            return [*found[: place - 1], _COMMA, *found[place - 1 :]]
    return found


def _so_like(found: list[Token]) -> list[Token]:
    """ "Not before lunch so like 1 or later": an example is a wish of its own."""
    for place, token in enumerate(found[:-2]):
        example = token.text in {"so", "asi que"} and found[place + 1].kind == "like"
        refused = {each.kind for each in found[:place]} & {"except", "not"}
        if example and refused and kind_at(found, place + 2) in {"num", "clock", "after"}:
            return [*found[:place], Token("stop"), *found[place + 2 :]]
    return found


def _not_before(found: list[Token]) -> list[Token]:
    """ "Not monday not tuesday not before 11": a limit of its own."""
    for place in range(2, len(found)):
        limit = found[place].kind in {"from", "by"} and found[place].text.startswith(("not ", "no "))
        if limit and found[place - 1].kind in _ONE and "not" in {each.kind for each in found[:place]}:
            return [*found[:place], _COMMA, *found[place:]]
    return found


def _and_on(found: list[Token]) -> list[Token]:
    """ "Slow for three weeks, and on saturday it backed up": a day, and nothing that goes on from then."""
    for place in range(1, len(found) - 1):
        named = found[place - 1].kind in {"comma", "stop", "week", "day", "month", "word"}
        if found[place].text == "and on" and named and found[place + 1].kind in _ONE | {"month", "the", "feast"}:
            return [*found[:place], Token("and", 0, "and"), Token("on", 0, "on"), *found[place + 1 :]]
    return found


_TURNS: tuple[Turn, ...] = (
    _and_on,
    _no_then,
    _better,
    _not_today,
    _things_are,
    _wish_behind,
    _please_then,
    _weekdays_taken,
    _not_before,
    _so_like,
)
