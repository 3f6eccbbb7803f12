"""Turns of those whose wish hangs on something, or who take one back: "el lunes si llueve", "never mind i work then".

It renames tokens before the others are looked at; it must never take a yes for a condition.
"""

from collections.abc import Sequence

from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import (
    ALWAYS,
    CLAUSE_ENDS,
    CLOCKS,
    DAYS,
    HOURS,
    SO,
    TIMES,
    Turn,
    behind_leads,
    clause_begin,
    clause_end,
    renamed,
    turned_where,
)


def conditions(found: list[Token]) -> list[Token]:
    """The tokens with what a wish hangs on, and what takes it back, told to be that."""
    return turned_where(found, _TURNS)


def _spanish_if(found: list[Token]) -> list[Token]:
    """ "Si llueve entonces el martes", "si me dan permiso el viernes", "el lunes si consigo quien me lleve": no yes.

    Whether the business can ("si trabajan") is no condition of theirs; a second day named for rain is one of two.
    """

    def hangs(place: int, token: Token) -> bool:
        begins = place == 0 or found[place - 1].kind in CLAUSE_ENDS | DAYS | HOURS
        if token.text != "si" or not begins or any(each.text == "si no" for each in found[place:]):
            return False
        named = any(each.kind in DAYS for each in found[:place])
        ahead = found[place + 1 : place + 3]
        given = " ".join(each.text for each in ahead).split(" ")[:2]
        if given[0] in {"me", "nos"}:
            return len(given) > 1 and given[1].endswith(_THEY_DO) and not any(each.kind in TIMES for each in ahead)
        verb = found[place + 1] if kind_at(found, place + 1) == "word" else Token("")
        return (verb.text in _WEATHER and not named) or (verb.text.endswith("o") and verb.text not in _NO_VERBS)

    return renamed(found, "if", hangs)


_THEY_DO = ("an", "en")
_WEATHER = frozenset({"llueve", "nieva", "truena", "graniza"})
_NO_VERBS = frozenset(
    {"claro", "todo", "necesito", "quiero", "pero", "como", "solo", "bueno", "lo", "alcanzo", "cuando", "luego", "no"}
)


def _if_it_rains(found: list[Token]) -> list[Token]:
    """ "If it rains then thursday" hangs on the weather; "monday, if it rains tuesday" names both."""

    for place, token in enumerate(found[:-2]):
        if token.text == "if" and found[place + 2].text in _RAINS:
            named = any(each.kind in DAYS for each in found[:place])
            return found if named else [*found[:place], Token("if", 0, "only if"), *found[place + 1 :]]
    return found


_RAINS = frozenset(
    {"rains", "snows", "storms", "freezes", "pours", "clears", "dries", "stops", "starts", "keeps", "leaks"}
)


def _not_until(found: list[Token]) -> list[Token]:
    """ "El lunes pero no llego a casa hasta las 3": from three on."""
    for place, token in enumerate(found):
        until = next((at for at in range(place + 2, min(place + 6, len(found))) if found[at].kind == "until"), 0)
        between = {each.kind for each in found[place + 1 : until]}
        refused = token.kind in {"no", "not", "except"} and token.text.split(" ")[-1] == "no"
        spanish = until and found[until].text in {"hasta las", "hasta la"}
        if refused and spanish and between <= {"word", "a", "fill", "of"} and kind_at(found, until + 1) in CLOCKS:
            return [*found[:place], Token("comma"), Token("from", 0, found[until].text), *found[until + 1 :]]
    return found


def _sorry_about(found: list[Token]) -> list[Token]:
    """ "Sorry about monday, how about sat": an appointment that was missed; "perdón, el lunes" corrects."""
    for place, token in enumerate(found[:-2]):
        day = behind_leads(found, place + 2)
        sorry = token.text in _SORRY and found[place + 1].text in {"about", "for", "por", "lo de"}
        another = any(each.kind in DAYS for each in found[day + 1 :])
        if sorry and another and kind_at(found, day) in DAYS and kind_at(found, day + 1) in CLAUSE_ENDS:
            return [*found[:place], Token("word", 0, token.text), *found[day + 1 :]]
    return found


_SORRY = frozenset({"sorry", "im sorry", "perdon", "disculpe", "disculpa"})


def _since_they(found: list[Token]) -> list[Token]:
    """ "Mon or tues since i work from home then": a reason, and nothing began."""

    def reason(place: int, token: Token) -> bool:
        led = place + 1 < len(found) and found[place + 1].text.split(" ")[0] in _WHO
        return token.text == "since" and place > 0 and led

    return renamed(found, "because", reason)


_WHO = frozenset({"i", "we", "im", "were", "he", "she", "hes", "shes", "they", "theyre", "ill", "its", "thats"})


def _one_by_another(found: list[Token]) -> list[Token]:
    """ "Cambiemos el viernes por el domingo": from the one to the other."""
    for place, token in enumerate(found):
        first = behind_leads(found, place + 1)
        second = behind_leads(found, first + 2)
        days = {kind_at(found, first), kind_at(found, second)} <= {"dow", "tomorrow", "ord"}
        if token.kind == "move" and days and found[first + 1].text == "por":
            return [*found[:place], *found[second:]]
    return found


def _never_mind(found: list[Token]) -> list[Token]:
    """ "Wed works.. never mind i work wed, fri after 3" takes the wednesday back."""

    def taken_back(place: int, token: Token) -> bool:
        end = clause_end(found, place + 1)
        refused = {each.kind for each in found[place + 1 : end]} & {"bad", "not", "no"}
        another = any(each.kind in TIMES for each in found[end:])
        return (
            token.text in _NEVER_MIND and bool(refused) and another and any(each.kind in DAYS for each in found[:place])
        )

    return renamed(found, "correction", taken_back)


_NEVER_MIND = frozenset({"nevermind", "never mind"})


def _otherwise(found: list[Token]) -> list[Token]:
    """ "Never on mondays, otherwise whatever you got": any other time, and no "or" of two."""
    for place in range(1, len(found) - 1):
        ahead = {each.kind for each in found[:place]}
        named = found[place].text in _OTHERWISE and found[place + 1].kind in {"anytime", "any"}
        alone = not any(each.kind in TIMES for each in found[place + 2 :])
        if named and alone and ahead & {"not", "no", "bad", "except"} and ahead & TIMES and "good" not in ahead:
            return [*found[:place], Token("stop"), *found[place + 1 :]]
    return found


_OTHERWISE = frozenset({"otherwise", "other than that", "aside from that", "fuera de eso", "por lo demas"})


def _this_one_is_bad(found: list[Token]) -> list[Token]:
    """ "Next thursday please. this one im swamped": why the nearer one is passed over."""
    for place in range(2, len(found) - 2):
        led = found[place].kind == "this" and found[place + 1].text == "one" and found[place - 1].kind in CLAUSE_ENDS
        end = clause_end(found, place)
        clause = {each.kind for each in found[place + 2 : end]}
        later = {each.kind for each in found[:place]} & {"next", "after_next"}
        if led and later and not clause & (TIMES | {"good", "wish"}) and end > place + 2:
            return [*found[: place - 1], *found[end:]]
    return found


def _meant_instead(found: list[Token]) -> list[Token]:
    """ "Monday, no tuesday. yeah tuesday afternoon": a no that corrects, as the day it stands before is said again."""
    for place in range(2, len(found) - 2):
        day, end = found[place + 1], found[place + 2]
        beside = [found[place - 2].kind, found[place - 1].kind, day.kind, end.kind] == ["dow", "comma", "dow", "stop"]
        again = [each for each in found[place + 3 :] if each.kind == "dow"]
        affirmed = kind_at(found, place + 3) in {"good", "dow"} and again and all(e.value == day.value for e in again)
        if found[place].kind == "no" and beside and affirmed and not _refusals(found[place + 1 :]):
            return [*found[:place], Token("correction", 0, found[place].text), *found[place + 1 :]]
    return found


def _refusals(found: Sequence[Token]) -> bool:
    return any(each.kind in {"no", "not", "bad", "except"} for each in found)


def _taken_back_for(found: list[Token]) -> list[Token]:
    """ "Monday, oh wait monday i have jury duty. tuesday at 10": what takes the day back names it once more."""
    for place in range(1, len(found) - 2):
        day, end = found[place + 1], clause_end(found, place + 1)
        told = {each.kind for each in found[place + 2 : end]}
        named = any(each.kind == "dow" and each.value == day.value for each in found[:place])
        others = any(each.kind in TIMES for each in found[end:])
        if found[place].kind == "correction" and day.kind == "dow" and named and told & {"event", "bad"} and others:
            kept = [
                Token("word", 0, each.text) if each.kind == "dow" and each.value == day.value else each
                for each in found[:place]
            ]
            return [*kept, Token("stop"), *found[place + 1 :]]
    return found


def _so_make_it(found: list[Token]) -> list[Token]:
    """ "Sunday after 12, games on til 4 so make it 4:30": that hour of the day, whatever was said of it before."""
    first = found[: clause_end(found, 0)]
    kinds = {each.kind for each in first}
    if not kinds & DAYS or not kinds & HOURS or not kinds <= _DAY_AND_HOUR:
        return found
    for place in range(len(first) + 1, len(found) - 2):
        led = found[place - 1].text in SO | {"better", "actually", "lets"}
        said = [each.text for each in found[place : place + 2]] == ["make", "it"]
        others = any(each.kind in DAYS for each in found[len(first) : place])
        if said and led and not others and kind_at(found, place + 2) in CLOCKS | {"at"}:
            days = [each for each in first if each.kind in _DAY_AND_HOUR - HOURS - _BOUNDS]
            at = Token("at", 0, "at")
            return [*days, at, *found[place + 2 + (kind_at(found, place + 2) == "at") :]]
    return found


_BOUNDS = frozenset(
    {"after", "before", "from", "until", "by", "at", "around", "later_open", "earlier_open", "dash", "to"}
)
_DAY_AND_HOUR = DAYS | HOURS | _BOUNDS | {"the", "on", "this", "fill"}


def _with_another(found: list[Token]) -> list[Token]:
    """ "Tengo cita con el doctor el lunes a las 2": theirs with somebody else, and none of ours."""

    def elsewhere(place: int, token: Token) -> bool:
        led = token.kind == "mine" and token.text.startswith(_I_HAVE)
        other = place + 2 < len(found) and found[place + 1].text in {"with", "con"}
        timed = any(each.kind in HOURS for each in found[place : clause_end(found, place)])
        return led and other and timed and found[place + 2].text not in {"you", "u", "ustedes", "usted", "yall"}

    return renamed(found, "event", elsewhere)


_I_HAVE = ("i have", "ive got", "i got", "tengo", "we got")


def _most_days(found: list[Token]) -> list[Token]:
    """ "My shift ends at 6 most days": which days has to be asked; "i'm free most days" says all of them."""
    for place in range(1, len(found)):
        ahead = {each.kind for each in found[clause_begin(found, place) : place]}
        named = found[place].kind in {"day", "weekdays", "part"} and found[place - 1].text == "most"
        if named and found[place].text.endswith("s") and "good" not in ahead and ahead & TIMES:
            return [*found[: place - 1], Token("vague_day", 0, "most days"), *found[place + 1 :]]
    return found


def _depends(found: list[Token]) -> list[Token]:
    """ "Some evening next week, depends on my shifts": a doubt; what depends on the business is none."""

    def doubts(place: int, token: Token) -> bool:
        behind = found[place + 1 : clause_end(found, place)]
        named = any(each.kind in TIMES for each in found[:place])
        theirs = any(each.kind == "my" or each.text in _THEIRS for each in behind)
        return token.text in _DEPENDS and named and theirs and not any(each.kind in TIMES for each in behind)

    return renamed(found, "unsure", doubts)


_DEPENDS = frozenset({"depends", "depends on", "depending", "depending on", "depende"})
_THEIRS = frozenset({"i", "work", "trabajo", "mi", "his", "her"})


_TURNS: tuple[tuple[frozenset[str], Turn], ...] = (
    (ALWAYS, _spanish_if),
    (ALWAYS, _if_it_rains),
    (ALWAYS, _not_until),
    (ALWAYS, _sorry_about),
    (ALWAYS, _since_they),
    (ALWAYS, _one_by_another),
    (ALWAYS, _never_mind),
    (_OTHERWISE, _otherwise),
    (frozenset({"this"}), _this_one_is_bad),
    (frozenset({"no"}), _meant_instead),
    (frozenset({"correction"}), _taken_back_for),
    (frozenset({"make"}), _so_make_it),
    (ALWAYS, _with_another),
    (ALWAYS, _most_days),
    (_DEPENDS, _depends),
)
