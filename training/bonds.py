"""Fits the weights of `answerback.understanding.bonds`: a part of `make train`, a minute.

A softmax over the services of each text's business, on top of what everything else says for each; AdaGrad, over the
pairs that texts and the names they meant showed twice or more. The same texts give the same weights.
"""

import json
import random
from collections import Counter, defaultdict
from lzma import compress
from math import exp, sqrt
from struct import pack
from typing import NamedTuple

from answerback.understanding import bonds
from answerback.understanding.heard import hear
from answerback.understanding.leaning import bases
from training.needs import Need, needs

SEED, EPOCHS, RATE, DECAY, SEEN, SHARP = 20261127, 4, 0.3, 3e-2, 2, 1.2
WORTH = 0.8 / SHARP
"""How far the weights are believed: less than they fit, for customers are strangers (chosen on writers left out)."""

LEAST = 0.04
"""What a pair must weigh to be kept."""

Pair = tuple[str, str]


class Case(NamedTuple):
    """What speaks for each service already, the pairs each would have, and which is meant."""

    bases: list[float]
    pairs: list[list[Pair]]
    shares: list[float]
    meant: int


def main() -> None:
    """Fit and write."""
    write(fitted([case(one) for one in needs()]))


def case(one: Need) -> Case:
    """A text as it is fitted on."""
    found = bases(hear(one.text), one.vocabulary)
    names = {each.id: bonds.roots(each.names[0]) for each in one.vocabulary.services}
    marks = sorted({mark for word in found.words for mark in bonds.marks(word)})
    return Case(
        bases=[found.worths.get(id_, 0.0) for id_ in names],
        pairs=[[(mark, root) for mark in marks for root in roots] for roots in names.values()],
        shares=[1 / sqrt(len(roots) or 1) for roots in names.values()],
        meant=list(names).index(one.service),
    )


def fitted(cases: list[Case]) -> dict[Pair, float]:
    """The weight of every pair that texts showed together."""
    seen = Counter(pair for one in cases for pair in one.pairs[one.meant])
    kept = {pair for pair, count in seen.items() if count >= SEEN}
    weights: dict[Pair, float] = defaultdict(float)
    past: dict[Pair, float] = defaultdict(lambda: 1e-3)
    chance, order = random.Random(SEED), list(cases)
    for _ in range(EPOCHS):
        chance.shuffle(order)
        for one in order:
            _learn(one, kept, weights, past)
    return dict(weights)


def _learn(one: Case, kept: set[Pair], weights: dict[Pair, float], past: dict[Pair, float]) -> None:
    pairs = [[pair for pair in each if pair in kept] for each in one.pairs]
    said = [
        SHARP * base + share * sum(weights[pair] for pair in each)
        for base, share, each in zip(one.bases, one.shares, pairs, strict=True)
    ]
    risen = [exp(each - max(said)) for each in said]
    for place, each in enumerate(pairs):
        error = risen[place] / sum(risen) - (place == one.meant)
        if abs(error) < 0.01:
            continue
        for pair in each:
            slope = error * one.shares[place] + DECAY * weights[pair]
            past[pair] += slope * slope
            weights[pair] -= RATE * slope / sqrt(past[pair])


def write(weights: dict[Pair, float]) -> None:
    """The pairs by name's word, two bytes for the customer's word and one for the weight, compressed."""
    worth = {pair: weight * WORTH for pair, weight in weights.items() if abs(weight * WORTH) >= LEAST}
    step = max(map(abs, worth.values())) / 127
    words = {word: place for place, word in enumerate(sorted({word for word, _ in worth}))}
    by_root: dict[str, list[bytes]] = {}
    for word, root in sorted(worth, key=lambda pair: (pair[1], pair[0])):
        if value := round(worth[word, root] / step):
            by_root.setdefault(root, []).append(pack("<Hb", words[word], value))
    card = {
        "step": round(step, 6),
        "names": {root: len(many) for root, many in by_root.items()},
        "words": " ".join(words),
    }
    pairs = b"".join(one for many in by_root.values() for one in many)
    (bonds.DATA / "bonds.bin").write_bytes(compress(json.dumps(card).encode() + b"\n" + pairs))
    print(f"{sum(map(len, by_root.values()))} bonds of {len(words)} words and {len(by_root)} words of names")


if __name__ == "__main__":
    main()
