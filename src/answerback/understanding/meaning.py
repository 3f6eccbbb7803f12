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
from pathlib import Path
from zlib import decompress

import numpy as np

_DATA = Path(__file__).parent / "data"
_HEADING, _, _ROWS = decompress((_DATA / "meaning.bin").read_bytes()).partition(b"\n")
_CARD = json.loads(_HEADING)
_PLACES: dict[str, int] = {word: place for place, word in enumerate(_CARD["words"].split())}
SIZE: int = _CARD["size"]
"""How many coordinates a point has."""

_PAIRS: int = _CARD["pairs"]
_WEIGHTS = np.frombuffer(_ROWS, np.uint8, len(_PLACES))
_WORD_ROWS, _PAIR_ROWS = np.split(np.frombuffer(_ROWS, np.int8, offset=len(_PLACES)).reshape(-1, SIZE), [len(_PLACES)])
_REST = np.array(_CARD["rest"])
_SPREAD = np.float32(_WORD_ROWS.std())
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
    of_words = _WORD_ROWS[places].sum(0, dtype=np.int64)
    of_pairs = _PAIR_ROWS[[pair_row(*pair, rows=_PAIRS) for pair in pairwise(places)]].sum(0, dtype=np.int64)
    whole = int(_WEIGHTS[places].sum(dtype=np.int64)) * _CARD["weight_step"] + _CARD["ballast"]
    made = _REST + of_words * (_CARD["word_step"] / whole) + of_pairs * (_CARD["pair_step"] / whole)
    return tuple(made.tolist())


def word_points(words: Sequence[str]) -> np.ndarray:
    """What each word alone adds to a point, a row a word that varies by about 1; zeros for a word without one."""
    places = np.array([_PLACES.get(word, -1) for word in words], int)
    rows: np.ndarray = np.where(places[:, None] < 0, np.float32(0), _WORD_ROWS[places] / _SPREAD)
    return rows


def has_point(word: str) -> bool:
    """Is it a word that was ever met?"""
    return word in _PLACES


class Groups:
    """Points in groups, made ready to be asked how near another point comes to each group."""

    def __init__(self, groups: Sequence[Sequence[Point]]) -> None:
        """Takes at least one point a group."""
        points = np.array([point for group in groups for point in group]).reshape(-1, SIZE)
        self._points = points / (np.linalg.norm(points, axis=1, keepdims=True) + _LEAST)
        self._starts = np.array([0, *accumulate(map(len, groups))][:-1], int)

    def nearest(self, one: Point) -> list[float]:
        """For each group how near its nearest point is, from -1 to 1: the cosine; 0 where either lies nowhere."""
        products = self._points @ (np.array(one) / (np.linalg.norm(one) + _LEAST))
        near: list[float] = np.maximum.reduceat(products, self._starts).tolist()
        return near


_LEAST = 1e-12
"""Added to a length that may be 0."""


def pair_row(first: int, second: int, *, rows: int) -> int:
    """The row that two neighbouring words share with whatever other pairs fall on it."""
    return ((first + 1) * 40503 + (second + 1) * 9973) % rows
