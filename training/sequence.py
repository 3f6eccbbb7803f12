"""Fits the voice that reads a text's words in their order, `answerback.understanding.sequence`: a part of `make train`.

Words that stand in few texts share one place, so that the net learns to lean on what lists and meaning say of a word.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from answerback.understanding.features import MOST_WORDS
from answerback.understanding.heads import INTENTS, URGENCIES
from answerback.understanding.meaning import SIZE, word_points
from answerback.understanding.sequence import MOST_LISTS, Sight
from training import gated
from training.gated import Weights, both_ways, layers, normal, plus_one, thinner

EPOCHS, BATCH, RATE = 6, 128, 3e-3
WORD, STATE, WHOLE = 32, 64, 96
"""Numbers a word is known by, that pass from word to word in each direction, and that the whole is judged by."""

COMMON, COMMON_LIST = 15, 5
"""A word is known that stands in so many texts, and a list."""

DROPPED, UNKNOWN = 0.25, 0.06
"""Shares of numbers left out, and of words made unknown by letters or by meaning."""

STEPS = {"rest": 31, "words": 15, "lists": 15}
LENGTHS = (6, 10, 16, 26, 48, MOST_WORDS)
"""Texts are laid together by their length in words."""

_I, _U = len(INTENTS), len(INTENTS) + len(URGENCIES)


class Case(NamedTuple):
    """A text as it is seen; what each head should say, and 0 for each head whose answer is not known."""

    sight: Sight
    wanted: np.ndarray
    known: np.ndarray


class Fitted(NamedTuple):
    """The weights, and what has a place in them."""

    weights: Weights
    lists: dict[str, list[str]]


def fitted(cases: Sequence[Case], seed: int) -> Fitted:
    """The net that serves all heads best."""
    chance, lists = random.Random(seed), known(cases)
    places = gated.places(lists)
    parted = gated.by_length((case for case in cases if case.sight.words), lambda case: len(case.sight.words), LENGTHS)

    def batches() -> Iterator[Weights]:
        return (laid_out(batch, places, length) for length, batch in gated.batches(parted, BATCH, chance))

    steps = EPOCHS * sum(len(some) // BATCH for some in parted.values())
    fresh_ = fresh(lists, cases[0].wanted.size, seed)
    return Fitted(gated.fitted(fresh_, lost, batches, rounds=EPOCHS, steps=steps, rate=RATE, seed=seed), lists)


def write(path: Path, made: Fitted) -> None:
    """The weights in bytes."""
    size = gated.write(path, made.weights, made.lists, STEPS)
    print(f"words in their order: {len(made.lists['words'])} words, {size} bytes")


def known(cases: Sequence[Case]) -> dict[str, list[str]]:
    """The words, lists, questions and kinds that have weights; all others share the first place."""
    words = Counter(chain.from_iterable(dict.fromkeys(case.sight.words) for case in cases))
    lists = Counter(chain.from_iterable(dict.fromkeys(chain.from_iterable(case.sight.lists)) for case in cases))
    return {
        "words": [word for word, count in words.most_common() if count >= COMMON],
        "lists": [one for one, count in lists.most_common() if count >= COMMON_LIST],
        "asked": sorted({case.sight.about for case in cases}),
        "kinds": sorted({case.sight.kind for case in cases}),
    }


def fresh(lists: dict[str, list[str]], heads: int, seed: int) -> Weights:
    """Weights to begin with."""
    chance = np.random.default_rng(seed)
    return {
        "words": normal(chance, len(lists["words"]) + 1, WORD, spread=0.5),
        "meant": normal(chance, SIZE, WORD, spread=0.05),
        "lists": normal(chance, len(lists["lists"]) + 1, WORD, spread=0.3),
        "asked": _or_nothing(normal(chance, len(lists["asked"]) + 1, WORD, spread=0.3)),
        "kinds": _or_nothing(normal(chance, len(lists["kinds"]) + 1, WORD, spread=0.3)),
        "layers": layers(chance, (WORD, 2 * STATE), STATE),
        "whole": normal(chance, 4 * STATE + 1, WHOLE, spread=0.12),
        "asked whole": _or_nothing(normal(chance, len(lists["asked"]) + 1, WHOLE, spread=0.2)),
        "out": normal(chance, WHOLE + 1, heads, spread=0.1),
    }


def _or_nothing(table: np.ndarray) -> np.ndarray:
    """With nothing at the place of what was never met: no text teaches it."""
    table[0] = 0.0
    return table


def judge(weights: Weights, laid: Weights, key: jax.Array | None) -> jax.Array:
    """Log-odds of the heads; batch, head. With a `key` numbers and words are left out at random."""
    keys = iter(jax.random.split(key, 8)) if key is not None else None
    thinned = thinner(keys, DROPPED)
    words, meant = laid["words"], laid["meant"] @ weights["meant"]
    if keys is not None:
        words = jnp.where(jax.random.bernoulli(next(keys), UNKNOWN, words.shape), 0, words)
        meant *= jax.random.bernoulli(next(keys), 1 - UNKNOWN, words.shape)[..., None]
    of_lists = (weights["lists"][laid["lists"]] * laid["listed"][..., None]).sum(2)
    of_all = weights["asked"][laid["asked"]] + weights["kinds"][laid["kinds"]]
    states = thinned(weights["words"][words] + meant + of_lists + of_all[:, None])
    first, last = weights["layers"]
    states, _ = both_ways(first, states, laid["there"])
    states, ends = both_ways(last, thinned(states), laid["there"])
    most = jnp.where(laid["there"][..., None], states, -1.0).max(1)
    whole = plus_one(thinned(jnp.concatenate([ends, most], axis=-1))) @ weights["whole"]
    whole = jax.nn.relu(whole + weights["asked whole"][laid["asked"]])
    return plus_one(thinned(whole)) @ weights["out"]


def lost(weights: Weights, laid: Weights, key: jax.Array) -> jax.Array:
    """How far from what should be said, on average: intents and urgencies as shares, the rest each by itself."""
    said, wanted, known_ = judge(weights, laid, key), laid["wanted"], laid["known"]

    def shares(first: int, last: int) -> jax.Array:
        return -(jax.nn.log_softmax(said[:, first:last]) * wanted[:, first:last]).sum(-1) * known_[:, first]

    alone = (jnp.logaddexp(0, said) - said * wanted)[:, _U:] * known_[:, _U:]
    return (shares(0, _I) + shares(_I, _U) + alone.sum(-1)).mean()


def laid_out(batch: Sequence[Case], places: dict[str, dict[str, int]], length: int) -> Weights:
    """A batch as arrays: what is unknown stands at 0, the rest one further."""
    laid: Weights = {
        "words": np.zeros((len(batch), length), np.int32),
        "meant": np.zeros((len(batch), length, SIZE), np.float32),
        "lists": np.zeros((len(batch), length, MOST_LISTS), np.int32),
        "listed": np.zeros((len(batch), length, MOST_LISTS), np.float32),
        "there": np.zeros((len(batch), length), bool),
        "asked": np.array([places["asked"].get(case.sight.about, -1) + 1 for case in batch], np.int32),
        "kinds": np.array([places["kinds"].get(case.sight.kind, -1) + 1 for case in batch], np.int32),
        "wanted": np.stack([case.wanted for case in batch]).astype(np.float32),
        "known": np.stack([case.known for case in batch]).astype(np.float32),
    }
    for row, (sight, _, _) in enumerate(batch):
        size = len(sight.words)
        laid["words"][row, :size] = [places["words"].get(word, -1) + 1 for word in sight.words]
        laid["meant"][row, :size] = word_points(sight.words)
        laid["there"][row, :size] = True
        for place, some in enumerate(sight.lists):
            laid["lists"][row, place, : len(some)] = [places["lists"].get(one, -1) + 1 for one in some]
            laid["listed"][row, place, : len(some)] = 1.0
    return laid
