"""Fits the trust: how far each voice is believed, on texts whose writer none of the voices had read.

Facts, letters, meaning, the gist and the words in their order each add to the log-odds of a head. Letters know their
own training texts best and strangers' least, so what each voice is worth can only be told on texts by somebody else.
One worth for all heads: fitted head by head it learns how often these writers wanted each thing, and reads the next
writer worse for it.
"""

import numpy as np

from training.gist import likely

STEPS, RATE = 60, 0.05
_BEFORE = np.array([0.6, 0.6, 0.6, 0.1, 0.4])
"""What is believed of facts, letters, meaning, gist and order before any text is seen."""


def untold(heads: int) -> np.ndarray:
    """Trust before any was fitted: the voices whose weights were trained to add up, and no others."""
    return np.tile(np.array([0.0, 1.0, 1.0, 1.0, 0.0, 0.0]), (heads, 1))


def fitted(voices: np.ndarray, wanted: np.ndarray, known: np.ndarray) -> np.ndarray:
    """By head the ground, which is nothing, and what each voice is worth; `voices` are texts by voice by head."""
    given, worth = voices.astype(np.float32), _BEFORE.copy()
    mean, square = np.zeros_like(worth), np.zeros_like(worth)
    for step in range(1, STEPS + 1):
        error = (likely(np.einsum("nvh,v->nh", given, worth.astype(np.float32))) - wanted) * known
        slope = np.einsum("nvh,nh->v", given, error) / len(given)
        mean += 0.1 * (slope - mean)
        square += 0.01 * (slope * slope - square)
        size = np.sqrt(square / (1 - 0.99**step)) + 1e-8
        worth -= RATE * (1 - 0.9 * step / STEPS) * mean / (1 - 0.9**step) / size
    return np.tile(np.concatenate([[0.0], worth]), (wanted.shape[1], 1))
