"""What a text wants by the order of its words: a small trained net, one voice among those of the heads.

Facts and letters are added up whatever their order. This net reads the words one after the other, both ways, each with
where it lies in meaning and which word lists speak there ("not" and "if" told apart), and says of every head what it
makes of the whole. `training.sequence` fits the weights. It must never decide anything by itself.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from answerback.engine.reading import Asked
from answerback.understanding import features
from answerback.understanding.gated import Net, net, passed, plus_one
from answerback.understanding.heard import Heard
from answerback.understanding.meaning import word_points

DATA = Path(__file__).parent / "data" / "sequence.bin"

MOST_LISTS = 8
"""Word lists that are looked at of one word."""


class Sight(NamedTuple):
    """A text as it is read: its words, which lists speak at each, what was asked, and the kind of trade."""

    words: list[str]
    lists: list[list[str]]
    about: str
    kind: str


def says(heard: Heard, asked: Asked, kind: str) -> np.ndarray:
    """Log-odds of every head, as `heads.HEADS` orders them; 0 for a text without a word."""
    tables, layers, places = _net()
    seen = sight(heard, asked, kind)
    if not seen.words:
        return np.zeros(tables["out"].shape[1], np.float32)
    about, of_kind = places["asked"].get(seen.about, -1) + 1, places["kinds"].get(seen.kind, -1) + 1
    given = (
        tables["words"][[places["words"].get(word, -1) + 1 for word in seen.words]]
        + word_points(seen.words) @ tables["meant"]
        + np.stack([tables["lists"][[places["lists"].get(one, -1) + 1 for one in some]].sum(0) for some in seen.lists])
        + tables["asked"][about]
        + tables["kinds"][of_kind]
    )
    states, ends = passed(layers, given)
    whole = plus_one(np.concatenate([ends, states.max(0)])) @ tables["whole"]
    odds: np.ndarray = plus_one(np.maximum(whole + tables["asked whole"][about], 0.0)) @ tables["out"]
    return odds


def sight(heard: Heard, asked: Asked, kind: str) -> Sight:
    """What is seen of a text."""
    words = features.read_words(heard)
    lists: list[set[str]] = [set() for _ in words]
    for label, hits in heard.hits.items():
        if label in features.UNTRAINED:
            continue
        name = "services" if label.startswith("services.") else label
        for hit in hits:
            told = name + " denied" * heard.negated(hit) + " supposed" * heard.supposed(hit)
            for place in range(hit.first, min(hit.last, len(words))):
                lists[place].add(told)
    return Sight(words, [sorted(some)[:MOST_LISTS] for some in lists], asked.about, kind)


@cache
def _net() -> Net:
    return net(DATA)
