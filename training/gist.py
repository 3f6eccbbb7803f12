"""Fits the gist: a layer that bends where a text lies in meaning, and what was asked, into signs of what is wanted.

The heads are linear, and in the 64 coordinates of meaning despair is no single direction. A small layer finds the
regions; the heads then weigh its signs beside the coordinates themselves, and what the layer alone makes of them is one
more voice (`training.trust`). One layer serves all heads, trained on all of their questions at once (Adam, part of the
signs dropped at random, weights decayed), with numpy alone. The same texts
and seed give the same layer.
"""

from typing import NamedTuple

import numpy as np

from answerback.understanding.heads import ASKED, INTENTS, SIGNS, URGENCIES
from answerback.understanding.meaning import SIZE

ROUNDS, BATCH, RATE, DECAY, DROPPED = 12, 128, 2e-3, 1e-4, 0.2
_I, _U = len(INTENTS), len(INTENTS) + len(URGENCIES)


class Gist(NamedTuple):
    """What each coordinate, each question and the rest add to each sign; what each sign adds to each head."""

    of_meaning: np.ndarray
    of_asked: np.ndarray
    rest: np.ndarray
    says: np.ndarray

    def signs(self, meant: np.ndarray, asked: np.ndarray) -> np.ndarray:
        """The signs of texts by where they lie and the place of what was asked."""
        return np.maximum(0, meant @ self.of_meaning + self.of_asked[asked] + self.rest)


class Texts(NamedTuple):
    """A row for each text: where it lies, the place in `ASKED` of what was asked, what each head should say, and 0 for
    each head whose answer is not known."""

    meant: np.ndarray
    asked: np.ndarray
    wanted: np.ndarray
    known: np.ndarray

    def some(self, rows: np.ndarray) -> "Texts":
        """Those of these rows."""
        return Texts(self.meant[rows], self.asked[rows], self.wanted[rows], self.known[rows])


def fitted(texts: Texts, *, seed: int) -> Gist:
    """The layer that serves the heads best."""
    chance = np.random.default_rng(seed)
    spread = texts.meant.std(0) + 1e-6
    sizes = ((SIZE, SIGNS, SIZE), (len(ASKED), SIGNS, 8), (SIGNS, texts.wanted.shape[1], SIGNS))
    first, of_asked, last = (chance.normal(0, (2 / many) ** 0.5, (rows, columns)) for rows, columns, many in sizes)
    parts = [each.astype(np.float32) for each in (first, of_asked, np.zeros(SIGNS), last)]
    past = [(np.zeros_like(each), np.zeros_like(each)) for each in parts]
    even = texts._replace(meant=(texts.meant / spread).astype(np.float32))
    step, steps = 0, ROUNDS * (len(texts.meant) // BATCH + 1)
    for _ in range(ROUNDS):
        order = chance.permutation(len(texts.meant))
        for batch in (order[place : place + BATCH] for place in range(0, len(order), BATCH)):
            kept = (chance.random((len(batch), SIGNS)) > DROPPED) / np.float32(1 - DROPPED)
            step += 1
            _move(parts, past, _slopes(parts, even.some(batch), kept), step, RATE * max(0.02, 1 - step / steps))
    made = Gist(parts[0] / spread[:, None], parts[1], parts[2], parts[3])
    most = made.signs(texts.meant, texts.asked).std(0) + 1e-3
    return Gist(made.of_meaning / most, made.of_asked / most, made.rest / most, made.says * most[:, None])


def _slopes(parts: list[np.ndarray], texts: Texts, kept: np.ndarray) -> list[np.ndarray]:
    of_meaning, of_asked, rest, last = parts
    signs = np.maximum(0, texts.meant @ of_meaning + of_asked[texts.asked] + rest) * kept
    error = (likely(signs @ last) - texts.wanted) * texts.known / len(texts.meant)
    back = (error @ last.T) * kept * (signs > 0)
    by_question = np.zeros_like(of_asked)
    np.add.at(by_question, texts.asked, back)
    return [texts.meant.T @ back, by_question, back.sum(0), signs.T @ error]


def _move(
    parts: list[np.ndarray],
    past: list[tuple[np.ndarray, np.ndarray]],
    slopes: list[np.ndarray],
    step: int,
    rate: float,
) -> None:
    for place, slope in enumerate(slopes):
        mean, square = past[place]
        mean += 0.1 * (slope - mean)
        square += 0.001 * (slope * slope - square)
        size = np.sqrt(square / (1 - 0.999**step)) + 1e-8
        parts[place] -= (rate * (mean / (1 - 0.9**step) / size + DECAY * parts[place])).astype(np.float32)


def likely(scores: np.ndarray) -> np.ndarray:
    """Log-odds of texts by head as likelihoods: shares of one for intents and for urgencies, each other by itself."""
    said = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    for part in (slice(0, _I), slice(_I, _U)):
        risen = np.exp(scores[:, part] - scores[:, part].max(1, keepdims=True))
        said[:, part] = risen / risen.sum(1, keepdims=True)
    return said
