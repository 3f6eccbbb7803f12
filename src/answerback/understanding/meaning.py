"""How near words and texts are in meaning: a point of 64 coordinates for each.

Word lists and letters do not know that a boiler is near a furnace. The points of common words and of neighbouring words
were fitted so that their weighted mean lies where the sentence model all-MiniLM-L6-v2 puts the whole text
(`training.meaning` writes `data/meaning.bin`; the model itself is not needed). The model speaks English only, so
common Spanish words stand for the English one of `data/spanish_points.json`. It must never decide anything; it tells
only what is near.
"""

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import sqrt
from operator import mul
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_CARD = json.loads((_DATA / "meaning.json").read_text(encoding="utf-8"))
_ROWS = memoryview((_DATA / "meaning.bin").read_bytes())
_PLACES: dict[str, int] = {word: place for place, word in enumerate(_CARD["words"].split())}
SIZE: int = _CARD["size"]
"""How many coordinates a point has."""

_PAIRS: int = _CARD["pairs"]
_WEIGHTS = _ROWS[: len(_PLACES)]
_WORD_ROWS = _ROWS[len(_PLACES) : len(_PLACES) * (1 + SIZE)].cast("b")
_PAIR_ROWS = _ROWS[len(_PLACES) * (1 + SIZE) :].cast("b")
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


def nearness(one: Point, other: Point) -> float:
    """From -1 to 1: the cosine of two points; 0 when either is nowhere."""
    lengths = sqrt(sum(map(mul, one, one)) * sum(map(mul, other, other)))
    return sum(map(mul, one, other)) / lengths if lengths else 0.0


def pair_row(first: int, second: int, *, rows: int) -> int:
    """The row that two neighbouring words share with whatever other pairs fall on it."""
    return ((first + 1) * 40503 + (second + 1) * 9973) % rows


def _sum(rows: memoryview, places: list[int]) -> list[int]:
    if not places:
        return [0] * SIZE
    return [sum(column) for column in zip(*(rows[place * SIZE : (place + 1) * SIZE] for place in places), strict=True)]
