"""Turns of speech told in the plain words of the grammar: "not too early" leaves the hour open.

It renames, drops and adds tokens before the others are looked at; it must never take a time for another.
"""

from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import DAYS, ENDS, Turn, begins_with_day, turned


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


def _listed(found: list[Token]) -> list[Token]:
    """ "Mon wed fri only": three days in a row are those of every week."""
    told = list(found)
    for place in range(len(found)):
        end = place
        while kind_at(found, end) == "dow":
            end += 1
        end += end > place + 1 and kind_at(found, end) == "dows"
        if [kind_at(found, at) for at in range(place, place + 3)] == ["dow", "slash", "dow"]:
            # "tues/thurs only"
            only_two = place + 3 < len(found) and found[place + 3].text == "only"
            told[place : place + 3] = [
                Token("dows", each.value, each.text) if only_two and each.kind == "dow" else each
                for each in found[place : place + 3]
            ]
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
        if said & {"no", "nope", "wait", "scratch", "oops"} and apart > 1 and begins_with_day(found, end):
            return [*found[:begin], Token("correction"), *found[end:]]
    return found


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


def _is_it_too_early(found: list[Token]) -> list[Token]:
    """ "Is 7:30 monday too early" asks for it."""
    for place, token in enumerate(found):
        asks = found[0].text in {"is", "would", "wd"} or "?" in {each.text for each in found[place:]}
        if token.text in {"too early", "too late", "too soon", "muy temprano", "muy tarde"} and asks and place:
            return [*found[:place], Token("fill", 0, token.text), *found[place + 1 :]]
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
    return [
        Token("bad", 0, token.text)
        if token.text == "menos" and kind_at(found, place - 1) in DAYS and kind_at(found, place + 1) in ENDS | {"comma"}
        else token
        for place, token in enumerate(found)
    ]


def _is_it_open(found: list[Token]) -> list[Token]:
    """ "Are you open the 26th" asks about the business, and wishes for nothing yet."""
    return [
        Token("word", 0, token.text)
        if token.text in {"open", "closed"}
        and place > 1
        and found[place - 1].text in {"you", "u", "yall", "they", "guys", "it"}
        and found[place - 2].text in {"are", "r", "is", "you", "u"}
        and kind_at(found, place - 3) in ENDS | {"comma"}
        else token
        for place, token in enumerate(found)
    ]


_TURNS: tuple[Turn, ...] = (
    _only_if,
    _listed,
    _as_it_is,
    _not_too,
    _this_am,
    _no_matter,
    _only_then,
    _even_less,
    _taken_back,
    _day_refused,
    _is_it_too_early,
    _is_it_open,
)
