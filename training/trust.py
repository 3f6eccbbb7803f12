"""Fits the trust: how far each voice is believed by each head, on texts whose writer none of the voices had read.

Facts, letters, meaning and the gist each add to the log-odds of a head. Letters know their own training texts best and
strangers' least, so what each voice is worth can only be told on texts by somebody else.
"""

import numpy as np

from training.gist import likely

VOICES = 4
"""Facts, letters, meaning, gist."""

STEPS, RATE = 400, 0.03
_BEFORE = np.array([0.0, 0.8, 0.8, 0.8, 0.4])
"""What is believed before any text is seen: the ground, then each voice."""

_PULL = np.array([400.0, 20.0, 20.0, 20.0, 20.0])
"""How many texts speak for that. How often each thing is wanted differs from writer to writer, so the ground moves
least."""


def untold(heads: int) -> np.ndarray:
    """Trust before any was fitted: the voices the weights were trained to add up, and not the gist's own."""
    return np.tile(np.array([0.0, 1.0, 1.0, 1.0, 0.0]), (heads, 1))


def fitted(voices: np.ndarray, wanted: np.ndarray, known: np.ndarray) -> np.ndarray:
    """By head the ground and what each voice is worth; `voices` are texts by voice by head."""
    trust = np.tile(_BEFORE, (wanted.shape[1], 1)).T
    given = np.concatenate([np.ones_like(voices[:, :1]), voices], axis=1).astype(np.float32)
    mean, square = np.zeros_like(trust), np.zeros_like(trust)
    for step in range(1, STEPS + 1):
        error = (likely((given * trust.astype(np.float32)).sum(1)) - wanted) * known
        slope = (np.einsum("nvh,nh->vh", given, error) + _PULL[:, None] * (trust - _BEFORE[:, None])) / len(given)
        mean += 0.1 * (slope - mean)
        square += 0.01 * (slope * slope - square)
        size = np.sqrt(square / (1 - 0.99**step)) + 1e-8
        trust -= RATE * (1 - 0.9 * step / STEPS) * mean / (1 - 0.9**step) / size
    return trust.T
