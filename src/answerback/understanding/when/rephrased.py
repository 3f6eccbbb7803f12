"""Turns of speech told in the plain words of the grammar: "not too early" leaves the hour open.

It renames, drops and adds tokens before the others are looked at; it must never take a time for another.
"""

from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import (
    BESIDE_DAYS,
    CLOCKS,
    DAYS,
    ENDS,
    Turn,
    begins_with_day,
    renamed,
    turned,
)


def rephrased(found: list[Token]) -> list[Token]:
    """The tokens with each turn of speech in plain words."""
    return turned(found, _TURNS)


def _only_if(found: list[Token]) -> list[Token]:
    """ "Saturday but only if its before 11" bounds the saturday."""
    for place, token in enumerate(found):
        its = place + 1 < len(found) and found[place + 1].text in {"its", "es"}
        if (
            token.kind == "if"
            and token.text in {"if", "si"}
            and its
            and kind_at(found, place + 2) in {"before", "after", "by"}
        ):
            begin = place
            while kind_at(found, begin - 1) == "but":
                begin -= 1
            return [*found[:begin], *found[place + 2 :]]
    return found


def _only_here(found: list[Token]) -> list[Token]:
    """ "We're only here mon to fri" refuses nothing: who is only there then, is there then."""

    def here(place: int, token: Token) -> bool:
        return token.text == "only" and kind_at(found, place - 1) == "fill" and _is_here(found, place + 1)

    return renamed(found, "good", here)


def _is_here(found: list[Token], place: int) -> bool:
    return place < len(found) and found[place].text in {"here", "home", "available", "around", "free", "open", "in"}


def _said_twice(found: list[Token]) -> list[Token]:
    """ "Friday no no" takes back nothing that another day stands for: it is a no."""

    def twice(place: int, token: Token) -> bool:
        return token.text.startswith("no no") and place > 0 and kind_at(found, place + 1) in ENDS

    return renamed(found, "no", twice)


def _as_it_is(found: list[Token]) -> list[Token]:
    """ "Since its friday already" is a reason, and nothing began then."""
    for place, token in enumerate(found):
        if (
            token.kind == "since"
            and place + 2 < len(found)
            and found[place + 1].text == "its"
            and found[place + 2].kind in DAYS
        ):
            return [*found[:place], Token("word", 0, token.text), *found[place + 3 :]]
    return found


def _not_too(found: list[Token]) -> list[Token]:
    """ "Not too early" leaves the hour open."""
    for place, token in enumerate(found[1:], start=1):
        if token.text in {"too early", "too late", "too soon"} and found[place - 1].kind == "except":
            begin = place - 1 - (kind_at(found, place - 2) == "but")
            return [*found[:begin], Token("comma"), Token("vague_day", 0, token.text), *found[place + 1 :]]
    return found


def _not_too_so(found: list[Token]) -> list[Token]:
    """ "Not too early like after 10", "q no sea muy temprano, despues de las 10": the hour says what is meant."""
    for place in range(1, len(found) - 2):
        step = place + 1 + (kind_at(found, place + 1) == "fill")
        bound = kind_at(found, step) in {"like", "comma"} and kind_at(found, step + 1) in {"after", "before"}
        refused = kind_at(found, place - 1) in {"not", "except"}
        if found[place].text in _TOO and refused and bound:
            return [*found[: place - 1], Token("comma"), *found[step + 1 :]]
    return found


_TOO = frozenset({"too early", "too late", "early_morning"})


def _those_days(found: list[Token]) -> list[Token]:
    """ "So not those", "esos no", "those are out" point at the days told before."""

    def refused(place: int, token: Token) -> bool:
        behind = kind_at(found, place + 1)
        no = kind_at(found, place - 1) == "not" or behind in {"no", "not", "bad"}
        return token.text in _THOSE and no and any(each.kind in DAYS for each in found[:place])

    return renamed(found, "that_day", refused)


_THOSE = frozenset({"those", "esos", "ese", "esas"})


def _opening(found: list[Token]) -> list[Token]:
    """ "Between opening and noon", "from when you open to 11" are before that hour."""
    for place, token in enumerate(found):
        step = place + 1
        while step < len(found) and found[step].text in _WHEN_YOU_OPEN:
            step += 1
        joined = kind_at(found, step) in {"and", "to", "until"} and kind_at(found, step + 1) in {"num", "clock", "noon"}
        opens = {each.text for each in found[place + 1 : step]} & {"opening", "open", "first_thing", "abren"}
        if token.kind in {"between", "from"} and joined and opens:
            return [*found[:place], Token("before", 0, token.text), *found[step + 1 :]]
    return found


_WHEN_YOU_OPEN = frozenset(
    ["first_thing", "when", "you", "u", "yall", "guys", "open", "opening", "que", "cuando", "abren", "abre"]
)


def _this_am(found: list[Token]) -> list[Token]:
    """ "Since this am" is since this morning."""
    return [
        Token("part", 0, "morning" if token.kind == "am" else "afternoon")
        if place and token.kind in {"am", "pm"} and found[place - 1].text == "this"
        else token
        for place, token in enumerate(found)
    ]


def _no_matter(found: list[Token]) -> list[Token]:
    """ "Fri or sat doesnt matter" refuses neither."""

    def no_matter(place: int, token: Token) -> bool:
        return token.text in _NEVER_MIND and place + 1 < len(found) and found[place + 1].text in {"matter", "care"}

    return renamed(found, "fill", no_matter)


_NEVER_MIND = frozenset({"doesnt", "dont", "does not", "do not", "wont", "didnt"})


def _taken_back(found: list[Token]) -> list[Token]:
    """ "Wed the 26th. no. ugh. the 27th": sentences that only take back what was said."""
    for begin, token in enumerate(found):
        if token.kind not in {"stop", "comma"} or kind_at(found, begin - 1) not in _NAMED:
            continue
        end = begin + 1
        while end < len(found) and (found[end].kind in {"stop", "comma"} or found[end].text in _OOPS):
            end += 1
        said = {each.text for each in found[begin:end]}
        apart = sum(each.kind in {"stop", "comma"} for each in found[begin:end])
        hour = kind_at(found, begin - 1) in CLOCKS and kind_at(found, end + (kind_at(found, end) == "at")) in CLOCKS
        again = begins_with_day(found, end) or hour
        if said & {"no", "nope", "wait", "scratch", "oops"} and apart > 1 and again:
            return [*found[:begin], Token("correction"), *found[end:]]
    return found


def _actually(found: list[Token]) -> list[Token]:
    """ "Tuesday actually wednesday", "at 3 tomorrow, actually 4": the second stands for the first."""
    for place, token in enumerate(found[1:-1], start=1):
        before = place - 1
        while kind_at(found, before) in {"comma", "stop"}:
            before -= 1
        if before < 0 or token.text not in _RATHER or (token.text == "mejor" and before == place - 1):
            continue
        behind = place + 1 + (kind_at(found, place + 1) == "comma" and token.text != "mejor")
        day = kind_at(found, before) in DAYS and begins_with_day(found, behind)
        hour = kind_at(found, behind) in {"num", "clock"} and kind_at(found, behind + 1) in _HOUR_ENDS
        hour = hour and any(each.kind in {"num", "clock"} for each in found[:place])
        if (day or hour) and not {each.text for each in found[behind : behind + 4]} & _AS_WELL:
            return [*found[: before + 1], Token("correction", 0, token.text), *found[behind:]]
    return found


def _moved_to(found: list[Token]) -> list[Token]:
    """ "I need thurs moved to fri": what stands before is the old day."""
    for place, token in enumerate(found):
        if token.kind != "move" or kind_at(found, place + 1) != "to":
            continue
        begin = place
        while kind_at(found, begin - 1) in DAYS | BESIDE_DAYS and begin:
            begin -= 1
        if begin < place and begins_with_day(found, place + 2):
            return [*found[:begin], token, *found[begin:place], *found[place + 1 :]]
    return found


def _then_gone(found: list[Token]) -> list[Token]:
    """ "Here thru the 6th then gone two weeks": what comes after is told apart."""
    for place, token in enumerate(found[:-1]):
        away = found[place + 1].text.split(" ")[0] in _AWAY
        if token.text == "then" and away and kind_at(found, place - 1) in DAYS | {"num", "am", "pm", "part"}:
            return [*found[:place], Token("stop"), *found[place + 1 :]]
    return found


_AWAY = frozenset({"gone", "away", "out", "busy", "traveling", "travelling", "working", "booked", "nothing"})


def _whole_weekend(found: list[Token]) -> list[Token]:
    """ "I'll be home all weekend" says when they can be met; "trabajo toda la semana, mejor el sábado" when not."""
    for place, token in enumerate(found):
        week = [each.text for each in found[place + 1 : place + 4]] == ["toda", "la", "semana"]
        opens = kind_at(found, place - 1) in ENDS | {"comma", "fill"} or place == 0
        if token.kind == "bad" and opens and week and kind_at(found, place + 4) in ENDS | {"comma"}:
            return [*found[:place], Token("word", 0, token.text), Token("stop"), *found[place + 5 :]]
        if token.text in _ALL_WEEKEND and {"good", "from"} & {kind_at(found, place - 1), kind_at(found, place + 1)}:
            return [*found[:place], Token("this", 0, "this"), Token("weekend", 0, "weekend"), *found[place + 1 :]]
    return found


def _this_one(found: list[Token]) -> list[Token]:
    """ "Next week is better, this one is nuts": this week."""
    for place, token in enumerate(found[:-1]):
        named = next((each for each in reversed(found[:place]) if each.kind in {"week", "month", "weekend"}), None)
        if token.kind == "this" and found[place + 1].text == "one" and named and kind_at(found, place + 2) == "bad":
            return [*found[: place + 1], named, *found[place + 2 :]]
    return found


def _then_named(found: list[Token]) -> list[Token]:
    """ "MLK day, i'm off then": the day named before it."""
    for place in range(2, len(found)):
        free = found[place - 1].kind in {"good", "from"} or found[place - 1].text in {
            "off",
            "come",
            "here",
            "home",
            "it",
        }
        days = {each.kind for each in found[:place]} & (DAYS - {"week", "month"})
        if found[place].text == "then" and free and days and kind_at(found, place + 1) in ENDS:
            return [*found[:place], *found[place + 1 :]]
    return found


_ALL_WEEKEND = frozenset({"all weekend", "the whole weekend", "todo el fin de semana"})
_RATHER = frozenset({"actually", "mejor"})
_AS_WELL = frozenset({"either", "too", "also", "as well", "tampoco", "tambien"})
_HOUR_ENDS = ENDS | {"comma", "am", "pm", "good"}
_NAMED = DAYS | {"part", "num", "clock", "am", "pm"}
_OOPS = frozenset({"no", "nope", "wait", "ugh", "oops", "sorry", "scratch", "hmm", "shoot", "uh", "um", "ay", "perdon"})


def _day_refused(found: list[Token]) -> list[Token]:
    """ "Hoy ya no alcanzo": what is not done on a day named before it refuses the day."""
    for place in range(1, len(found) - 1):
        if found[place].text != "no" or found[place + 1].kind != "word" or not found[place + 1].text.endswith("o"):
            continue
        before = place - 1 - (found[place - 1].text == "ya")
        if kind_at(found, before) in DAYS:
            return [*found[:place], Token("not", 0, "no"), *found[place + 2 :]]
    return found


def _only_then(found: list[Token]) -> list[Token]:
    """ "Sun only after 1", "fri but only til noon": the hours bound that day."""
    for place, token in enumerate(found):
        bounds = kind_at(found, place + 1) in {"after", "before", "until", "by", "from", "between", "part"}
        if token.text == "only" and token.kind == "but" and kind_at(found, place - 1) in DAYS and bounds:
            return [*found[:place], *found[place + 1 :]]
    return found


def _even_less(found: list[Token]) -> list[Token]:
    """ "El sábado no, el domingo menos" refuses sunday too."""

    def less(place: int, token: Token) -> bool:
        day = kind_at(found, place - 1) in DAYS
        return token.text == "menos" and day and kind_at(found, place + 1) in ENDS | {"comma"}

    return renamed(found, "bad", less)


def _free_at_a_part(found: list[Token]) -> list[Token]:
    """ "Free at lunchtime" is free then, and "free at 3" from then on."""

    def free(place: int, token: Token) -> bool:
        return token.kind == "from" and token.text.endswith("free at") and kind_at(found, place + 1) == "part"

    return renamed(found, "good", free)


def _but_a_thing(found: list[Token]) -> list[Token]:
    """ "Everything but the sink on tuesday" refuses no day."""

    def a_thing(place: int, token: Token) -> bool:
        return token.text in {"everything but", "todo menos"} and not _names_a_day(found, place + 1)

    return renamed(found, "word", a_thing)


def _names_a_day(found: list[Token], place: int) -> bool:
    return kind_at(found, place + (kind_at(found, place) in {"the", "on"})) in DAYS | {"part"}


def _brought_in(found: list[Token]) -> list[Token]:
    """ "Can i bring her in sun" and "let you in sun" bring her in on sunday; what lies "in sun" has no day."""
    return [
        Token("dow", 6, "sun") if token.text == "in sun" and place and found[place - 1].text in _LET_IN else token
        for place, token in enumerate(found)
    ]


_LET_IN = frozenset({"her", "him", "you", "u", "yall", "them", "someone", "somebody"})


def _a_weekday(found: list[Token]) -> list[Token]:
    """ "A weekday, just not monday" is any of the weekdays."""
    return [
        token
        for place, token in enumerate(found)
        if not (token.kind == "a" and place == 0 and kind_at(found, place + 1) == "weekdays")
    ]


def _first_of_all(found: list[Token]) -> list[Token]:
    """ "I have to get the dog from daycare 1st": before anything else, and no date."""

    def first(place: int, token: Token) -> bool:
        ended = kind_at(found, place + 1) in ENDS | {"comma"}
        return token.text == "1st" and kind_at(found, place - 1) in {"noise", "word"} and ended

    return renamed(found, "fill", first)


def _one_of_those(found: list[Token]) -> list[Token]:
    """ "Wednesdays im off so a wednesday" is any of them."""
    for place, token in enumerate(found[1:], start=1):
        same = [at for at in range(place) if found[at].kind == "dows" and found[at].value == token.value]
        free = same and any(each.kind == "good" for each in found[same[-1] : place])
        if token.kind == "dow" and kind_at(found, place - 1) == "a" and free:
            return [*found[: place - 1], *found[place + 1 :]]
    return found


_TURNS: tuple[Turn, ...] = (
    _first_of_all,
    _one_of_those,
    _free_at_a_part,
    _a_weekday,
    _but_a_thing,
    _brought_in,
    _only_here,
    _said_twice,
    _only_if,
    _as_it_is,
    _not_too,
    _not_too_so,
    _those_days,
    _opening,
    _this_am,
    _no_matter,
    _only_then,
    _even_less,
    _taken_back,
    _then_gone,
    _whole_weekend,
    _actually,
    _this_one,
    _then_named,
    _moved_to,
    _day_refused,
)
