"""Fits nets of gated recurrent units (`answerback.understanding.gated`): AdamW through JAX, weights written as bytes.

The same texts and seed give the same weights on the same kind of processor.
"""

import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from struct import pack
from typing import Any, TypeVar
from zlib import compress

import jax
import jax.numpy as jnp
import numpy as np

DECAY = 1e-2

Weights = dict[str, Any]
One = TypeVar("One")
Loss = Callable[[Weights, Weights, jax.Array], jax.Array]
"""How far weights are from what a batch wants, given a key of chance."""


def normal(chance: np.random.Generator, *shape: int, spread: float) -> np.ndarray:
    """Weights to begin with."""
    return chance.normal(0, spread, shape).astype(np.float32)


def layers(chance: np.random.Generator, sizes: Sequence[int], state: int) -> list[list[Weights]]:
    """Layers to begin with, each direction of each; `sizes` is how many numbers each is given."""
    bound = 1 / np.sqrt(state)

    def one(size: int) -> Weights:
        return {
            "in": normal(chance, size + 1, 3 * state, spread=bound / 2),
            "on": normal(chance, state + 1, 3 * state, spread=bound / 2),
        }

    return [[one(size), one(size)] for size in sizes]


def places(lists: Mapping[str, Sequence[str]]) -> dict[str, dict[str, int]]:
    """Where each of several lists has each word."""
    return {name: {each: place for place, each in enumerate(listed)} for name, listed in lists.items()}


def by_length(found: Iterable[One], size: Callable[[One], int], lengths: Sequence[int]) -> dict[int, list[One]]:
    """What is laid out together: by the least of `lengths` that holds it."""
    parted: dict[int, list[One]] = {length: [] for length in lengths}
    for one in found:
        parted[next(length for length in lengths if size(one) <= length)].append(one)
    return parted


def batches(parted: Mapping[int, list[One]], size: int, chance: random.Random) -> list[tuple[int, list[One]]]:
    """Batches in a new order, each with its length; what is left of a length's last one comes in another round."""
    made = []
    for length, some in parted.items():
        chance.shuffle(some)
        made += [(length, some[place : place + size]) for place in range(0, len(some) - size + 1, size)]
    chance.shuffle(made)
    return made


def plus_one(values: jax.Array) -> jax.Array:
    """With a one behind each row."""
    return jnp.concatenate([values, jnp.ones((*values.shape[:-1], 1), values.dtype)], axis=-1)


def both_ways(layer: Sequence[Weights], values: jax.Array, there: jax.Array) -> tuple[jax.Array, jax.Array]:
    """The states of one layer, and where each way ended; `values`: batch, place, number."""
    ahead = _passed(layer[0], values, there)
    behind = _passed(layer[1], values[:, ::-1], there[:, ::-1])[:, ::-1]
    return jnp.concatenate([ahead, behind], axis=-1), jnp.concatenate([ahead[:, -1], behind[:, 0]], axis=-1)


def _passed(layer: Weights, values: jax.Array, there: jax.Array) -> jax.Array:
    """The states of one direction. Where nothing is there, the state stays."""
    inward, size = plus_one(values) @ layer["in"], layer["on"].shape[1] // 3

    def step(state: jax.Array, now: tuple[jax.Array, jax.Array]) -> tuple[jax.Array, jax.Array]:
        given, is_there = now
        before = plus_one(state) @ layer["on"]
        keep, mix = jax.nn.sigmoid(given[:, : 2 * size] + before[:, : 2 * size]).reshape(-1, 2, size).swapaxes(0, 1)
        new = jnp.tanh(given[:, 2 * size :] + mix * before[:, 2 * size :])
        state = jnp.where(is_there[:, None], (1 - keep) * new + keep * state, state)
        return state, state

    start = jnp.zeros((values.shape[0], size))
    _, states = jax.lax.scan(step, start, (inward.swapaxes(0, 1), there.T))
    return states.swapaxes(0, 1)


def thinner(keys: Iterator[jax.Array] | None, share: float) -> Callable[[jax.Array], jax.Array]:
    """Leaves out a share of numbers at random; without keys none."""
    if keys is None:
        return lambda values: values
    return lambda values: values * jax.random.bernoulli(next(keys), 1 - share, values.shape) / (1 - share)


@partial(jax.jit, static_argnums=0, donate_argnums=1)
def _stepped(lost: Loss, fit: Weights, laid: Weights, key: jax.Array, at: jax.Array) -> tuple[Weights, Any]:
    """One step of AdamW; `at` is its number and its rate."""
    weights = fit["weights"]
    loss, slope = jax.value_and_grad(lost)(weights, laid, key)
    size = jnp.sqrt(sum(jnp.sum(each**2) for each in jax.tree.leaves(slope)))
    slope = jax.tree.map(lambda each: each * jnp.minimum(1.0, 1.0 / (size + 1e-6)), slope)
    first = jax.tree.map(lambda old, new: 0.9 * old + 0.1 * new, fit["first"], slope)
    square = jax.tree.map(lambda old, new: 0.999 * old + 0.001 * new**2, fit["square"], slope)
    number, rate = at
    weights = jax.tree.map(
        lambda value, one, two: (
            value * (1 - rate * DECAY) - rate * (one / (1 - 0.9**number)) / (jnp.sqrt(two / (1 - 0.999**number)) + 1e-8)
        ),
        weights,
        first,
        square,
    )
    return {"weights": weights, "first": first, "square": square}, loss


def fitted(
    weights: Weights,
    lost: Loss,
    batches: Callable[[], Iterator[Weights]],
    *,
    rounds: int,
    steps: int,
    rate: float,
    seed: int,
) -> Weights:
    """The weights after all rounds over `batches`, which are some `steps` in all; the rate falls to nearly nothing."""
    weights = jax.tree.map(jnp.asarray, weights)
    nothing = partial(jax.tree.map, jnp.zeros_like)
    fit = {"weights": weights, "first": nothing(weights), "square": nothing(weights)}
    key, number = jax.random.key(seed), 0
    for done in range(rounds):
        losses = []
        for laid in batches():
            key, now = jax.random.split(key)
            number += 1
            slower = rate * 0.5 * (1 + np.cos(np.pi * min(number / steps, 1.0))) + 2e-5
            fit, loss = _stepped(lost, fit, laid, now, jnp.array([float(number), slower]))
            losses.append(loss)
        print(f"  round {done + 1} of {rounds}: {float(np.mean(losses)):.4f}", flush=True)
    return jax.tree.map(np.asarray, fit["weights"])


def write(path: Path, weights: Weights, lists: Mapping[str, Sequence[str]], steps: Mapping[str, int]) -> int:
    """Writes a net; gives the bytes written.

    Each table has one step a column, in one byte a weight: so many whole numbers on each side of 0 as `steps` says
    of it, or of the "rest".
    """
    tables = {name: table for name, table in weights.items() if name != "layers"}
    for number, layer in enumerate(weights["layers"]):
        for way, direction in zip(("on", "back"), layer, strict=True):
            tables |= {f"{way} {number} {name}": direction[name] for name in ("in", "on")}
    body, shapes = b"", {}
    for name, table in tables.items():
        step = np.maximum(np.abs(table).max(0), 1e-9) / steps.get(name, steps["rest"])
        body += step.astype("<f4").tobytes() + np.round(table / step).astype(np.int8).tobytes()
        shapes[name] = table.shape
    heading = json.dumps({"lists": lists, "shapes": shapes}, ensure_ascii=False, separators=(",", ":")).encode()
    return path.write_bytes(compress(pack("<I", len(heading)) + heading + body, level=9))
