"""The likeliest reading of a text's times: the rules' own, or another that the words around them speak for.

Readings that come to the same count together. Where none is likely enough it asks; it must never unsay an ambiguity
that stands in the words themselves ("next friday").
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from answerback.engine.times import Suits, Times
from answerback.understanding.when.pieces import Element, Hours, Mark
from answerback.understanding.when.roles import MOST, Likely, Role, Roles, Ruled, likeliest, pieces_of
from answerback.understanding.when.scopes import Clause, Scoped, joined, keep_the_hour
from answerback.understanding.when.tokens import Token

LEAST = 0.6
"""A reading that is no likelier is asked about."""

SURE = 0.9
"""So likely a reading must be where the rules would ask."""

CLEAR = 0.97
"""So likely it must be that people who write freely wish for no time at all, where some is named."""

CLEAR_ANSWERING = 0.6
"""The same where they were asked when they can come; below it they are asked again."""

_MOVING = frozenset({"move", "moved", "correction"})
"""What takes a time back or puts another in its place is for the rules alone."""

_SPEAKING = frozenset({"word", "my", "past", "happening", "event"})
"""Where nothing is said but times, nothing is told by them."""

Reader = Callable[[Scoped], Times]


def likeliest_reading(
    found: Sequence[Element], tokens: Sequence[Token], ruled: Scoped, read: Reader, *, answering: bool
) -> Times:
    """What a text says about when. `ruled` is what the rules found; `read` puts clauses into constraints."""
    by_rule = read(ruled)
    kinds = {each.kind for each in found if isinstance(each, Mark)}
    if not 0 < len(pieces_of(found)) <= MOST or kinds & _MOVING or not kinds & _SPEAKING:
        return by_rule
    ways, read_as = _ways(found, tokens, ruled, read, by_rule, answering=answering)
    best, chance = _best(ways, read_as)
    if best.kind == "none" and chance < (CLEAR_ANSWERING if answering else CLEAR):
        wishing = [way for way in ways if read_as[way.roles].wanted]
        best, left = _best(wishing, read_as) if wishing else (best, chance)
        chance = left if answering else left / (sum(way.chance for way in wishing) or 1.0)
    least = 1.0 if by_rule.ask and "if" in kinds else SURE if by_rule.ask else LEAST
    return best if chance >= least else replace(best, ask=True)


def likely_readings(found: Sequence[Element], tokens: Sequence[Token], ruled: Scoped, read: Reader) -> list[Times]:
    """What a text that answers would say about when in each likely way to give its times their roles."""
    kinds = {each.kind for each in found if isinstance(each, Mark)}
    if not 0 < len(pieces_of(found)) <= MOST or kinds & _MOVING:
        return []
    _, read_as = _ways(found, tokens, ruled, read, read(ruled), answering=True)
    return list(read_as.values())


def _ways(
    found: Sequence[Element], tokens: Sequence[Token], ruled: Scoped, read: Reader, by_rule: Times, *, answering: bool
) -> tuple[list[Likely], dict[Roles, Times]]:
    """The likely ways, the likeliest first, and what a text says by each."""
    rule = ruled_roles(found, ruled)
    ways = _agreed(found, likeliest(found, tokens, rule, kept=_kept(found, rule), answering=answering))
    return ways, {
        way.roles: by_rule if way.roles == rule.roles else read(in_roles(found, way.roles, ruled)) for way in ways
    }


def _kept(found: Sequence[Element], rule: Ruled) -> list[bool]:
    """Which times are refused by a "not" right before them, and stay refused."""
    places = [place for place, each in enumerate(found) if not isinstance(each, Mark)]
    return [
        role == "refused" and place > 0 and _is_refusal(found[place - 1])
        for role, place in zip(rule.roles, places, strict=True)
    ]


def _agreed(found: Sequence[Element], ways: list[Likely]) -> list[Likely]:
    """Those where of two hours with an "or" between not one is refused: "before that or after 3" is both or none."""
    hours = [(number, piece) for number, piece in enumerate(pieces_of(found)) if isinstance(piece, Hours)]
    places = {id(each): place for place, each in enumerate(found)}
    either = [
        (one, other)
        for (one, first), (other, second) in pairwise(hours)
        if [each.kind for each in found[places[id(first)] : places[id(second)]] if isinstance(each, Mark)] == ["or"]
    ]
    left = [way for way in ways if all({way.roles[one], way.roles[two]} != _AT_ODDS for one, two in either)]
    whole = sum(way.chance for way in left)
    return [Likely(way.roles, way.chance / whole) for way in left] if either and left else ways


_AT_ODDS = {"wished", "refused"}


def _is_refusal(element: Element) -> bool:
    return isinstance(element, Mark) and element.kind in {"not", "no", "except"}


def _best(ways: Sequence[Likely], read_as: dict[Roles, Times]) -> tuple[Times, float]:
    """The reading that is likeliest, and how likely with all that come to the same."""
    chances: dict[tuple[object, ...], float] = {}
    for way in ways:
        meaning = _meaning(read_as[way.roles])
        chances[meaning] = chances.get(meaning, 0.0) + way.chance
    meant = max(chances, key=lambda each: chances[each])
    first = next(way for way in ways if _meaning(read_as[way.roles]) == meant)
    return read_as[first.roles], chances[meant]


def _meaning(times: Times) -> tuple[object, ...]:
    """What a reading comes to: a refusal of what was not wished for anyway adds nothing."""
    never = [each for each in times.never if not times.wanted or any(_touch(each, wish) for wish in times.wanted)]
    return times.kind == "none", times.wanted, tuple(never), times.asap


def _touch(refused: Suits, wished: Suits) -> bool:
    """May something be both, by its hours, its dates and its weekday?"""
    hours = refused.start < wished.end and wished.start < refused.end
    begins = refused.first is None or wished.last is None or refused.first <= wished.last
    ends = refused.last is None or wished.first is None or wished.first <= refused.last
    one_day = wished.first if wished.first == wished.last else None
    weekday = one_day is None or not refused.weekdays or one_day.weekday() in refused.weekdays
    return hours and begins and ends and weekday


def in_roles(elements: Sequence[Element], roles: Sequence[Role], ruled: Scoped) -> Scoped:
    """The clauses of a text whose times have these roles; what is old or elsewhere is what the rules found so."""
    result = Scoped(old=ruled.old, elsewhere=ruled.elsewhere)
    join, left = "then", list(roles)
    for each in elements:
        if isinstance(each, Mark):
            result.fresh = result.fresh or each.kind == "stop"
            join = joined(join, each.kind)
            continue
        role = left.pop(0)
        if role == "told":
            continue
        wanted = role == "wished"
        if join == "then" or result.fresh or not result.clauses or result.clauses[-1].wanted != wanted:
            result.clauses.append(Clause(wanted=wanted))
        result.clauses[-1].add(each, join)
        join, result.fresh = "", False
    keep_the_hour(result)
    return result


def ruled_roles(elements: Sequence[Element], result: Scoped) -> Ruled:
    """What the rules found each time of a text to be for; a time they put in other words is known by its place."""
    found: dict[int, Role] = {}
    placed: dict[tuple[int, int], Role] = {}
    for clause in result.clauses:
        for piece in clause.pieces:
            found[id(piece)] = placed[piece.at] = "wished" if clause.wanted else "refused"
    roles = [
        found.get(id(piece)) or (placed.get(piece.at) if piece.at[1] else None) or "told"
        for piece in pieces_of(elements)
    ]
    return Ruled(tuple(roles), result.ask)
