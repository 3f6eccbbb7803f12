"""Turns of speech that choose between times: "if friday wont work then monday" is "friday or monday".

Which of two is wished for, which refused, and which stands in for the other; it must never drop a time that is meant.
"""

from answerback.understanding.when.this_and_next import this_and_next
from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import (
    BESIDE_DAYS,
    DAYS,
    ENDS,
    HOURS,
    Turn,
    begins_with_day,
    clause_end,
    renamed,
    turned,
)


def chosen(found: list[Token]) -> list[Token]:
    """The tokens with every choice between times in plain words."""
    return turned(found, _TURNS)


def _instead(found: list[Token]) -> list[Token]:
    """ "If thursday doesnt work then friday": one or the other."""
    for place, token in enumerate(found):
        spanish = token.text == "si" and kind_at(found, place + 1) in {"on", "the"}
        if token.kind != "if" and not spanish:
            continue
        end = next((at for at in range(place + 1, len(found)) if _parts(found[at])), len(found))
        middle = found[place + 1 : end]
        while middle and middle[-1].kind == "fill":
            middle.pop()
        kinds = {each.kind for each in middle}
        refused = (
            middle[-1:]
            and middle[-1].text in _NO_GOOD
            and kinds & DAYS
            and kinds <= DAYS | BESIDE_DAYS | {"bad", "fill", "word", "good", "past", "s"}
            and len(middle) <= _SHORT
        )
        if refused and kind_at(found, place - 1) in DAYS | {"fill"}:
            # "the 12th if the 11th is full"
            return [*found[:place], Token("or"), *middle[:-1], *found[end:]]
        if refused and begins_with_day(found, end + 1):
            return [*found[:place], Token("or"), *middle[:-1], Token("or"), *found[end + 1 :]]
    return found


_NO_GOOD = frozenset(
    {
        "full",
        "is full",
        "booked",
        "is booked",
        "booked up",
        "taken",
        "is taken",
        "gone",
        "esta lleno",
        "lleno",
        "no hay",
        "doesnt work",
        "dont work",
        "wont work",
        "is no good",
        "isnt good",
        "no good",
        "doesnt suit",
        "no funciona",
        "no sirve",
    }
)


_SHORT = 6


def _parts(token: Token) -> bool:
    return token.kind in {"comma", "stop"} or token.text in {"then", "entonces"}


def _either(found: list[Token]) -> list[Token]:
    """ "End of the month, either the 30th or 31st": what leads a choice is no "or" of its own."""
    return [
        token
        for place, token in enumerate(found)
        if token.text != "either" or not place or not begins_with_day(found, place + 1)
    ]


def _otherwise(found: list[Token]) -> list[Token]:
    """ "Tuesday, otherwise thursday after 3": the hours are those of the second."""
    told: list[Token] = []
    for place, token in enumerate(found):
        if (
            token.text in {"else", "si no"}
            and kind_at(found, place - 1) == "comma"
            and begins_with_day(found, place + 1)
        ):
            told += [Token("stop"), Token("or", 0, "otherwise")]
        else:
            told += (Token("stop"), token) if token.kind == "or" and token.text in _ELSE else (token,)
    return told


_ELSE = frozenset(
    {
        "otherwise",
        "if not then",
        "failing that",
        "failing which",
        "or failing that",
        "o si no",
        "y si no",
        "y si no pues",
        "si no pues",
    }
)


def _not_but(found: list[Token]) -> list[Token]:
    """ "Not friday, thursday", "not this week, next week": what follows a single refused day is wished for."""
    for place, token in enumerate(found):
        spanish = token.text == "no" and kind_at(found, place + 1) == "on"
        if (token.text != "not" and not spanish) or kind_at(found, place - 1) not in ENDS | {"comma"}:
            continue
        comma = next((at for at in range(place + 1, len(found)) if found[at].kind == "comma"), 0)
        end = next((at for at in range(comma + 1, len(found)) if found[at].kind == "stop"), len(found))
        refused = {each.kind for each in found[place + 1 : comma]}
        wished = {each.kind for each in found[comma + 1 : end]}
        if comma and _names(refused) and wished & DAYS and not wished & {"comma", "or", "and", "not", "bad", "no"}:
            return [*found[:comma], Token("stop"), *found[comma + 1 :]]
    return found


def _names(kinds: set[str]) -> bool:
    return bool(kinds & DAYS) and kinds <= DAYS | BESIDE_DAYS


def _all_but(found: list[Token]) -> list[Token]:
    """ "Any weekday but mondays", "anytime tomorrow but 11 to 1": all of it without those."""
    for place, token in enumerate(found):
        if token.kind == "except" and token.text.startswith("any") and _bounds(found, place + 1):
            # "any day but not before 10", "any day but no later than 4"
            return [*found[:place], Token("anytime", 0, "any day"), Token("comma"), *found[place + 1 :]]
        ahead = [each.kind for each in found[max(place - 4, 0) : place]]
        wide = bool({"weekdays", "anytime"} & set(ahead)) or ahead[-2:] == ["any", "part"]
        step = place + 1 + (kind_at(found, place + 1) in {"the", "on", "not"})
        hours = kind_at(found, step) in {"num", "clock"} and kind_at(found, step + 1) in {"to", "dash", "until"}
        days = kind_at(found, step) in {"dow", "dows"} and kind_at(found, step + 1) in ENDS | {
            "or",
            "and",
            "fill",
            "comma",
        }
        if token.kind == "but" and token.text == "but" and wide and (hours or days):
            return [*found[:place], Token("except", 0, "except"), *found[step:]]
        if token.kind == "but" and ahead[-2:] == ["any", "part"] and kind_at(found, step + 1) == "word":
            # "any evening but thursday bowling night"
            return [*found[:place], Token("except", 0, "except"), *_without_reason(found[step:])]
    return found


def _without_reason(found: list[Token]) -> list[Token]:
    """A day without the words that say in its clause what is on then."""
    return [found[0], *found[clause_end(found, 0) :]]


def _but_only(found: list[Token]) -> list[Token]:
    """ "Any time in may but monday or tuesday only", "next week but only mon or wed": these of it, and no others."""
    for place, token in enumerate(found):
        if token.text not in _BUT or not {each.kind for each in found[:place]} & (DAYS | {"anytime", "any"}):
            continue
        end = next((at for at in range(place + 1, len(found)) if found[at].kind == "stop"), len(found))
        only = [at for at in range(place + 1, end) if found[at].text in _ONLY]
        day = place + 1 + (only[:1] == [place + 1])
        named = begins_with_day(found, day) or kind_at(found, day) == "weekdays"
        if len(only) == 1 and only[0] in {place + 1, end - 1} and named:
            return [
                *found[:place],
                Token("comma"),
                *(found[at] for at in range(place + 1, len(found)) if at not in only),
            ]
    return found


_BUT = frozenset({"but", "pero"})
_ONLY = frozenset({"only", "just", "solo", "solamente", "unicamente"})


def _bounds(found: list[Token], place: int) -> bool:
    return kind_at(found, place) in {"from", "by", "until"} and found[place].text.startswith("no")


def _instead_of(found: list[Token]) -> list[Token]:
    """ "Instead of tuesday can we do wednesday": a wish of its own begins."""
    for place, token in enumerate(found):
        if token.text not in {"instead of", "en vez de", "en lugar de", "rather than"}:
            continue
        wish = next((at for at in range(place + 1, len(found)) if found[at].kind in {"wish", "stop", "comma"}), 0)
        if wish and found[wish].kind == "wish":
            return [*found[:wish], Token("stop"), *found[wish:]]
    return found


def _this_instead(found: list[Token]) -> list[Token]:
    """ "Fri the 11th, ugh flight that day, 12th instead": the last stands for what was named before."""
    for place, token in enumerate(found):
        if token.text != "instead" or kind_at(found, place - 1) not in DAYS or not place:
            continue
        begin = place - 1
        while begin and kind_at(found, begin - 1) in DAYS | BESIDE_DAYS | {"or"}:
            begin -= 1
        wishing = {each.kind for each in found[:begin]} & DAYS
        if wishing and kind_at(found, begin - 1) in {"comma", "stop", "but"}:
            if {each.kind for each in found[:begin]} & {"not", "no", "bad", "except"}:
                continue
            ahead = [Token("word", 0, each.text) if each.kind in DAYS else each for each in found[:begin]]
            return [*ahead, *found[begin:place], *found[place + 1 :]]
    return found


def _for_days_now(found: list[Token]) -> list[Token]:
    """ "For 3 days now" tells how long."""

    def now(place: int, token: Token) -> bool:
        return token.text in {"now", "ya"} and place > 1 and kind_at(found, place - 1) in _LENGTHS

    return renamed(found, "fill", now)


_LENGTHS = frozenset({"hour", "day", "week", "month", "year"})


def _and_weekends(found: list[Token]) -> list[Token]:
    """ "Nights and weekends" are two wishes."""
    for place in range(1, len(found) - 1):
        two = kind_at(found, place - 1) == "part" and kind_at(found, place + 1) == "weekends"
        if found[place].kind == "and" and two:
            return [*found[:place], Token("or"), *found[place + 1 :]]
    return found


def _next_not_this(found: list[Token]) -> list[Token]:
    """ "NEXT thurs, not this one" is that of next week."""
    for place, token in enumerate(found[:-2]):
        if token.kind != "next" or found[place + 1].kind != "dow":
            continue
        step = place + 2 + (kind_at(found, place + 2) == "comma")
        behind = [each.text for each in found[step : step + 3]]
        if behind[:2] == ["not", "this"] and behind[2:] in (["one"], ["week"], ["coming"], ["1"], []):
            return [*found[: place + 2], Token("week", 0, "week"), *found[step + 3 :]]
    return found


def _one_of_them(found: list[Token]) -> list[Token]:
    """ "Mon or tues, after 3 on tues", "monday or tuesday but tuesday only early": the hours are those of the one."""
    begin = 0
    for place, token in enumerate(found):
        since, begin = begin, place + 1 if token.kind == "stop" else begin
        if token.kind not in {"comma", "but", "stop"} or token.text == "only":
            continue
        listed = {each.value for each in found[since:place] if each.kind == "dow"}
        end = next((at for at in range(place + 1, len(found)) if _parts(found[at])), len(found))
        behind = found[place + 1 : end]
        again = [each.value for each in behind if each.kind == "dow"]
        if len(listed) > 1 and len(again) == 1 and again[0] in listed and {each.kind for each in behind} & _HOURS:
            return [*found[:place], Token("stop"), *(each for each in behind if each.text != "only"), *found[end:]]
    return found


def _one_of_the_two(found: list[Token]) -> list[Token]:
    """ "Saturday or sunday? sunday is better so sunday": named twice again it is chosen, where no hour goes with it."""
    pair = next((at for at, token in enumerate(found) if token.kind == "or" and _is_between_days(found, at)), None)
    if pair is None:
        return found
    two, behind = {found[pair - 1].value, found[pair + 1].value}, found[pair + 2 :]
    again = [each.value for each in behind if each.kind == "dow"]
    times = {each.kind for each in behind} & (DAYS | _HOURS)
    if times != {"dow"} or len(again) < _TWICE or len(set(again)) > 1 or not set(again) < two:
        return found
    return [*found[: pair - 1], *behind]


def _only_then(found: list[Token]) -> list[Token]:
    """ "Ni lunes ni miércoles, y solo en la mañana": what alone is left is wished for, whatever was refused."""
    for place, token in enumerate(found):
        refused = {each.kind for each in found[:place]} & {"not", "bad", "no"}
        if token.text in _ONLY and refused and kind_at(found, place - 1) in {"comma", "and"}:
            behind = place + 1
            while kind_at(found, behind) in {"the", "on", "in", "at"}:
                behind += 1
            if kind_at(found, behind) in DAYS | HOURS | {"dows", "after", "before", "between"}:
                return [*found[:place], Token("but", 0, token.text), *found[place + 1 :]]
    return found


_ONLY = frozenset({"only", "just", "solo", "nomas", "solamente", "nada mas"})
_TWICE = 2


def _is_between_days(found: list[Token], place: int) -> bool:
    return kind_at(found, place - 1) == kind_at(found, place + 1) == "dow" and kind_at(found, place + 2) in ENDS | {
        "comma"
    }


_HOURS = HOURS | {"early", "late"}


_TURNS: tuple[Turn, ...] = (
    _one_of_the_two,
    _one_of_them,
    _either,
    _instead,
    _otherwise,
    _not_but,
    _instead_of,
    _this_instead,
    _for_days_now,
    _and_weekends,
    this_and_next,
    _only_then,
    _but_only,
    _all_but,
    _next_not_this,
)
