"""What each time in a text is there for, as our texts taught it: wished for, refused, or only told.

The rules of `scopes` decide by what they know; here every way to give the times their roles is weighed by the words
around each time, by the times beside it and by what the rules say. `training.times` fits the weights, `data/times.bin`.
It must never name a time that the text does not.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from heapq import nlargest
from itertools import chain, pairwise
from math import exp, log
from pathlib import Path
from struct import unpack_from
from typing import Literal, NamedTuple
from zlib import crc32, decompress

from answerback.understanding.when.pieces import Days, Element, Hours, Mark, Piece, Whole
from answerback.understanding.when.tokens import Token

Role = Literal["wished", "refused", "told"]
Roles = tuple[Role, ...]

WEIGHTS = Path(__file__).parent.parent / "data" / "times.bin"
BUCKETS = 1 << 17
"""One byte each; features that share one are rare enough."""

MOST = 8
"""Times in a text: beyond that only the rules are asked."""

TRIED, RARE = 12, 0.02
"""Ways looked at, at most, and what all others together may be worth."""

REACH, NEAR = 14, 4
"""Tokens looked at on each side, and those looked at one by one."""

CLOSE, SHORT = 2, 3
"""Words between two times that a list may have, and tokens that are looked at together."""

ROLES: tuple[Role, ...] = ("wished", "refused", "told")


class Ruled(NamedTuple):
    """What the rules say each time is for, and whether they would ask."""

    roles: Roles
    ask: bool


class Likely(NamedTuple):
    """One way to give the times their roles, and how likely it is, 0 to 1."""

    roles: Roles
    chance: float


def likeliest(
    found: Sequence[Element], tokens: Sequence[Token], ruled: Ruled, *, kept: Sequence[bool], answering: bool
) -> list[Likely]:
    """The likeliest ways to give the times of a text their roles, the best first.

    Where `kept`, a time has the role that the rules gave it in every way.
    """
    worth = _worths(found, tokens, ruled, answering=answering)
    for alone, role, is_kept in zip(worth.alone, ruled.roles, kept, strict=True):
        if is_kept:
            alone.update({other: NEVER for other in ROLES if other != role})
    whole = _whole(worth)
    found_ways: list[Likely] = []
    left = 1.0
    for sum_, way in _best_ways(worth):
        if left < RARE:
            break
        found_ways.append(Likely(way, exp(sum_ - whole)))
        left -= found_ways[-1].chance
    return found_ways


NEVER = -1e9


class _Worths(NamedTuple):
    """What each role of each time is worth, and what two roles beside each other are."""

    alone: list[dict[Role, float]]
    beside: list[dict[tuple[Role, Role], float]]


def _best_ways(worth: _Worths) -> list[tuple[float, Roles]]:
    """The best ways and what they are worth: of those that end in the same role only the best can go on to be."""
    ending: dict[Role, list[tuple[float, Roles]]] = {role: [(worth.alone[0][role], (role,))] for role in ROLES}
    for alone, beside in zip(worth.alone[1:], worth.beside, strict=True):
        ending = {
            role: nlargest(
                TRIED,
                (
                    (sum_ + alone[role] + beside[way[-1], role], (*way, role))
                    for ways in ending.values()
                    for sum_, way in ways
                ),
            )
            for role in ROLES
        }
    return [one for one in nlargest(TRIED, chain.from_iterable(ending.values())) if one[0] > NEVER / 2]


def _whole(worth: _Worths) -> float:
    """What all ways together are worth, as a logarithm."""
    total = dict(worth.alone[0])
    for alone, beside in zip(worth.alone[1:], worth.beside, strict=True):
        total = {role: alone[role] + _log_sum([total[one] + beside[one, role] for one in ROLES]) for role in ROLES}
    return _log_sum(list(total.values()))


def _log_sum(values: Sequence[float]) -> float:
    most = max(values)
    return most + log(sum(exp(value - most) for value in values))


def _worths(found: Sequence[Element], tokens: Sequence[Token], ruled: Ruled, *, answering: bool) -> _Worths:
    step, weights = _weights()
    features = Features.of(found, tokens, ruled, answering=answering)
    return _Worths(
        alone=[
            {role: step * sum(weights[bucket] for bucket in buckets(each, role)) for role in ROLES}
            for each in features.alone
        ],
        beside=[
            {
                (one, other): step * sum(weights[bucket] for bucket in buckets(each, f"{one} {other}"))
                for one in ROLES
                for other in ROLES
            }
            for each in features.beside
        ],
    )


def buckets(features: Sequence[str], role: str) -> list[int]:
    """Where the weights of features are for a role, or for the roles of two times beside each other."""
    seed = crc32(role.encode())
    return [crc32(feature.encode(), seed) % BUCKETS for feature in features]


@cache
def _weights() -> tuple[float, Sequence[int]]:
    """The worth of one step, and the weights in steps."""
    kept = decompress(WEIGHTS.read_bytes())
    (step,) = unpack_from("<f", kept)
    return step, memoryview(kept)[4:].cast("b")


class Features(NamedTuple):
    """What speaks for the role of each time, and for those of two beside each other."""

    alone: list[list[str]]
    beside: list[list[str]]

    @classmethod
    def of(cls, found: Sequence[Element], tokens: Sequence[Token], ruled: Ruled, *, answering: bool) -> "Features":
        """The features of a text's times, in order."""
        pieces = pieces_of(found)
        names = _names(pieces, tokens)
        alone = [
            sorted(
                {*_around(pieces, place, tokens, names), *_by_rule(pieces[place], ruled, place, answering=answering)}
            )
            for place in range(len(pieces))
        ]
        beside = [
            [*_between(found, one, other), *_said_between(one, other, tokens, roles)]
            for (one, other), roles in zip(pairwise(pieces), pairwise(ruled.roles), strict=True)
        ]
        return cls(alone, beside)


def pieces_of(found: Sequence[Element]) -> list[Piece]:
    """The times among the elements of a text."""
    return [each for each in found if not isinstance(each, Mark)]


def _names(pieces: Sequence[Piece], tokens: Sequence[Token]) -> list[str]:
    """What each token goes by: its letters, its kind where it is a number or a name of a day, one name for times."""
    timed = {place for piece in pieces for place in range(*piece.at)}
    return ["<time>" if place in timed else _name(token) for place, token in enumerate(tokens)]


def _name(token: Token) -> str:
    return token.kind if token.kind in _NUMBERS else token.text or token.kind


def _around(pieces: Sequence[Piece], place: int, tokens: Sequence[Token], names: Sequence[str]) -> Iterator[str]:
    begin, end = pieces[place].at
    yield f"kind {_kind(pieces[place])}"
    if end:
        own = [_name(token) for token in tokens[begin:end]]
        yield "own " + " ".join(own)
        yield from (f"in {name}" for name in own)
        yield from _side("<", tokens[:begin][::-1], names[:begin][::-1])
        yield from _side(">", tokens[end:], names[end:])
    yield f"times {min(len(pieces), 4)}"
    yield f"place {min(place, 3)}"
    yield f"tokens {min(len(tokens) // 4, 6)}"
    if place:
        yield f"behind {_kind(pieces[place - 1])}"
    if place + 1 < len(pieces):
        yield f"before {_kind(pieces[place + 1])}"
    telling = sorted({token.kind for token in tokens} & _TELLING)
    yield "telling " + " ".join(telling)
    yield from (f"tells {kind}" for kind in telling)


def _side(side: str, tokens: Sequence[Token], names: Sequence[str]) -> Iterator[str]:
    """What stands on one side, nearest first: words, kinds, pairs, how far, and whether the clause ended between."""
    crossed, before = 0, ""
    for far, (token, name) in enumerate(zip(tokens[:REACH], names[:REACH], strict=True)):
        crossed = min(crossed + (token.kind in _ENDS), 2)
        about = min(far, 3) if far < NEAR + 1 else 4
        yield f"{side}{about}{crossed} {name}"
        yield f"{side}{crossed} {name}"
        yield f"{side}{crossed} {before} {name}"
        if far < NEAR:
            yield f"{side}near{far} {before} {name}"
        if name != "<time>" and token.kind not in {"word", "fill"}:
            yield f"{side}{about}{crossed} kind {token.kind}"
            yield f"{side}{crossed} kind {token.kind}"
        before = name
    yield f"{side}long {min(len(names), 6)}"


def _by_rule(piece: Piece, ruled: Ruled, place: int, *, answering: bool) -> Iterator[str]:
    rule = ruled.roles[place]
    yield f"rule {rule}"
    yield f"rule {rule} {ruled.ask}"
    yield f"rule {rule} {_kind(piece)}"
    if not answering:
        yield "free"
        yield f"free {_kind(piece)}"


def _between(found: Sequence[Element], one: Piece, other: Piece) -> list[str]:
    first = next(place for place, each in enumerate(found) if each is one)
    last = next(place for place, each in enumerate(found) if each is other)
    marks = " ".join(each.kind for each in found[first + 1 : last] if isinstance(each, Mark))
    together = one.at == other.at and bool(one.at[1])
    return ["two", f"two {marks}", f"two {_kind(one)} {_kind(other)}", f"two {not marks} {together}"]


def _said_between(one: Piece, other: Piece, tokens: Sequence[Token], ruled: tuple[Role, Role]) -> Iterator[str]:
    """What was said between two times: two that are both wished for stand close, or have an "or" between them."""
    begin, end = one.at[1], other.at[0]
    if not begin or not other.at[1] or end < begin:
        return
    between = tokens[begin:end]
    kinds = [token.kind for token in between]
    two = f"{type(one).__name__} {type(other).__name__}"
    far = min(sum(kind not in _LISTING for kind in kinds), 5)
    either, ends = "or" in kinds, sum(kind in _ENDS for kind in kinds)
    yield f"gap {far} {either} {two}"
    yield f"gap {far} {min(ends, 2)} {two} ended"
    yield f"gap {far > CLOSE} {either} {ends > 0} {two}"
    yield from (f"kind between {kind} {two}" for kind in sorted({*kinds} - {"word", "fill"}))
    yield from (f"between {token.text} {two}" for token in between if token.kind in {"word", "fill"})
    if len(between) <= SHORT:
        yield f"between {' '.join(token.text or token.kind for token in between)} {two} whole"
    yield f"rules {' '.join(ruled)} {two}"
    yield f"rules {' '.join(ruled)} {far > CLOSE} {either}"


def _kind(piece: Piece) -> str:
    match piece:
        case Hours():
            shape = "part" if piece.part else "bare" if piece.bare else "exact" if piece.exact else "stretch"
            return f"hours {shape} {piece.side}"
        case Days():
            named = "weekday" if piece.weekday is not None else "weekdays" if piece.weekdays else ""
            return f"days {named or ('stretch' if piece.stretch else 'day')} {piece.side}"
        case Whole():
            return piece.kind
    return "from now"


_ENDS = frozenset({"stop", "comma", "but", "dash"})
_LISTING = frozenset({"comma", "stop", "or", "and", "fill", "on", "at", "in"})
"""What only joins the times of a list."""

_NUMBERS = frozenset({"num", "clock", "ord", "date", "iso", "dow", "dows", "month", "part", "noon"})
_TELLING = frozenset(
    {"wish", "good", "bad", "not", "past", "event", "happening", "my", "mine", "move", "cancel", "except", "anytime"}
)
