"""Turns of those who take one time rather than another: "all but tuesday", "the thursday one", "3 instead of 2".

It renames, moves and drops tokens before the others are looked at; it must never take a time for another.
"""

from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import (
    DAYS,
    ENDS,
    NAMED,
    ONE_DAY,
    Turn,
    behind_leads,
    clause_begin,
    renamed,
    turned,
)
from answerback.understanding.when.weeks import EVERY_DAY


def rather(found: list[Token]) -> list[Token]:
    """The tokens with the one that is meant."""
    return turned(found, _TURNS)


def _the_one(found: list[Token]) -> list[Token]:
    """ "Take the thursday one": the one of that day, and not at one."""
    for place in range(2, len(found)):
        led = found[place - 1].kind in {"dow", "ord", "part"} and found[place - 2].kind == "the"
        if found[place].text == "one" and led and kind_at(found, place + 1) in ENDS | {"comma", "fill", "good"}:
            return [*found[:place], Token("fill", 0, "one"), *found[place + 1 :]]
    return found


def _rather_than(found: list[Token]) -> list[Token]:
    """ "Mejor el jueves que el viernes": the first of the two."""
    for place, token in enumerate(found):
        first = behind_leads(found, place + 1)
        second = behind_leads(found, first + 2)
        named = {kind_at(found, first), kind_at(found, second)}
        if token.text == "mejor" and named == {"dow"} and found[first + 1].text == "que":
            return [*found[: first + 1], *found[second + 1 :]]
    return found


def _one_for_another(found: list[Token]) -> list[Token]:
    """ "En lugar del jueves el viernes": the second is wished for."""
    for place, token in enumerate(found):
        first = behind_leads(found, place + 1)
        second = behind_leads(found, first + 1)
        if token.text in _INSTEAD and {kind_at(found, first), kind_at(found, second)} <= NAMED | {"num"}:
            one, other = found[first], found[second]
            if first == place + 1 and not token.text.endswith("del") and one.kind == "num":
                continue
            behind = [*found[first + 1 : second], _dated(other), *found[second + 1 :]]
            return [*found[:first], _dated(one), Token("stop"), *behind]
    return found


def _dated(token: Token) -> Token:
    return token._replace(kind="ord") if token.kind == "num" else token


def _make_it(found: list[Token]) -> list[Token]:
    """ "Make it 3 instead of 2" wishes for three."""
    texts = [each.text for each in found]
    if texts[:2] == ["make", "it"] and _INSTEAD & set(texts):
        return [Token("wish", 0, "make it"), *found[2:]]
    return found


_INSTEAD = frozenset({"instead of", "rather than", "en vez de", "en vez del", "en lugar de", "en lugar del"})


def _hour_for_another(found: list[Token]) -> list[Token]:
    """ "At 6 instead of 5 on thursday": the day is that of the hour that is wished for."""
    for place in range(1, len(found) - 2):
        old = place + 1 + (kind_at(found, place + 1) == "at")
        behind = old + 1 + (kind_at(found, old + 1) in {"am", "pm"})
        day = behind_leads(found, behind)
        hours = found[place - 1].kind in {"num", "clock", "noon", "am", "pm"}
        hours = hours and kind_at(found, old) in {"num", "clock", "noon"}
        if found[place].text in _INSTEAD and hours and kind_at(found, day) in ONE_DAY:
            half = found[old + 1 : behind] if found[place - 1].kind == "num" else []
            return [*found[:place], *half, *found[behind:]]
    return found


def _not_the_other_hour(found: list[Token]) -> list[Token]:
    """ "Wednesday 2 pm not 3": the one hour is wished for, and the other never was."""
    for place in range(1, len(found) - 1):
        half = place + 2 + (kind_at(found, place + 2) in {"am", "pm"})
        ahead = found[place - 1].kind in {"am", "pm", "clock"} or (
            found[place - 1].kind == "num" and kind_at(found, place - 2) == "at" and place > 1
        )
        other = kind_at(found, place + 1) in {"num", "clock"} and kind_at(found, half) in ENDS | {"comma", "fill"}
        if found[place].text == "not" and ahead and other:
            pm = found[place + 2 : half] if found[place - 1].kind == "num" else []
            return [*found[:place], *pm, *found[half:]]
    return found


def _nothing_moved(found: list[Token]) -> list[Token]:
    """ "A moving estimate", "for moving the piano": what is wished for; "after the clocks change": when it is."""

    def is_thing(place: int, token: Token) -> bool:
        behind = found[place + 1].text if place + 1 < len(found) else ""
        ahead = found[place - 1].text if place else ""
        if token.text == "moving":
            return behind in _MOVING or (ahead in {"for", "a"} and behind in {"the", "a", "my"})
        return token.text in {"change", "changes"} and ahead in {"clocks", "clock", "time"}

    return renamed(found, "word", is_thing)


_MOVING = frozenset(
    {"estimate", "quote", "estimates", "company", "truck", "help", "crew", "service", "services", "boxes", "day"}
)


def _every_one_but(found: list[Token]) -> list[Token]:
    """ "All but tuesday", "todo menos el martes" leave out that day."""
    for place in range(len(found) - 2):
        day = behind_leads(found, place + 2)
        if found[place].text in {"all", "everyday"} and found[place + 1].text == "but" and kind_at(found, day) in NAMED:
            return [*found[:place], Token("except", 0, "any day but"), *found[place + 2 :]]
    return found


def _same_hour_ahead(found: list[Token]) -> list[Token]:
    """ "Monday at 9, or same time tuesday": the hour stands before its day."""
    for place, token in enumerate(found):
        day = behind_leads(found, place + 1)
        if token.kind == "same_hour" and kind_at(found, day) in NAMED and place:
            return [*found[:place], *found[place + 1 : day + 1], token, *found[day + 1 :]]
    return found


def _any_of_other_days(found: list[Token]) -> list[Token]:
    """ "Saturday morning or any evening after 6": any day's, not saturday's."""
    for place in range(2, len(found) - 1):
        wide, behind = found[place], found[place + 1]
        part = wide.kind == "any" and behind.kind == "part"
        limit = wide.kind == "anytime" and behind.kind in {"after", "before", "from", "until", "part", "between"}
        ahead = {each.kind for each in found[clause_begin(found, place - 1) : place]}
        named = {each.kind for each in found[place:]} & DAYS
        if (part or limit) and found[place - 1].kind == "or" and ahead & ONE_DAY and not named:
            every = Token("weekdays", EVERY_DAY, wide.text)
            return [*found[: place - 1], Token("stop"), every, *found[place + 1 :]]
    return found


def _but_one_works(found: list[Token]) -> list[Token]:
    """ "Any evening but sunday works" leaves out sundays, and the rest works."""
    for place in range(1, len(found) - 2):
        ahead = {each.kind for each in found[clause_begin(found, place) : place]}
        day = behind_leads(found, place + 1)
        wide = ahead & {"any", "anytime", "weekdays"} and "good" not in ahead
        works = kind_at(found, day) in {"dow", "dows", "tomorrow"} and kind_at(found, day + 1) == "good"
        if found[place].text in {"but", "except"} and wide and works and kind_at(found, day + 2) in ENDS | {"fill"}:
            return [*found[:place], Token("except", 0, "except"), *found[place + 1 : day + 1], *found[day + 2 :]]
    return found


def _and_saturdays(found: list[Token]) -> list[Token]:
    """ "Evenings and saturdays" are either of them."""

    def joins(place: int, token: Token) -> bool:
        return (
            token.kind == "and"
            and place > 0
            and found[place - 1].kind == "part"
            and kind_at(found, place + 1) == "dows"
        )

    return renamed(found, "or", joins)


def _but_before(found: list[Token]) -> list[Token]:
    """ "After 9 but before noon" bounds one stretch from both sides."""
    told = list(found)
    for place in range(len(found) - 2, 1, -1):
        side = kind_at(found, place + 1)
        ahead = {each.kind for each in found[max(place - 3, 0) : place]}
        if found[place].kind == "but" and side in {"before", "by", "until"} and ahead & {"after", "from"}:
            del told[place]
    return told


def _listed_behind(found: list[Token]) -> list[Token]:
    """ "12-2 or 4-6 mon tue or wed": the hours are those of each day."""
    for place in range(4, len(found) - 3):
        days = [each.kind for each in found[place : place + 4]] == ["dow", "dow", "or", "dow"]
        ahead = [each.kind for each in found[:place]]
        if days and "or" in ahead and set(ahead) <= {"num", "clock", "dash", "to", "or", "am", "pm", "noon"}:
            return [*found[: place + 1], Token("comma"), *found[place + 1 :]]
    return found


def _nothing_then(found: list[Token]) -> list[Token]:
    """ "Tue 9-11 wed nothing thu 3-5" leaves out wednesday."""
    for place, token in enumerate(found):
        if (
            token.text == "nothing"
            and place
            and found[place - 1].kind == "dow"
            and kind_at(found, place + 1) in _BEHIND
        ):
            behind = found[place + 1 + (kind_at(found, place + 1) == "comma") :]
            refused = [Token("stop"), found[place - 1], Token("bad", 0, token.text), Token("stop")]
            return [*found[: place - 1], *refused, *behind]
    return found


_BEHIND = frozenset({"", "dow", "comma", "stop"})


_TURNS: tuple[Turn, ...] = (
    _make_it,
    _the_one,
    _rather_than,
    _one_for_another,
    _hour_for_another,
    _not_the_other_hour,
    _nothing_moved,
    _every_one_but,
    _but_one_works,
    _and_saturdays,
    _but_before,
    _listed_behind,
    _nothing_then,
    _same_hour_ahead,
    _any_of_other_days,
)
