"""A second reader of times: a small trained net, held against what the rules read.

It reads the words forwards and backwards (gated recurrent units, two layers) and says of an instant, by where it stands
to each time named, whether it suits. It knows the rules' texts but not the rules, so the two go wrong in different
places: where it doubts a reading, that is asked about. It must never add a time to what the rules read.

`training.second` fits the weights, one byte each.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from math import exp, tanh
from operator import mul
from pathlib import Path
from struct import unpack_from
from typing import NamedTuple
from zlib import decompress

from answerback.engine.times import Times
from answerback.understanding.products import Table
from answerback.understanding.when.as_seen import Seen, Stands, Tried, tried
from answerback.understanding.when.pieces import Moment, Whole

DATA = Path(__file__).parent.parent / "data" / "second.bin"

YES, NO, NOTHING, ASK = range(4)
"""What it says of an instant: suits, does not, no time is wished for at all, has to be asked about."""

PIECES = 8
"""Times looked at."""

DOUBTED = 0.75
"""A reading that is doubted so much is asked about."""

AGREED = 0.06
"""One that the rules would ask about, for a word they did not take up, is believed when it is doubted less."""

BELIEVED = 0.1
"""Another likely reading of the same times is taken instead when it is doubted less, and the rules' own is not."""

BETTER = 0.05
"""What another reading must be doubted less for it to be the better one."""

CLEARLY = 0.2
"""The rules' own is asked about when another is doubted so much less, though neither is believed."""

FEW, MOST = 2, 3
"""Times in a text it judges: of more than a few it doubts a reading only where something else is told, and of more than
that the rules know better."""

_NEVER_UNASKED = frozenset({"filter", "point"})
"""What would open every week to come, and one moment, which may be over or come twice, stay asked about."""

_LONG = 18
"""Words and times, beyond which a text is left to the rules: each costs time, and a long one is seldom an answer."""

_OTHER_WORDS = frozenset({"word", "fill", "my"})
_TOLD_WORDS = frozenset({"word", "my"})
"""Where nothing else is said, the rules know better than to be doubted."""

_LAYERS = 2

Numbers = list[float]


class _Rows(NamedTuple):
    """What words, kinds and stands are known by: a row each, and the worth of one step in each column."""

    rows: list[memoryview]
    steps: Numbers

    def at(self, place: int) -> Numbers:
        """The row of one of them."""
        return list(map(mul, self.rows[place], self.steps))

    def columns(self) -> list[Numbers]:
        """The whole, turned on its side."""
        return [list(each) for each in zip(*map(self.at, range(len(self.rows))), strict=True)]


class _Net(NamedTuple):
    rows: dict[str, _Rows]
    tables: dict[str, Table]
    lists: dict[str, dict[str, int]]
    state: int


def held_against(said: Times, sight: Seen, moment: Moment, others: Callable[[], Sequence[Times]]) -> Times:
    """What the rules read, to be asked about or not as far as this reader agrees, or one of the `others` that they hold
    likely, if it adds no time. What the words themselves leave open ("next friday") stays open.
    """
    many = len(sight.pieces) > FEW
    plain = (_TOLD_WORDS if many else _OTHER_WORDS).isdisjoint(sight.kinds)
    if not 0 < len(sight.pieces) <= MOST or len(sight.words) > _LONG or (plain and not said.ask):
        return said
    if _is_left_open(sight):
        return said
    shown = _Shown.of(sight, moment)
    doubt = shown.doubt(said)
    still_asked = said.ask and (doubt >= AGREED or said.kind in _NEVER_UNASKED)
    if doubt < BETTER or plain:
        return replace(said, ask=still_asked)
    other = min(others(), key=shown.doubt, default=said)
    less = shown.doubt(other)
    if doubt - less <= BETTER:
        return replace(said, ask=still_asked if said.ask else doubt >= DOUBTED)
    believed = less < BELIEVED and not other.ask and not (said.ask and other.kind in _NEVER_UNASKED)
    if believed and not shown.adds(other, said):
        return other
    return replace(said, ask=said.ask or doubt - less >= CLEARLY)


def _is_left_open(sight: Seen) -> bool:
    if "if" in sight.kinds or any(not isinstance(each, Whole) and each.ask for each in sight.pieces):
        return True
    weekday = any(kind.startswith("D weekday") for kind in sight.kinds)
    behind = zip(sight.kinds, [*sight.kinds[1:], "stop"], strict=True)
    return any(
        (kind in _SIDES and (after in _ENDS or (after == "my" and weekday)))
        or (kind == "except" and after == "this")
        or (kind.startswith("D ") and after == "that")
        for kind, after in behind
    )


_SIDES, _ENDS = frozenset({"after", "before"}), frozenset({"stop", "comma"})
"""Of something told, not of a time: "delivery friday 8 to 12, come after", "after my trip on friday"."""


class _Shown(NamedTuple):
    """Instants held against the times of a text, and what this reader says of each."""

    instants: list[Tried]
    said: list[Numbers]

    @classmethod
    def of(cls, sight: Seen, moment: Moment) -> "_Shown":
        """What is tried for a text's times."""
        instants = tried(sight.pieces[:PIECES], moment)
        return cls(instants, list(judged(sight, [(each.stands, each.beside) for each in instants])))

    def doubt(self, times: Times) -> float:
        """How much speaks against a reading, 0 to 1; a half where nothing tried would suit: neither is shown."""
        suits = [times.allows(each.instant) for each in self.instants]
        if not suits or (times.kind != "none" and not any(suits)):
            return 0.5
        if times.kind == "none":
            return 1.0 - sum(each[NOTHING] for each in self.said) / len(self.said)
        against = [1.0 - each[YES if suit else NO] for each, suit in zip(self.said, suits, strict=True)]
        sides = [
            [(much, each.alike) for much, each, suit in zip(against, self.instants, suits, strict=True) if suit == side]
            for side in (True, False)
        ]
        # A whole side of the diary that looks wrong weighs as much as the one instant that looks worst.
        return (max(against) + max(_mean(side) for side in sides if side)) / 2

    def adds(self, one: Times, other: Times) -> bool:
        """Does one allow an instant that the other does not, or wish for one where the other wishes for none?"""
        return (other.kind == "none" != one.kind) or any(
            one.allows(each.instant) and not other.allows(each.instant) for each in self.instants
        )


def _mean(weighed: Sequence[tuple[float, int]]) -> float:
    return sum(much * alike for much, alike in weighed) / sum(alike for _, alike in weighed)


def judged(sight: Seen, instants: Sequence[tuple[Stands, Stands]]) -> Iterator[Numbers]:
    """How likely each answer is for each instant."""
    rows, tables, lists, _ = _net()
    states, ends = _read(sight)
    timed = [tables["time"].by([*states[place], 1.0]) for place in sight.places[:PIECES]]
    whole = tables["whole"].by([*ends, 1.0])
    kept: dict[tuple[int, str], Numbers] = {}
    for stands, also in instants:
        meant = whole
        for other in also:
            meant = _added(meant, rows["beside"].at(lists["beside"][other]))
        for place, where in enumerate(stands):
            if (place, where) not in kept:
                known = lists["stands"].get(where, -1) + 1
                factors, plus = rows["times"].at(known), rows["plus"].at(known)
                kept[place, where] = [
                    max(value * factor + more, 0.0)
                    for value, factor, more in zip(timed[place], factors, plus, strict=True)
                ]
            meant = _added(meant, kept[place, where])
        deep = _positive(tables["deep"].by([*_positive(meant), 1.0]))
        yield _shares(tables["out"].by([*deep, 1.0]))


def _read(sight: Seen) -> tuple[list[Numbers], Numbers]:
    """What is known at each place once the whole text is read both ways, and where each way ended."""
    rows, tables, lists, size = _net()
    states = [
        _added(rows["words"].at(lists["words"].get(word, -1) + 1), rows["kinds"].at(lists["kinds"].get(kind, -1) + 1))
        for word, kind in zip(sight.words, sight.kinds, strict=True)
    ]
    ends: Numbers = []
    for layer in range(_LAYERS):
        given = [tables[f"in {layer}"].by([*each, 1.0]) for each in states]
        ahead = _passed([each[: 3 * size] for each in given], tables[f"on {layer} on"], size)
        behind = _passed([each[3 * size :] for each in given[::-1]], tables[f"back {layer} on"], size)
        ends = ahead[-1] + behind[-1]
        states = [one + other for one, other in zip(ahead, behind[::-1], strict=True)]
    return states, ends


def _passed(given: Sequence[Numbers], onward: Table, size: int) -> list[Numbers]:
    """Gated recurrent units: what they keep of the state before, and what they take up, at each place."""
    state, states = [0.0] * size, []
    for new in given:
        old = onward.by([*state, 1.0])
        gates = [0.5 + 0.5 * tanh((one + other) / 2) for one, other in zip(new[: 2 * size], old, strict=False)]
        fresh = map(_taken_up, new[2 * size :], old[2 * size :], gates[size:])
        state = [keep * value + (1.0 - keep) * taken for keep, value, taken in zip(gates, state, fresh, strict=False)]
        states.append(state)
    return states


def _taken_up(new: float, old: float, mix: float) -> float:
    return tanh(new + mix * old)


def _added(one: Numbers, other: Numbers) -> Numbers:
    return [value + more for value, more in zip(one, other, strict=True)]


def _positive(values: Numbers) -> Numbers:
    return [max(value, 0.0) for value in values]


def _shares(odds: Numbers) -> Numbers:
    most = max(odds)
    worths = [exp(each - most) for each in odds]
    whole = sum(worths)
    return [each / whole for each in worths]


@cache
def _net() -> _Net:
    kept = decompress(DATA.read_bytes())
    (length,) = unpack_from("<I", kept)
    heading = json.loads(kept[4 : 4 + length])
    read, at = {}, 4 + length
    for name, (count, columns) in heading["shapes"].items():
        steps = list(unpack_from(f"<{columns}f", kept, at))
        at += 4 * columns
        bounds = [at + columns * row for row in range(count + 1)]
        read[name] = _Rows([memoryview(kept)[begin:end].cast("b") for begin, end in pairwise(bounds)], steps)
        at = bounds[-1]
    rows = {name: each for name, each in read.items() if name in _LOOKED_UP}
    columns = {name: each.columns() for name, each in read.items() if name not in _LOOKED_UP}
    for layer in range(_LAYERS):
        # Both directions take up the same numbers, so they are held against both at once.
        columns[f"in {layer}"] = columns.pop(f"on {layer} in") + columns.pop(f"back {layer} in")
    places = {name: {each: place for place, each in enumerate(those)} for name, those in heading["lists"].items()}
    tables = {name: Table(each) for name, each in columns.items()}
    return _Net(rows, tables, places, heading["shapes"]["on 0 on"][1] // 3)


_LOOKED_UP = frozenset({"words", "kinds", "times", "plus", "beside"})
