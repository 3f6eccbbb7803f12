"""Gated recurrent units: small trained nets that read words one after the other, forwards and backwards.

Two judges are built of them: what a text wants (`sequence`) and what it says of times (`when.second`). Their weights
are stored as one byte each, with one step a column. It must never know what is read.
"""

import json
from pathlib import Path
from struct import unpack_from
from typing import NamedTuple
from zlib import decompress

import numpy as np


class Layer(NamedTuple):
    """The weights of one layer, both directions beside each other: what is taken up at once, and what passes on."""

    taken: np.ndarray
    onward: np.ndarray


class Net(NamedTuple):
    """The tables of a net by name, its layers, and the place of each known word, kind and so on."""

    tables: dict[str, np.ndarray]
    layers: list[Layer]
    places: dict[str, dict[str, int]]


def net(path: Path) -> Net:
    """A net as `training.gated` wrote it."""
    kept = decompress(path.read_bytes())
    (length,) = unpack_from("<I", kept)
    heading = json.loads(kept[4 : 4 + length])
    tables, at = {}, 4 + length
    for name, (count, columns) in heading["shapes"].items():
        steps = np.frombuffer(kept, "<f4", columns, at)
        at += 4 * columns
        tables[name] = np.frombuffer(kept, np.int8, count * columns, at).reshape(count, columns) * steps
        at += count * columns

    def both(layer: int, name: str) -> np.ndarray:
        return np.stack([tables.pop(f"{way} {layer} {name}") for way in ("on", "back")])

    count = sum(name.startswith("on ") and name.endswith(" in") for name in tables)
    layers = [Layer(both(number, "in"), both(number, "on")) for number in range(count)]
    places = {name: {each: place for place, each in enumerate(those)} for name, those in heading["lists"].items()}
    return Net(tables, layers, places)


def passed(layers: list[Layer], given: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What is known at each place once all is read both ways, and where each way ended; `given` has a row a place."""
    states = given
    for layer in layers:
        states = _passed(layer, states)
    size = states.shape[1] // 2
    return states, np.concatenate([states[-1, :size], states[0, size:]])


def _passed(layer: Layer, given: np.ndarray) -> np.ndarray:
    """Gated recurrent units, both ways side by side: what they keep of the state before, and what they take up."""
    size = layer.onward.shape[2] // 3
    taken = np.matmul(plus_one(given), layer.taken)
    # Each step reads one place onward from the front and one back from the end.
    steps = np.stack([taken[0], taken[1, ::-1]], axis=1)
    state = np.ones((2, 1, size + 1), np.float32)
    state[:, :, :size] = 0.0
    states = np.empty((len(given), 2, size), np.float32)
    for place, new in enumerate(steps):
        old = np.matmul(state, layer.onward)[:, 0]
        gates = 0.5 + 0.5 * np.tanh((new[:, : 2 * size] + old[:, : 2 * size]) / 2)
        keep, mix = gates[:, :size], gates[:, size:]
        fresh = np.tanh(new[:, 2 * size :] + mix * old[:, 2 * size :])
        states[place] = keep * state[:, 0, :size] + (1.0 - keep) * fresh
        state[:, 0, :size] = states[place]
    return np.concatenate([states[:, 0], states[::-1, 1]], axis=1)


def plus_one(values: np.ndarray) -> np.ndarray:
    """With a one behind each row, which the last row of a table is held against."""
    return np.concatenate([values, np.ones((*values.shape[:-1], 1), np.float32)], axis=-1)
