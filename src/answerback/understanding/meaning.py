"""How near words and texts are in meaning: a point of 64 coordinates for each.

Word lists and letters do not know that a boiler is near a furnace. The points of common words and of neighbouring words
were fitted so that their weighted mean lies where the sentence model all-MiniLM-L6-v2 puts the whole text
(`training.meaning` writes `data/meaning.bin`; the model itself is not needed). The model speaks English only, so
common Spanish words stand for the English one of `data/spanish_points.json`. It must never decide anything; it tells
only what is near.
"""

import json
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from math import sqrt
from operator import mul
from pathlib import Path
from struct import Struct
from zlib import decompress

from answerback.understanding.products import Table

_DATA = Path(__file__).parent / "data"
_HEADING, _, _ROWS = decompress((_DATA / "meaning.bin").read_bytes()).partition(b"\n")
_CARD = json.loads(_HEADING)
_PLACES: dict[str, int] = {word: place for place, word in enumerate(_CARD["words"].split())}
SIZE: int = _CARD["size"]
"""How many coordinates a point has."""

_PAIRS: int = _CARD["pairs"]
_ZERO = 128
_UNSIGNED = bytes((value + _ZERO) % 256 for value in range(256))
_WEIGHTS = _ROWS[: len(_PLACES)]
_WORD_ROWS = _ROWS[len(_PLACES) : len(_PLACES) * (1 + SIZE)].translate(_UNSIGNED)
_PAIR_ROWS = _ROWS[len(_PLACES) * (1 + SIZE) :].translate(_UNSIGNED)
"""Signed bytes with `_ZERO` added, so that rows can be added up as one large number each (`_sum`)."""

_SPANISH: dict[str, str] = json.loads((_DATA / "spanish_points.json").read_text(encoding="utf-8"))
_PLACES.update((word, _PLACES[english]) for english, words in _SPANISH.items() for word in words.split())
_MOST_WORDS = 60

Point = Sequence[float]

NOWHERE: Point = (0.0,) * SIZE
"""The point of a text without a word we know."""


def point(words: Iterable[str]) -> Point:
    """Where these words lie together; `NOWHERE` when none of them is known."""
    places = [_PLACES[word] for word in words if word in _PLACES][:_MOST_WORDS]
    if not places:
        return NOWHERE
    of_words = _sum(_WORD_ROWS, places)
    of_pairs = _sum(_PAIR_ROWS, [pair_row(*pair, rows=_PAIRS) for pair in pairwise(places)])
    whole = sum(_WEIGHTS[place] for place in places) * _CARD["weight_step"] + _CARD["ballast"]
    word_step, pair_step = _CARD["word_step"] / whole, _CARD["pair_step"] / whole
    return tuple(
        at_rest + word * word_step + pair * pair_step
        for at_rest, word, pair in zip(_CARD["rest"], of_words, of_pairs, strict=True)
    )


def has_point(word: str) -> bool:
    """Is it a word that was ever met?"""
    return word in _PLACES


class Groups:
    """Points in groups, made ready to be asked how near another point comes to each group."""

    def __init__(self, groups: Sequence[Sequence[Point]]) -> None:
        """Takes at least one point a group."""
        points = [point for group in groups for point in group]
        self._table = Table([[value / (_length(point) or 1.0) for value in point] for point in points])
        ends = list(accumulate(map(len, groups)))
        self._spans = list(zip([0, *ends], ends, strict=False))

    def nearest(self, one: Point) -> list[float]:
        """For each group how near its nearest point is, from -1 to 1: the cosine; 0 where either lies nowhere."""
        length = _length(one)
        if not length:
            return [0.0] * len(self._spans)
        products = self._table.by(one)
        return [max(products[first:last]) / length for first, last in self._spans]


def _length(point: Point) -> float:
    return sqrt(sum(map(mul, point, point)))


def pair_row(first: int, second: int, *, rows: int) -> int:
    """The row that two neighbouring words share with whatever other pairs fall on it."""
    return ((first + 1) * 40503 + (second + 1) * 9973) % rows


def _sum(rows: bytes, places: list[int]) -> list[int]:
    """The sum of some rows, coordinate by coordinate: each coordinate is a lane of two bytes in one large number."""
    total = 0
    for place in places:
        lanes = bytearray(2 * SIZE)
        lanes[::2] = rows[place * SIZE : (place + 1) * SIZE]
        total += int.from_bytes(lanes, "little")
    less = _ZERO * len(places)
    return [lane - less for lane in _LANES.unpack(total.to_bytes(2 * SIZE, "little"))]


_LANES = Struct(f"<{SIZE}H")
