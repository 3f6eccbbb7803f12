"""What holds in every week or in one that is named: "mon wed fri only", "next week tues or wed mornings".

It renames and moves days; it must never take one day that is named for those of every week.
"""

from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import DAYS, ENDS, HOURS, Turn, turned


def weekly(found: list[Token]) -> list[Token]:
    """The tokens with the days of every week named as such."""
    return turned(found, _TURNS)


def _listed(found: list[Token]) -> list[Token]:
    """ "Mon wed fri only": three days in a row are those of every week."""
    told = list(found)
    for place in range(len(found)):
        end = place
        while kind_at(found, end) == "dow":
            end += 1
        end += end > place + 1 and kind_at(found, end) == "dows"
        slashed = [kind_at(found, at) for at in range(place, place + 5)]
        apart = found[place].value + 1 < found[place + 2].value if place + 2 < len(found) else False
        if slashed == ["dow", "slash", "dow", "slash", "dow"] and apart:
            # "mon/wed/fri after 5"
            told[place : place + 5] = [
                Token("dows", each.value, each.text) if each.kind == "dow" else Token("and", 0, "and")
                for each in found[place : place + 5]
            ]
        elif slashed[:3] == ["dow", "slash", "dow"] and told[place].kind == "dow":
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


def _both_of_every_week(found: list[Token]) -> list[Token]:
    """ "Tuesday and thursday afternoons": those of every week."""
    told = list(found)
    for place in range(len(found) - 3):
        kinds = [each.kind for each in found[place : place + 4]]
        if kinds in (["dow", "and", "dows", "part"], ["dow", "or", "dows", "part"]):
            told[place] = found[place]._replace(kind="dows")
    return told


def _week_behind(found: list[Token]) -> list[Token]:
    """ "Mon to wed 9 to 12, next week" are that week's."""
    comma = next((at for at in range(len(found) - 1, 0, -1) if found[at].kind == "comma"), 0)
    behind = [each for each in found[comma + 1 :] if each.kind not in {"the", "fill"}]
    ahead = {each.kind for each in found[:comma]}
    if [each.kind for each in behind] != ["next", "week"] or "dow" not in ahead or not ahead & _OF_HOURS:
        return found
    if ahead - _OF_HOURS - _AMONG_DAYS:
        return found
    return [*behind, *_part_last(found[:comma])]


_AMONG_DAYS = frozenset({"dow", "or", "and", "to", "a", "of", "the", "on", "at", "fill", "from", "between", "comma"})


def _part_ahead(found: list[Token]) -> list[Token]:
    """ "Mornings next week, tues or wed" are the mornings of both."""
    week = next((at for at, token in enumerate(found) if token.kind == "week"), 0)
    days = found[week + 2 :]
    kinds = {each.kind for each in days}
    named = [each.kind for each in found[: week + 2] if each.kind not in {"fill", "the"}] == [*_PART_OF_WEEK, "comma"]
    if not week or not named or "dow" not in kinds or kinds - _AMONG_DAYS:
        return found
    return [*found[1:week], found[week], *days, found[0]]


_PART_OF_WEEK = ("part", "next", "week")


def _part_last(found: list[Token]) -> list[Token]:
    """ "Mornings tues or wed" told with the part of day behind the days it is of."""
    only = {each.kind for each in found[1:]} <= _AMONG_DAYS
    return [*found[1:], found[0]] if found and found[0].kind == "part" and only else found


_OF_HOURS = HOURS | {"after", "before"}


def _of_one_week(found: list[Token]) -> list[Token]:
    """ "Next week tues or wed mornings" are that week's."""
    week = next((at for at, token in enumerate(found) if token.kind == "week"), 0)
    if kind_at(found, week - 1) not in {"next", "this"}:
        return found
    return [
        token._replace(kind="dow") if token.kind == "dows" and kind_at(found, at + 1) == "part" else token
        for at, token in enumerate(found)
    ]


def _every_day_even(found: list[Token]) -> list[Token]:
    """ "Every day after 6, weekends too" are still all days."""
    for place, token in enumerate(found[:-2]):
        wide = any(each.kind == "anytime" for each in found[:place])
        too = found[place + 2].text in {"too", "included", "incluidos", "tambien", "also"}
        if token.kind == "comma" and wide and found[place + 1].kind in {"weekends", "weekend"} and too:
            return [*found[:place], *found[place + 3 :]]
    return found


def _any_of_them(found: list[Token]) -> list[Token]:
    """ "A wednesday afternoon, any of them" is any wednesday."""
    for place, token in enumerate(found[:-1]):
        day = place + 1
        any_of = any(each.text in {"any of them", "any one", "doesnt matter which"} for each in found[day:])
        named = sum(each.kind in {"dow", "dows"} for each in found)
        if token.text == "a" and kind_at(found, day) == "dow" and any_of and named == 1:
            kept = [each for each in found[day + 1 :] if each.kind != "either"]
            return [*found[:place], Token("any", 0, "any"), found[day], *kept]
    return found


def _has_to_be_a(found: list[Token]) -> list[Token]:
    """ "It has to be a monday", "gotta be a friday", "necesito un lunes": whichever of them."""
    told = list(found)
    for place, token in enumerate(found[:-1]):
        led = place and (found[place - 1].text in _MUST or found[place - 1].kind == "wish")
        if token.text in _ONE_OF and led and kind_at(found, place + 1) == "dow":
            told[place : place + 2] = [Token("fill"), found[place + 1]._replace(kind="dows")]
    return told


_ONE_OF = frozenset({"a", "an", "un"})
_MUST = frozenset({"be", "sea", "ser", "prefer", "prefiero", "need", "want", "necesito", "quiero"})


def _or_a_day(found: list[Token]) -> list[Token]:
    """ "Evenings r good, or sunday": the day is another choice, at any hour."""
    for place, token in enumerate(found):
        day = place + 1 + (kind_at(found, place + 1) == "on")
        if token.kind != "or" or kind_at(found, day) not in {"dow", "dows"} or kind_at(found, day + 1) not in ENDS:
            continue
        ahead = [each for each in found[:place] if each.kind not in {"comma", "good", "fill"}]
        if len(ahead) == 1 and ahead[0].kind == "part":
            return [*found[: place + 1], Token("anytime", 0, "any time"), *found[place + 1 :]]
    return found


def _taken_each_week(found: list[Token]) -> list[Token]:
    """ "Mondays i have dialysis. other days fine" refuses every monday."""
    for place, token in enumerate(found[:-2]):
        ahead = found[:place]
        kinds = {each.kind for each in ahead}
        other = token.text == "other" and kind_at(found, place + 1) == "day" and kind_at(found, place + 2) == "good"
        if other and "dows" in kinds and kinds & {"word", "event", "happening"} and kinds <= _TAKEN:
            return [Token("not", 0, "not"), *ahead, Token("anytime", 0, "any other day"), *found[place + 2 :]]
    return found


_TAKEN = frozenset({"dows", "and", "fill", "word", "event", "happening", "stop", "comma", "my", "a", "the", "to", "on"})


def _only_time(found: list[Token]) -> list[Token]:
    """ "Weekend mornings are the only time we are home" holds for every weekend."""
    begins = [place for place, token in enumerate(found) if token.kind == "weekend"]
    said = [token.text for token in found]
    only = any(said[at : at + 2] == ["only", "time"] for at in range(len(said)))
    if len(begins) != 1 or not only or kind_at(found, begins[0] - 1) in {"this", "next", "the"}:
        return found
    place = begins[0]
    return [*found[:place], Token("weekends", 0, found[place].text), *found[place + 1 :]]


def _only_those(found: list[Token]) -> list[Token]:
    """ "Puro sábado puedo yo", "solo los lunes": those of every week."""
    told = list(found)
    for place, token in enumerate(found[:-1]):
        alone = token.text in _PURE and kind_at(found, place + 2) in {"good", "wish"}
        if alone and found[place + 1].kind == "dow":
            told[place + 1] = found[place + 1]._replace(kind="dows")
    return told


_PURE = frozenset({"puro", "puros", "solo", "solamente", "nomas", "nada mas"})


def _others_apart(found: list[Token]) -> list[Token]:
    """ "Los lunes no puedo los demás días sí": behind a refusal the other days begin a clause of their own."""
    for place, token in enumerate(found):
        refused = kind_at(found, place - 1) in {"not", "bad", "no"}
        if place > 1 and refused and token.text.startswith(_OTHERS) and kind_at(found, place - 2) in DAYS | {"dows"}:
            return [*found[:place], Token("comma"), *found[place:]]
    return found


_OTHERS = ("los demas", "todos los demas", "any other", "other days", "cualquier otro", "the other days", "los otros")


def _rest_of_each(found: list[Token]) -> list[Token]:
    """ "Never mondays, rest of the week is fine" is every other day, whichever the week."""
    for place, token in enumerate(found[:-2]):
        refused = any(each.kind == "dows" for each in found[:place]) and any(
            each.kind in {"not", "no", "bad"} for each in found[:place]
        )
        week = place + 1 + (kind_at(found, place + 1) == "the")
        if token.kind == "rest" and refused and kind_at(found, week) == "week":
            return [*found[:place], Token("anytime", 0, "any other day"), *found[week + 1 :]]
    return found


def _wide_open(found: list[Token]) -> list[Token]:
    """ "Not before 3 on weekdays, saturdays wide open": those have every hour, and no bound of the others."""
    for place in range(1, len(found)):
        day = place - 1 - (found[place - 1].text in {"are", "is"})
        open_ = found[place].text in {"wide open", "completely open", "totally open"} and found[place].kind == "good"
        if not open_ or kind_at(found, day) not in {"dow", "dows"} or day < 1:
            continue
        behind = kind_at(found, place + 1) in {"", "stop", "comma"}
        apart = found[day - 1].kind in {"comma", "stop", "but"}
        if behind and apart and {each.kind for each in found[: day - 1]} & HOURS:
            return [*found[: day + 1], Token("anytime", 0, "all day"), *found[place + 1 :]]
    return found


_TURNS: tuple[Turn, ...] = (
    _week_behind,
    _wide_open,
    _part_ahead,
    _of_one_week,
    _both_of_every_week,
    _listed,
    _every_day_even,
    _any_of_them,
    _has_to_be_a,
    _or_a_day,
    _taken_each_week,
    _only_time,
    _rest_of_each,
    _only_those,
    _others_apart,
)
