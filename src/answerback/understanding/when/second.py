"""A second reader of times: a small trained net, held against what the rules read.

It reads the words forwards and backwards (gated recurrent units, two layers) and says of an instant, by where it stands
to each time named, whether it suits. It knows the rules' texts but not the rules, so the two go wrong in different
places: where it doubts a reading, that is asked about. It must never add a time to what the rules read.

`training.second` fits the weights.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from answerback.engine.times import Times
from answerback.understanding.gated import Net, net, passed, plus_one
from answerback.understanding.when.as_seen import Seen, Stands, Tried, tried
from answerback.understanding.when.pieces import Moment, Whole

DATA = Path(__file__).parent.parent / "data" / "second.bin"

YES, NO, NOTHING, ASK = range(4)
"""What it says of an instant: suits, does not, no time is wished for at all, has to be asked about."""

PIECES = 8
"""Times looked at; a text of more, or of more words than are seen, is left to the rules."""

DOUBTED, DOUBTED_PLAINLY = 0.21, 0.45
"""A reading that is doubted so much is asked about; one moment, or a text of nothing but times, where it is doubted
more: there the rules hardly err.
"""

AGREED = 0.1
"""One that the rules would ask about, for a word they did not take up, is believed when it is doubted less."""

BELIEVED = 0.1
"""Another likely reading of the same times is taken instead when it is doubted less, and the rules' own is not."""

BETTER = 0.05
"""What another reading must be doubted less for it to be the better one."""

CLEARLY = 0.1
"""The rules' own is asked about when another is doubted so much less, though neither is believed."""

_OTHER_WORDS = frozenset({"word", "fill", "my"})
"""What is more than times."""


def held_against(said: Times, sight: Seen, moment: Moment, others: Callable[[], Sequence[Times]]) -> Times:
    """What the rules read, to be asked about or not as far as this reader agrees, or one of the `others` that they hold
    likely, if it adds no time. What the words themselves leave open ("next friday") stays open.
    """
    if not judges(sight, said):
        return said
    shown = _Shown.of(sight, moment)
    doubt = shown.doubt(said)
    still_asked = said.ask and doubt >= AGREED
    if doubt < BETTER:
        return replace(said, ask=still_asked)
    plain = said.kind == "point" or _OTHER_WORDS.isdisjoint(sight.kinds)
    doubtful = doubt >= (DOUBTED_PLAINLY if plain else DOUBTED) and shown.shows(said)
    other = min(others(), key=shown.doubt, default=said)
    less = shown.doubt(other)
    if doubt - less <= BETTER:
        return replace(said, ask=still_asked if said.ask else doubtful)
    if less < BELIEVED and not other.ask and not shown.adds(other, said):
        return other
    return replace(said, ask=said.ask or (doubtful if plain else doubt - less >= CLEARLY))


def judges(sight: Seen, said: Times) -> bool:
    """Has this reader anything to say of a text? Where no time is named or the words themselves leave open which, and
    of more times than it looks at, it has not.
    """
    return 0 < len(sight.pieces) <= PIECES and not _is_left_open(sight, said)


def _is_left_open(sight: Seen, said: Times) -> bool:
    which = said.ask and any(not isinstance(each, Whole) and each.ask for each in sight.pieces)
    if which or not _OPEN.isdisjoint(sight.kinds):
        return True
    weekday = any(kind.startswith("D weekday") for kind in sight.kinds)
    behind = zip(sight.kinds, [*sight.kinds[1:], "stop"], strict=True)
    return any(
        (kind in _SIDES and (after in _ENDS or (after == "my" and weekday)))
        or (kind == "except" and after == "this")
        or (kind.startswith("D ") and after == "that")
        for kind, after in behind
    )


_OPEN = frozenset({"if", "W unnamed"})
"""A condition, and "most days"."""

_SIDES, _ENDS = frozenset({"after", "before"}), frozenset({"stop", "comma"})
"""Of something told, not of a time: "delivery friday 8 to 12, come after", "after my trip on friday"."""


class _Shown(NamedTuple):
    """Instants held against the times of a text, and what this reader says of each."""

    instants: list[Tried]
    said: np.ndarray

    @classmethod
    def of(cls, sight: Seen, moment: Moment) -> "_Shown":
        """What is tried for a text's times."""
        instants = tried(sight.pieces[:PIECES], moment)
        return cls(instants, judged(sight, [(each.stands, each.beside) for each in instants]))

    def shows(self, times: Times) -> bool:
        """Is anything tried that a reading would suit, if it wishes for a time?"""
        return bool(self.instants) and (
            times.kind == "none" or any(times.allows(each.instant) for each in self.instants)
        )

    def doubt(self, times: Times) -> float:
        """How much speaks against a reading, 0 to 1; a half where nothing of it is shown."""
        if not self.shows(times):
            return 0.5
        if times.kind == "none":
            return 1.0 - float(self.said[:, NOTHING].mean())
        suits = np.array([times.allows(each.instant) for each in self.instants], bool)
        against = 1.0 - np.where(suits, self.said[:, YES], self.said[:, NO])
        alike = np.array([each.alike for each in self.instants])
        sides = [np.average(against[side], weights=alike[side]) for side in (suits, ~suits) if side.any()]
        # A whole side of the diary that looks wrong weighs as much as the one instant that looks worst.
        return float(against.max() + max(sides)) / 2

    def adds(self, one: Times, other: Times) -> bool:
        """Does one allow an instant that the other does not, or wish for one where the other wishes for none?"""
        return (other.kind == "none" != one.kind) or any(
            one.allows(each.instant) and not other.allows(each.instant) for each in self.instants
        )


def judged(sight: Seen, instants: Sequence[tuple[Stands, Stands]]) -> np.ndarray:
    """How likely each answer is, a row for each instant."""
    if not instants:
        return np.empty((0, 4), np.float32)
    tables, _, places = _net()
    states, ends = _read(sight)
    timed = plus_one(states[sight.places[:PIECES]]) @ tables["time"]
    stands = np.array([[places["stands"].get(each, -1) + 1 for each in stand] for stand, _ in instants], int)
    also = np.array([[places["beside"][each] for each in others] for _, others in instants])
    meant = np.maximum(timed * tables["times"][stands] + tables["plus"][stands], 0.0).sum(1)
    meant = np.maximum(meant + tables["beside"][also].sum(1) + plus_one(ends) @ tables["whole"], 0.0)
    deep = np.maximum(plus_one(meant) @ tables["deep"], 0.0)
    odds = plus_one(deep) @ tables["out"]
    worth: np.ndarray = np.exp(odds - odds.max(1, keepdims=True))
    worth /= worth.sum(1, keepdims=True)
    return worth


def _read(sight: Seen) -> tuple[np.ndarray, np.ndarray]:
    """What is known at each place once the whole text is read both ways, and where each way ended."""
    tables, layers, places = _net()
    words = [places["words"].get(word, -1) + 1 for word in sight.words]
    kinds = [places["kinds"].get(kind, -1) + 1 for kind in sight.kinds]
    return passed(layers, tables["words"][words] + tables["kinds"][kinds])


@cache
def _net() -> Net:
    return net(DATA)
