"""One round of training over the texts, text by text, compiled for the machine by numba.

AdaGrad over the rows a text calls on. A part of the facts, and now and then all of the meaning, is left out at random,
so that the letters learn to stand without the rules and the rules without the letters.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from answerback.understanding.heads import INTENTS, URGENCIES

RATE, DROPPED, DECAY = 0.1, 0.3, 3e-3
RIGHT = 0.02
"""Who is nearer than this to all that should be said learns nothing more."""

_I, _U = len(INTENTS), len(INTENTS) + len(URGENCIES)


class Laid(NamedTuple):
    """Texts end to end: text n calls on `letters[first_letter[n]:first_letter[n + 1]]`, each as `often`, and on the
    facts likewise; `meant`, `wanted` and `known` have a row a text."""

    first_letter: np.ndarray
    letters: np.ndarray
    often: np.ndarray
    first_fact: np.ndarray
    facts: np.ndarray
    meant: np.ndarray
    wanted: np.ndarray
    known: np.ndarray


@njit
def _likely(said):  # type: ignore[no-untyped-def]
    likely = 1 / (1 + np.exp(-said))
    for first, last in ((0, _I), (_I, _U)):
        risen = np.exp(said[first:last] - said[first:last].max())
        likely[first:last] = risen / risen.sum()
    return likely


@njit
def _some(rows, chance):  # type: ignore[no-untyped-def]
    kept = np.empty(len(rows), dtype=np.bool_)
    for place in range(len(rows)):
        kept[place] = chance.random() > DROPPED
    return rows[kept]


@njit
def _add(said, weights, rows, worth):  # type: ignore[no-untyped-def]
    for place in range(len(rows)):
        for head in range(len(said)):
            said[head] += weights[rows[place], head] * worth[place]


@njit
def _move(weights, past, error, worth):  # type: ignore[no-untyped-def]
    for head in range(len(error)):
        slope = error[head] * worth + DECAY * weights[head]
        past[head] += slope * slope
        weights[head] -= RATE * slope / np.sqrt(past[head])


@njit
def one_round(weights, past, laid, order, chance):  # type: ignore[no-untyped-def]
    """Moves `weights` (rows x heads, 32 bits) and `past`, the squares of all slopes so far, by every text in `order`.

    The last rows of both are those of `laid.meant`. `chance` is a numpy Generator.
    """
    of_meaning = len(weights) - laid.meant.shape[1]
    for text in order:
        letters = laid.letters[laid.first_letter[text] : laid.first_letter[text + 1]]
        often = laid.often[laid.first_letter[text] : laid.first_letter[text + 1]]
        facts = _some(laid.facts[laid.first_fact[text] : laid.first_fact[text + 1]], chance)
        meant = laid.meant[text] if chance.random() > DROPPED else np.zeros_like(laid.meant[text])
        said = np.zeros(weights.shape[1])
        _add(said, weights, facts, np.ones(len(facts), dtype=np.float32))
        _add(said, weights, letters, often)
        _add(said, weights[of_meaning:], np.arange(len(meant)), meant)
        error = (_likely(said) - laid.wanted[text]) * laid.known[text]
        if np.abs(error).max() < RIGHT:
            continue
        least = min(1.0, often.min()) if len(often) else 1.0
        for place in range(len(meant)):
            _move(weights[of_meaning + place], past[of_meaning + place], error, meant[place])
        for row in facts:
            _move(weights[row], past[row], error, 1.0)
        for row in letters:
            _move(weights[row], past[row], error, least)
