"""Some days with hours of their own, and all the others with theirs: "thursdays only before noon, other days whenever",
"not before 10, except thursday, thursday any time is ok", "any day after 5, saturdays all day".

It names every weekday with its hours; it must never give a day hours that were told of another.
"""

from collections.abc import Sequence

from answerback.understanding.when.other_days import ANY_OTHER, OTHERS, OTHERWISE, WORK
from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import CLAUSE_ENDS, HOURS, Turn


def _others_with_theirs(found: list[Token]) -> list[Token]:
    """ "Tues i can do after 5, other days after 2"."""
    for place in range(2, len(found)):
        begin = _behind_others(found, place)
        ahead = found[:place]
        if found[place - 1].kind == "or" or (found[place].text in OTHERWISE and not _is_bound(ahead)):
            # "tuesday at 10, otherwise whenever" is a second choice
            continue
        if begin is None or kind_at(found, place - 1) not in CLAUSE_ENDS | {"but", "or", "and"} or not _suits(ahead):
            continue
        theirs, end = _hours(found, begin)
        if theirs is None and end == begin and found[place].kind == "anytime":
            theirs = [_ALL_DAY]
        if theirs is not None and not {each.kind for each in found[end:]} & _MORE:
            return _told(found[: place - 1], theirs, found[end:])
    return found


def _except_with_its_own(found: list[Token]) -> list[Token]:
    """ "Before noon please, except thursday, thursday it has to be after 3"."""
    for place, token in enumerate(found[:-1]):
        if token.kind != "except" or place == 0:
            continue
        week = [each for each in found[:place] if each.kind in {"this", "next", "week"}]
        limit, _ = _hours([each for each in found[:place] if each not in week], 0)
        kinds = {each.kind for each in found[:place]} - {"this", "next", "week", "comma", "anytime", *_SMALL}
        if not limit or kinds - {each.kind for each in limit} or len(week) not in {0, 2}:
            continue
        day = place + 1 + (kind_at(found, place + 1) in {"on", "the"})
        comma = day + 1 + (kind_at(found, day + 1) == "comma")
        why = comma < len(found) and found[comma].text in _WHEN
        again = _behind_small(found, day + 1)
        named_again = kind_at(found, again) in {"dow", "dows"} and found[again].value == found[day].value
        own, end = _hours(found, _behind_why(found, again + named_again))
        if not (why or named_again) or limit == [_ALL_DAY]:
            # "any time except wed afternoon" refuses that, "mornings except thursday, afternoons are fine too" more
            continue
        alone = kind_at(found, day) in {"dow", "dows"} and not {each.kind for each in found[end:]} & _MORE
        if own and alone:
            return _told([found[day], *own, *week], [*limit, *week], found[end:])
    return found


def _any_day_but_its_own(found: list[Token]) -> list[Token]:
    """ "Any day after 5, saturdays all day"."""
    if not found or found[0].kind != "anytime" or found[0].text not in _ANY_DAY:
        return found
    limit, end = _hours(found, 1)
    day = _behind_small(found, end)
    if not limit or kind_at(found, day) != "dows":
        return found
    own, behind = _hours(found, day + 1)
    if own and not {each.kind for each in found[behind:]} & _MORE:
        return _told([found[day], *own], limit, found[behind:])
    return found


def _behind_why(found: Sequence[Token], place: int) -> int:
    """ "Menos los viernes que salgo antes y puedo desde la 1": the hours behind why they are so."""
    if place >= len(found) or found[place].text not in {"que", "when", "cuando", "where"}:
        return place
    at = place + 1
    while kind_at(found, at) in {"word", "fill", "good", "wish", "and", "early"}:
        at += 1
    return at


def _but_its_own(found: list[Token]) -> list[Token]:
    """ "After 1 on any day, but make it after 3 on thursdays", "only weekends, and on sundays not before noon"."""
    comma = next((at for at, each in enumerate(found) if each.kind in {"comma", "stop"}), len(found))
    ahead = [each for each in found[:comma] if each.text not in _ONLY and each.kind != "on"]
    limit, _ = _hours(ahead, 0)
    base = {weekday for each in ahead for weekday in _weekdays_of(each)} if limit is None else set(range(7))
    if limit is None and ({each.kind for each in ahead} - _SMALL) - {"weekends", "weekdays", "weekend"}:
        return found
    begin = _behind_small(found, comma)
    begin += kind_at(found, begin) in {"on", "later_open"}
    own = found[begin:]
    days = [each for each in own if each.kind == "dows"]
    rest = [each for each in own if each.kind not in {"dows", "on"} and each.text not in {"make", "it", "only"}]
    hours, end = _hours(rest, 0)
    alone = len(days) == 1 and days[0].value in base and end == len(rest)
    if not alone or not hours or len(base) < _TWO or not _is_a_limit(found[comma:begin], ahead, own):
        return found
    return _told([days[0], *hours], limit or [_ALL_DAY], [], sorted(base))


def _is_a_limit(between: list[Token], ahead: list[Token], own: list[Token]) -> bool:
    """Is the second clause a limit of its days, linked to the first, and no other wish ("after 5, or saturdays") and no
    preference ("and fridays after 3 work best")?
    """
    linked = any(each.kind in {"but", "and", "later_open"} for each in (*between, *own[:1]))
    bounds = any(each.kind in _BOUNDS for each in own)
    named = any(each.kind in {"dows", "dow"} for each in ahead)
    return linked and bounds and not named and not any(each.text in _PREFERS for each in own)


_TWO = 2
_BOUNDS = frozenset({"after", "before", "from", "until", "by"})
_PREFERS = frozenset({"too", "also", "as well", "tambien", "best", "preferred", "ideal", "great", "if possible", "or"})
_ONLY = frozenset({"only", "just", "solo"})


def _told(own: list[Token], theirs: list[Token], rest: list[Token], among: Sequence[int] = range(7)) -> list[Token]:
    """The days of `own` with their hours, or each of the others `among` these weekdays with `theirs`."""
    named = {weekday for each in own for weekday in _weekdays_of(each)}
    near = [each for each in own if each.kind in _NEAR]
    if near:
        return [*own, _STOP, Token("after", 0, "after"), near[-1], *theirs, _STOP, *rest]
    others = [Token("dows", weekday, THE_OTHERS) for weekday in among if weekday not in named]
    listed = [each for other in others for each in (_OR, other)]
    return [*own, _STOP, *listed, *theirs, _STOP, *rest] if others else [*own, _STOP, *rest]


THE_OTHERS = "the others"
"""What a day is called that stands for "other days"."""
_NEAR = ("today", "tomorrow")
_OR, _STOP = Token("or", 0, "or"), Token("stop")


def _weekdays_of(token: Token) -> tuple[int, ...]:
    if token.kind in {"dow", "dows"}:
        return (token.value,)
    return {"weekdays": (0, 1, 2, 3, 4), "weekends": (5, 6), "weekend": (5, 6)}.get(token.kind, ())


def _behind_others(found: list[Token], place: int) -> int | None:
    """The place behind "other days", "any other day", "otherwise"."""
    here = found[place]
    two = [each.text for each in found[place : place + 2]]
    if here.kind == "anytime" and here.text.startswith((*ANY_OTHER, *OTHERS, *_ALL_OTHERS)):
        return place + 1
    if two in (["other", "days"], ["the other", "days"]):
        return place + 2
    if here.text in _ALL_OTHERS | OTHERS:
        return place + 1
    return place + 1 if here.text in OTHERWISE and kind_at(found, place + 1) in {"anytime", "good", "after"} else None


def _hours(found: Sequence[Token], begin: int) -> tuple[list[Token] | None, int]:
    """The hours from `begin` to the end of their clause, none for any hour, and the place behind; None for more."""
    place = _behind_small(found, begin)
    told: list[Token] = []
    while place < len(found) and found[place].kind not in {"stop", "comma", "except"}:
        if found[place].kind in _OF_HOURS:
            told.append(found[place])
        elif found[place].kind not in _SMALL | {"anytime"} and found[place].text not in _HAS_TO | _IS_ALL:
            return None, place
        place += 1
    while told and told[0].kind in {"to", "the", "of"}:
        told.pop(0)
    clocks = {each.kind for each in told} & HOURS
    anytime = any(each.kind in {"anytime", "good"} for each in found[begin:place])
    if clocks:
        return told, place
    return ([_ALL_DAY] if anytime else None), place


def _behind_small(found: Sequence[Token], place: int) -> int:
    while kind_at(found, place) in _SMALL - {"good"} | {"comma"} or (
        place < len(found) and found[place].text in {"when", "it", "cuando", "then"}
    ):
        place += 1
    return place


_ALL_DAY = Token("anytime", 0, "all day")


def _is_bound(ahead: list[Token]) -> bool:
    """ "Thursdays i can only do mornings", "friday it has to be after 3"."""
    return any(each.text in _HAS_TO | _ONLY or each.kind in {"dows", "weekdays", "weekends"} for each in ahead)


def _suits(ahead: list[Token]) -> bool:
    """Are there days of the week with hours, wished for, and nothing else?"""
    kinds = {each.kind for each in ahead if each.text not in _HAS_TO}
    near = len(kinds & {*_NEAR}) == 1 and not kinds & _WEEKLY
    wished = (near or kinds & _WEEKLY) and kinds & (HOURS | {"anytime"})
    return (
        bool(wished)
        and kinds <= _IN_A_LIMIT | ({*_NEAR} if near else set())
        and not any(each.text in WORK for each in ahead)
    )


_ALL_OTHERS = frozenset({"all other days", "all the other days"})
_ANY_DAY = frozenset({"any day", "every day", "everyday", "cualquier dia", "todos los dias"})
_HAS_TO = frozenset({"has", "needs", "must", "have", "always", "siempre"})
_WHEN = frozenset({"when", "where", "then", "que", "cuando", "entonces"})
_IS_ALL = frozenset({"is", "all", "only", "i can", "do", "puede", "ser"})
_SMALL = frozenset({"fill", "wish", "good", "but", "and"})
_OF_HOURS = frozenset(
    {"before", "after", "from", "until", "by", "between", "to", "dash", "around", "at", "in", "the", "of", "a", "or"}
    | {"num", "clock", "noon", "part", "am", "pm", "oclock", "early", "late", "later_open"}
)
_WEEKLY = frozenset({"dow", "dows", "weekdays", "weekends", "weekend"})
_IN_A_LIMIT = _OF_HOURS | _WEEKLY | {"on", "comma", "anytime", "only"} | _SMALL
_MORE = frozenset(
    {
        "dow",
        "dows",
        "ord",
        "date",
        "month",
        "tomorrow",
        "today",
        "week",
        "weekend",
        "weekends",
        "weekdays",
        "this",
        "next",
    }
    | {"not", "no", "bad", "except", *HOURS}
)
"""What goes on behind is then more than two wishes."""

TURNS: tuple[tuple[frozenset[str], Turn], ...] = (
    (frozenset({"anytime", "other", "the other", "vague_day"}) | OTHERWISE | OTHERS, _others_with_theirs),
    (frozenset({"except"}), _except_with_its_own),
    (frozenset({"anytime"}), _any_day_but_its_own),
    (frozenset({"dows"}), _but_its_own),
)
"""What may be there by one of these kinds or words, in their order."""
