"""Turns of speech told in the plain words of the grammar: "if friday wont work then monday" is "friday or monday".

It renames, drops and adds tokens before the others are looked at; it must never take a time for another.
"""

from collections.abc import Callable

from answerback.understanding.when.tokens import Token, kind_at

_DAYS = frozenset(
    {"dow", "dows", "ord", "date", "month", "tomorrow", "today", "overmorrow", "weekend", "week", "feast"}
)
_BESIDE_DAYS = frozenset({"the", "on", "this", "next", "of", "num"})
_ENDS = frozenset({"", "stop"})


def rephrased(found: list[Token]) -> list[Token]:
    """The tokens with each turn of speech in plain words."""
    for turn in _TURNS:
        found = turn(found)
    return found


def _instead(found: list[Token]) -> list[Token]:
    """ "If thursday doesnt work then friday": one or the other."""
    for place, token in enumerate(found):
        if token.kind != "if":
            continue
        end = next((at for at in range(place + 1, len(found)) if _parts(found[at])), len(found))
        middle = found[place + 1 : end]
        while middle and middle[-1].kind == "fill":
            middle.pop()
        kinds = {each.kind for each in middle}
        refused = (
            middle[-1:]
            and middle[-1].text in _NO_GOOD
            and kinds & _DAYS
            and kinds <= _DAYS | _BESIDE_DAYS | {"bad", "fill", "word", "good", "past", "s"}
            and len(middle) <= _SHORT
        )
        if refused and kind_at(found, place - 1) in _DAYS | {"fill"}:
            # "the 12th if the 11th is full"
            return [*found[:place], Token("or"), *middle[:-1], *found[end:]]
        if refused and _begins_with_day(found, end + 1):
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
    return token.kind in {"comma", "stop"} or token.text == "then"


def _begins_with_day(found: list[Token], place: int) -> bool:
    while kind_at(found, place) in {"the", "on", "this", "next", "fill"}:
        place += 1
    return kind_at(found, place) in _DAYS


def _otherwise(found: list[Token]) -> list[Token]:
    """ "Tuesday, otherwise thursday after 3": the hours are those of the second."""
    return [
        each
        for token in found
        for each in ((Token("stop"), token) if token.kind == "or" and token.text in _ELSE else (token,))
    ]


_ELSE = frozenset(
    {"otherwise", "failing that", "failing which", "or failing that", "o si no", "y si no", "y si no pues"}
)


def _not_but(found: list[Token]) -> list[Token]:
    """ "Not friday, thursday", "not this week, next week": what follows a single refused day is wished for."""
    for place, token in enumerate(found):
        if token.text != "not" or kind_at(found, place - 1) not in _ENDS | {"comma"}:
            continue
        comma = next((at for at in range(place + 1, len(found)) if found[at].kind == "comma"), 0)
        end = next((at for at in range(comma + 1, len(found)) if found[at].kind == "stop"), len(found))
        refused = {each.kind for each in found[place + 1 : comma]}
        wished = {each.kind for each in found[comma + 1 : end]}
        if comma and _names(refused) and wished & _DAYS and not wished & {"comma", "or", "and", "not", "bad", "no"}:
            return [*found[:comma], Token("stop"), *found[comma + 1 :]]
    return found


def _names(kinds: set[str]) -> bool:
    return bool(kinds & _DAYS) and kinds <= _DAYS | _BESIDE_DAYS


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


def _listed(found: list[Token]) -> list[Token]:
    """ "Mon wed fri only": three days in a row are those of every week."""
    told = list(found)
    for place in range(len(found)):
        end = place
        while kind_at(found, end) == "dow":
            end += 1
        end += end > place + 1 and kind_at(found, end) == "dows"
        only = end - place == 2 and kind_at(found, end) == "but" and found[end].text == "only"
        if end - place > 2 or only:
            told[place:end] = [Token("dows", each.value, each.text) for each in found[place:end]]
    return told


def _as_it_is(found: list[Token]) -> list[Token]:
    """ "Since its friday already" is a reason, and nothing began then."""
    for place, token in enumerate(found):
        if (
            token.kind == "since"
            and place + 2 < len(found)
            and found[place + 1].text == "its"
            and found[place + 2].kind in _DAYS
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
    told: list[Token] = []
    for place, token in enumerate(found):
        if token.text in _NEVER_MIND and place + 1 < len(found) and found[place + 1].text in {"matter", "care"}:
            told.append(Token("fill", 0, token.text))
        else:
            told.append(token)
    return told


_NEVER_MIND = frozenset({"doesnt", "dont", "does not", "do not", "wont", "didnt"})


def _not_next(found: list[Token]) -> list[Token]:
    """ "This friday not next" refuses nothing that was wished for."""
    for place, token in enumerate(found[:-1]):
        behind = place + 1 + (kind_at(found, place + 1) == "the")
        if token.kind != "not" or kind_at(found, behind) != "next" or kind_at(found, behind + 1) not in _ENDS:
            continue
        if kind_at(found, place - 1) in _DAYS and place > 1 and found[place - 2].kind == "this":
            return [*found[:place], *found[behind + 1 :]]
    return found


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
        if said & {"no", "nope", "wait", "scratch", "oops"} and apart > 1 and _begins_with_day(found, end):
            return [*found[:begin], Token("correction"), *found[end:]]
    return found


_NAMED = _DAYS | {"part", "num", "clock", "am", "pm"}
_OOPS = frozenset({"no", "nope", "wait", "ugh", "oops", "sorry", "scratch", "hmm", "shoot", "uh", "um", "ay", "perdon"})


def _day_refused(found: list[Token]) -> list[Token]:
    """ "Hoy ya no alcanzo": what is not done on a day named before it refuses the day."""
    for place in range(1, len(found) - 1):
        if found[place].text != "no" or found[place + 1].kind != "word" or not found[place + 1].text.endswith("o"):
            continue
        before = place - 1 - (found[place - 1].text == "ya")
        if kind_at(found, before) in _DAYS:
            return [*found[:place], Token("not", 0, "no"), *found[place + 2 :]]
    return found


def _all_but(found: list[Token]) -> list[Token]:
    """ "Any weekday but mondays", "anytime tomorrow but 11 to 1": all of it without those."""
    for place, token in enumerate(found):
        wide = any(each.kind in {"weekdays", "anytime"} for each in found[max(place - 4, 0) : place])
        step = place + 1 + (kind_at(found, place + 1) in {"the", "on", "not"})
        hours = kind_at(found, step) in {"num", "clock"} and kind_at(found, step + 1) in {"to", "dash", "until"}
        days = kind_at(found, step) in {"dow", "dows"} and kind_at(found, step + 1) in _ENDS | {
            "or",
            "and",
            "fill",
            "comma",
        }
        if token.kind == "but" and token.text == "but" and wide and (hours or days):
            return [*found[:place], Token("except", 0, "except"), *found[step:]]
    return found


def _is_it_too_early(found: list[Token]) -> list[Token]:
    """ "Is 7:30 monday too early" asks for it."""
    for place, token in enumerate(found):
        asks = found[0].text in {"is", "would", "wd"} or "?" in {each.text for each in found[place:]}
        if token.text in {"too early", "too late", "too soon", "muy temprano", "muy tarde"} and asks and place:
            return [*found[:place], Token("fill", 0, token.text), *found[place + 1 :]]
    return found


def _that_of_next_week(found: list[Token]) -> list[Token]:
    """ "El viernes, pero el de la semana que viene": friday of next week."""
    for place, token in enumerate(found):
        if (
            token.kind != "but"
            or place + 2 >= len(found)
            or [each.kind for each in found[place + 1 : place + 3]] != ["on", "of"]
        ):
            continue
        day = place - 1 - (kind_at(found, place - 1) == "comma")
        week = place + 3 + (kind_at(found, place + 3) == "the")
        if kind_at(found, day) == "dow" and {kind_at(found, week), kind_at(found, week + 1)} & {"week"}:
            return [*found[: day + 1], *found[week:]]
    return found


def _after_this_one(found: list[Token]) -> list[Token]:
    """ "The weekend after this one" is not this weekend but the one after."""
    for place, token in enumerate(found[:-2]):
        this = found[place + 2].kind == "this" or found[place + 2].text == "this one"
        if token.kind in {"week", "weekend"} and found[place + 1].kind == "after" and this:
            end = place + 3
            while end < len(found) and found[end].text in {"one", token.text}:
                end += 1
            begin = place - (kind_at(found, place - 1) in {"the", "on"} and place > 0)
            told = [
                Token("not", 0, "not"),
                Token("this", 0, "this"),
                token,
                Token("comma"),
                Token("word", 0, "the one"),
                Token("after", 0, "after"),
            ]
            return [*found[:begin], Token("comma"), *told, *found[end:]]
    return found


def _and_weekends(found: list[Token]) -> list[Token]:
    """ "Nights and weekends" are two wishes."""
    for place in range(1, len(found) - 1):
        two = kind_at(found, place - 1) == "part" and kind_at(found, place + 1) == "weekends"
        if found[place].kind == "and" and two:
            return [*found[:place], Token("or"), *found[place + 1 :]]
    return found


def _this_or_next(found: list[Token]) -> list[Token]:
    """ "This thurs or next" names thursday of next week too."""
    for place in range(2, len(found) - 1):
        this = found[place - 2].kind == "this" and found[place - 1].kind == "dow" and found[place].kind == "or"
        if this and found[place + 1].kind == "next" and kind_at(found, place + 2) in _ENDS | {"comma", "at", "fill"}:
            return [*found[: place + 2], found[place - 1], Token("week", 0, "week"), *found[place + 2 :]]
    return found


def _only_then(found: list[Token]) -> list[Token]:
    """ "Sun only after 1", "fri but only til noon": the hours bound that day."""
    for place, token in enumerate(found):
        bounds = kind_at(found, place + 1) in {"after", "before", "until", "by", "from", "between", "part"}
        if token.text == "only" and token.kind == "but" and kind_at(found, place - 1) in _DAYS and bounds:
            return [*found[:place], *found[place + 1 :]]
    return found


def _even_less(found: list[Token]) -> list[Token]:
    """ "El sábado no, el domingo menos" refuses sunday too."""
    return [
        Token("bad", 0, token.text)
        if token.text == "menos"
        and kind_at(found, place - 1) in _DAYS
        and kind_at(found, place + 1) in _ENDS | {"comma"}
        else token
        for place, token in enumerate(found)
    ]


def _nor_next(found: list[Token]) -> list[Token]:
    """ "Not this week not next" refuses next week too."""
    for place in range(2, len(found) - 2):
        link = place + 1 + (kind_at(found, place + 1) in {"or", "and", "comma"})
        link += kind_at(found, link) == "not"
        refused = kind_at(found, place) in {"week", "weekend"} and [each.kind for each in found[place - 2 : place]] == [
            "not",
            "this",
        ]
        if (
            refused
            and kind_at(found, link) == "next"
            and kind_at(found, link + 1) in _ENDS | {"comma"}
            and link > place + 1
        ):
            return [*found[: link + 1], found[place], *found[link + 1 :]]
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


_TURNS: tuple[Callable[[list[Token]], list[Token]], ...] = (
    _instead,
    _otherwise,
    _not_but,
    _only_if,
    _listed,
    _as_it_is,
    _not_too,
    _this_am,
    _no_matter,
    _and_weekends,
    _this_or_next,
    _only_then,
    _even_less,
    _that_of_next_week,
    _after_this_one,
    _nor_next,
    _not_next,
    _taken_back,
    _day_refused,
    _all_but,
    _is_it_too_early,
    _next_not_this,
)
