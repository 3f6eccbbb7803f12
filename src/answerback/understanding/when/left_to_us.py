"""Turns of phrase that leave the day or the hour to the business: "whichever you have first", "if it's still there".

It renames, drops and adds tokens before they are read; it must never name a time that the text does not.
"""

from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import (
    CLAUSE_ENDS,
    ENDS,
    TIMES,
    Turn,
    clause_begin,
    clause_end,
    renamed,
)


def _as_fast_as(found: list[Token]) -> list[Token]:
    """ "Lo más rápido que puedan" is as soon as they can."""
    for place in range(len(found) - 3):
        said = [each.text for each in found[place : place + 3]]
        fast = said[0] == "mas" and said[1] in _FAST and said[2] == "que"
        can = place + 3 + (found[place + 3].text == "se")
        if fast and can < len(found) and found[can].text in {"puedan", "pueda", "puedas", "pudieran", "pueden"}:
            begin = place - (kind_at(found, place - 1) == "the" and place > 0)
            return [*found[:begin], Token("asap", 0, "lo mas rapido posible"), *found[can + 1 :]]
    return found


_FAST = frozenset({"rapido", "rapidito", "pronto", "prontito", "luego"})


def _whichever_first(found: list[Token]) -> list[Token]:
    """ "Wed or thurs, whichever you have first", "lo que haya primero": the sooner of them, and no date."""

    def sooner(place: int, token: Token) -> bool:
        clause = found[clause_begin(found, place) : place]
        ended = kind_at(found, place + 1) in CLAUSE_ENDS | ENDS
        return token.kind == "ord" and token.text in _FIRST and ended and bool({each.text for each in clause} & _WHICH)

    return renamed(found, "fill", sooner)


_FIRST = frozenset({"first", "1st", "primero"})
_WHICH = frozenset({"whichever", "whatever", "cualquiera"})


def _the_better(found: list[Token]) -> list[Token]:
    """ "Monday, the earlier the better" is as soon as can be on that day."""
    for place in range(1, len(found) - 2):
        said = [each.text for each in found[place : place + 3]]
        if said == ["earlier", "the", "better"]:
            begin = place - (found[place - 1].text == "the")
            return [*found[:begin], Token("asap", 0, "the sooner the better"), *found[place + 3 :]]
    return found


def _or_is_it_full(found: list[Token]) -> list[Token]:
    """ "Is 1 ok today or r u full", "anything at 6 tmrw or is that too late" ask for that hour."""
    for place in range(1, len(found) - 2):
        end = clause_end(found, place)
        tail = [each.text for each in found[place + 1 : end]]
        asks = found[place].kind == "or" and tail[:1] and tail[0] in _IS_IT and kind_at(found, end) in ENDS | {"comma"}
        full = len(tail) > 1 and tail[-1] in _FULL and len(tail) <= _FEW
        if asks and full and {each.kind for each in found[:place]} & TIMES:
            return [*found[:place], *found[end:]]
    return found


_IS_IT = frozenset({"are", "r", "is", "are you", "r u", "is it", "is that", "estan", "esta", "ya"})
_FULL = frozenset(
    {"full", "booked", "booked up", "busy", "closed", "slammed", "packed", "swamped", "taken", "late", "early", "soon"}
    | {"too late", "too early", "too soon", "llenos", "lleno", "ocupados", "ocupado", "cerrado", "muy tarde"}
    | {"is full", "are full", "r u full", "are you full"}
)
_FEW = 5


def _which_one(found: list[Token]) -> list[Token]:
    """ "At 4:30 or 5, which one is open for you" leaves the choice to the business."""
    for place in range(2, len(found) - 2):
        end = clause_end(found, place)
        tail = found[place + 1 : end]
        alone = not {each.kind for each in tail} - {"fill", "word", "good", "is", "day", "one_of", "the"}
        asks = found[place].text in {"which", "cual"} and kind_at(found, place - 1) in {"comma", "stop"}
        offers = any(each.kind == "good" for each in tail) and len(tail) <= _FEW + 1
        if asks and alone and offers and "or" in {each.kind for each in found[:place]}:
            return [*found[: place - 1], *found[end:]]
    return found


def _no_matter(found: list[Token]) -> list[Token]:
    """ "It does not matter which day, as long as", "no matter what day": any day."""
    for place in range(1, len(found) - 2):
        which = place + 1 + (found[place + 1].text in {"to", "to me"})
        day = which + 1
        plain = found[place].text in {"matter", "importa"} and found[place - 1].text in _NOT_AT_ALL
        asked = day < len(found) and found[which].text in _WHICH_OF and found[day].text in _OF_TIME
        begin = clause_begin(found, place)
        alone = all(each.kind in {"fill", "not", "no"} for each in found[begin:place])
        if plain and asked and alone and kind_at(found, day + 1) in ENDS | {"comma", "but"}:
            return [*found[:begin], Token("anytime", 0, "any day"), *found[day + 1 :]]
    return found


def _not_picky(found: list[Token]) -> list[Token]:
    """ "Not picky on the day", "im not fussy about the time": any."""
    for place in range(1, len(found)):
        if found[place].text not in _PICKY or found[place - 1].kind != "not":
            continue
        end = place + 1
        while end < len(found) and (found[end].kind in {"on", "the", "fill"} or found[end].text in _ABOUT):
            end += 1
        if end > place + 1 and end < len(found) and found[end].text in _OF_TIME:
            return [*found[: place - 1], Token("anytime", 0, "any day"), *found[end + 1 :]]
    return found


_PICKY = frozenset({"picky", "fussy", "particular", "choosy", "set"})
_ABOUT = frozenset({"about", "with", "on", "which", "what"})
_NOT_AT_ALL = frozenset({"not", "no", "doesnt", "dont", "wont", "me", "nos"})
_WHICH_OF = frozenset({"which", "what", "que", "cual"})
_OF_TIME = frozenset({"day", "time", "days", "dia", "hora"})


def _if_still_there(found: list[Token]) -> list[Token]:
    """ "Friday 1pm if its still there", "the weekend if youre open then": that there is room goes without saying."""
    for place, token in enumerate(found):
        end = clause_end(found, place)
        tail = " ".join(each.text for each in found[place + 1 : end])
        if token.text in {"if", "si"} and tail in _STILL_THERE and {each.kind for each in found[:place]} & TIMES:
            return [*found[:place], *found[end:]]
    return found


_STILL_THERE = frozenset(
    f"{its} {still}{there}{then}".strip()
    for its in ("its", "it is", "thats", "theyre", "youre", "you are", "u are", "ur", "yall are", "sigue")
    for still in ("", "still ")
    for there in ("there", "open", "available", "free", "around", "disponible", "libre")
    for then in ("", " then", " that day")
)


def _whichever_it_is(found: list[Token]) -> list[Token]:
    """ "El 28 o el 29, el que sea": either of them."""
    for place in range(2, len(found) - 1):
        either = found[place].text in {"el", "la", "cual"} and found[place + 1].text == "que sea"
        apart = kind_at(found, place - 1) == "comma" and kind_at(found, place + 2) in ENDS | {"comma"}
        if either and apart and "or" in {each.kind for each in found[:place]}:
            return [*found[: place - 1], *found[place + 2 :]]
    return found


TURNS: tuple[tuple[frozenset[str], Turn], ...] = (
    (frozenset({"if", "si"}), _if_still_there),
    (frozenset({"que sea"}), _whichever_it_is),
    (frozenset({"or"}), _or_is_it_full),
    (frozenset({"matter", "importa"}), _no_matter),
    (_PICKY, _not_picky),
    (frozenset({"which", "cual"}), _which_one),
    (frozenset({"mas"}), _as_fast_as),
    (_WHICH, _whichever_first),
    (frozenset({"earlier"}), _the_better),
)
