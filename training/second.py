"""Trains the second reader of times, `answerback.understanding.when.second`: a part of `make train`, some five minutes.

It learns from the phrases of `training/times` what each instant they mark is: suitable, not, of a text that wishes for
none, or of one that has to be asked about; and from what the rules read right, other instants of the same texts. AdamW
through JAX; the same texts give the same weights on the same kind of processor.
"""

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC
from functools import partial
from itertools import chain
from pathlib import Path
from struct import pack
from typing import Any, NamedTuple
from zlib import compress

import jax
import jax.numpy as jnp
import numpy as np

from answerback.engine.times import Times
from answerback.understanding.names import unsigned
from answerback.understanding.when import second
from answerback.understanding.when.as_seen import LONGEST, Seen, Stands, Tried, beside, seen, stand, tried
from answerback.understanding.when.company import in_company
from answerback.understanding.when.elements import elements
from answerback.understanding.when.pieces import Moment
from answerback.understanding.when.second import ASK, NO, NOTHING, PIECES, YES
from answerback.understanding.when.tokens import tokens
from answerback.understanding.when.understand import read_by_rules
from training.phrases import FOLDER, TESTED, ZONE, Phrase, instant, phrases
from training.plain_times import plain_times
from training.times import judged, moment

SEED = 20261130
EPOCHS, BATCH, RATE, DECAY = 24, 64, 3e-3, 1e-2
WORD, STATE, MEANT = 40, 64, 96
"""Numbers a word is known by, that pass from word to word in each direction, and that an instant is judged by."""

COMMON = 10
"""A word is known that stands in so many phrases."""

STEPS, STEPS_OF_WORDS = 31, 15
"""Whole numbers a weight is rounded to on each side of 0, and those of what a word is known by: finer ones read no
better, and take more bytes."""

DROPPED, UNKNOWN, SMOOTH = 0.2, 0.08, 0.02
"""Shares of numbers left out, of words made unknown and of certainty taken away, so that it learns no text by heart."""

DRAWN, DRAWN_COUNTS = 2, 0.5
"""How often other instants of a phrase are drawn, and what each counts of a marked one."""

PLAIN = 6000
"""Phrases put together, of which what the rules do not ask about is learnt."""

PLAIN_COUNTS = 0.3
"""What an instant of theirs counts of a marked one: who learns from the rules what they say learns their mistakes."""

VEILED = 0.25
"""How much of what else is seen of an instant is left out: where it stands to the times has to be enough."""

TESTED_COUNTS = 12.0
"""What a phrase of the tests counts: it is to stay right."""

TOGETHER, SILENT = 10, 4
"""Instants looked at together of one phrase, and those of one that wishes for none or must be asked about."""

LENGTHS = (8, 14, 22, LONGEST)
"""Phrases are laid together by their length in tokens."""

Shown = tuple[Stands, Stands, int, float]


class Case(NamedTuple):
    """A phrase as it is seen, and instants: where each stands, what else is seen, what it is, how much it counts."""

    words: list[str]
    kinds: list[str]
    places: list[int]
    shown: list[Shown]
    drawn: list[Shown]


def main() -> None:
    """Fit and write."""
    found = list(cases((TESTED, *sorted(FOLDER.glob("*.txt")))))
    lists = known(found)
    weights = fitted(found, lists)
    write(weights, lists)
    print(f"second reader: {len(found)} phrases, {len(lists['words'])} words, {second.DATA.stat().st_size} bytes")


def cases(paths: Sequence[Path]) -> Iterator[Case]:
    """All that is trained on."""
    for path in paths:
        chance = random.Random(f"{SEED} {path.stem}")
        for phrase in phrases(path):
            if case := case_of(phrase, chance, TESTED_COUNTS if path == TESTED else 1.0):
                yield case
    chance = random.Random(SEED)
    for phrase in plain_times(PLAIN):
        at = moment(phrase.now, phrase.language)
        sight, said, drawn = read(phrase.text, at, chance)
        if drawn and said.kind != "none" and not said.ask:
            yield Case(sight.words, sight.kinds, sight.places, labelled(said, drawn, PLAIN_COUNTS), [])


def case_of(phrase: Phrase, chance: random.Random, counts: float) -> Case | None:
    """A phrase with its instants; None where it names no time."""
    at = moment(phrase.now, phrase.language)
    nothing = phrase.kind.endswith("?") or phrase.says_nothing
    sight, said, drawn = read(phrase.text, at, chance)
    if not drawn:
        return None
    if nothing:
        is_ = ASK if phrase.kind.endswith("?") else NOTHING
        return Case(
            sight.words, sight.kinds, sight.places, [], [(each.stands, each.beside, is_, counts) for each in drawn]
        )
    marked = [(word, YES) for word in phrase.yes] + [(word, NO) for word in phrase.no]
    shown = []
    for word, is_ in marked:
        when = instant(word, phrase.now)
        stands = tuple(stand(piece, when) for piece in sight.pieces)
        shown.append((stands, beside(when, phrase.now), is_, counts))
    others = labelled(said, drawn, counts * DRAWN_COUNTS) if judged(phrase, said) == "right" else []
    return Case(sight.words, sight.kinds, sight.places, shown, others)


def read(text: str, at: Moment, chance: random.Random) -> tuple[Seen, Times, list[Tried]]:
    """How a text is seen, what the rules read, and instants held against its times."""
    words = in_company(tokens(unsigned(text)))
    found = elements(words, at)
    sight = seen(words, found)
    said = read_by_rules(words, found, at, Times(now=at.now.astimezone(UTC), zone=ZONE.key), answering=True)
    if not sight.pieces:
        return sight, said, []
    each_time = [tried(sight.pieces, at, day_of=chance.choice, minute_of=chance.choice) for _ in range(DRAWN)]
    return sight, said, list(chain.from_iterable(each_time))


def labelled(said: Times, drawn: Sequence[Tried], counts: float) -> list[Shown]:
    """Instants as the rules judge them."""
    return [(each.stands, each.beside, YES if said.allows(each.instant) else NO, counts) for each in drawn]


def known(found: Sequence[Case]) -> dict[str, list[str]]:
    """The words, kinds and stands that have weights, the commonest first; all others share the first place."""
    words = Counter(chain.from_iterable(set(case.words) for case in found))
    kinds = Counter(chain.from_iterable(set(case.kinds) for case in found))
    shown = [each for case in found for each in (*case.shown, *case.drawn)]
    stands = Counter(chain.from_iterable(each[0] for each in shown))
    others = Counter(chain.from_iterable(each[1] for each in shown))
    return {
        "words": [word for word, count in words.most_common() if count >= COMMON],
        "kinds": [kind for kind, _ in kinds.most_common()],
        "stands": [each for each, _ in stands.most_common()],
        "beside": sorted(others),
    }


Weights = dict[str, Any]


def fresh(lists: dict[str, list[str]], seed: int) -> Weights:
    """Weights to begin with."""
    chance = np.random.default_rng(seed)

    def normal(*shape: int, spread: float) -> np.ndarray:
        return chance.normal(0, spread, shape).astype(np.float32)

    def layer(size: int) -> Weights:
        bound = 1 / np.sqrt(STATE)
        return {
            "in": normal(size + 1, 3 * STATE, spread=bound / 2),
            "on": normal(STATE + 1, 3 * STATE, spread=bound / 2),
        }

    return {
        "words": normal(len(lists["words"]) + 1, WORD, spread=0.7),
        "kinds": normal(len(lists["kinds"]) + 1, WORD, spread=0.7),
        "layers": [[layer(size), layer(size)] for size in (WORD, 2 * STATE)],
        "time": normal(2 * STATE + 1, MEANT, spread=0.15),
        "whole": normal(2 * STATE + 1, MEANT, spread=0.15),
        "times": np.ones((len(lists["stands"]) + 1, MEANT), np.float32),
        "plus": normal(len(lists["stands"]) + 1, MEANT, spread=0.3),
        "beside": normal(len(lists["beside"]), MEANT, spread=0.3),
        "deep": normal(MEANT + 1, MEANT, spread=0.15),
        "out": normal(MEANT + 1, 4, spread=0.15),
    }


def _ones(values: jax.Array) -> jax.Array:
    return jnp.concatenate([values, jnp.ones((*values.shape[:-1], 1), values.dtype)], axis=-1)


def passed(layer: Weights, values: jax.Array, there: jax.Array) -> jax.Array:
    """The states of one direction; values: batch, place, number. Where nothing is there, the state stays."""
    inward = _ones(values) @ layer["in"]

    def step(state: jax.Array, now: tuple[jax.Array, jax.Array]) -> tuple[jax.Array, jax.Array]:
        given, is_there = now
        before = _ones(state) @ layer["on"]
        keep, mix = (
            (jax.nn.sigmoid(given[:, : 2 * STATE] + before[:, : 2 * STATE])).reshape(-1, 2, STATE).swapaxes(0, 1)
        )
        new = jnp.tanh(given[:, 2 * STATE :] + mix * before[:, 2 * STATE :])
        state = jnp.where(is_there[:, None], (1 - keep) * new + keep * state, state)
        return state, state

    start = jnp.zeros((values.shape[0], STATE))
    _, states = jax.lax.scan(step, start, (inward.swapaxes(0, 1), there.T))
    return states.swapaxes(0, 1)


def judge(weights: Weights, laid: Weights, key: jax.Array | None) -> jax.Array:
    """Log-odds of the four answers; batch, instant, answer. With a `key` numbers are left out at random."""
    keys = iter(jax.random.split(key, 8)) if key is not None else None

    def thinned(values: jax.Array) -> jax.Array:
        if keys is None:
            return values
        return values * jax.random.bernoulli(next(keys), 1 - DROPPED, values.shape) / (1 - DROPPED)

    def veiled(values: jax.Array) -> jax.Array:
        if keys is None:
            return values
        return values * jax.random.bernoulli(next(keys), 1 - VEILED, (*values.shape[:-1], 1))

    there, words = laid["there"], laid["words"]
    if keys is not None:
        words = jnp.where(jax.random.bernoulli(next(keys), UNKNOWN, words.shape), 0, words)
    states = thinned(weights["words"][words] + weights["kinds"][laid["kinds"]])
    for number, (onward, back) in enumerate(weights["layers"]):
        ahead = passed(onward, states, there)
        behind = passed(back, states[:, ::-1], there[:, ::-1])[:, ::-1]
        ends = jnp.concatenate([ahead[:, -1], behind[:, 0]], axis=-1)
        states = jnp.concatenate([ahead, behind], axis=-1)
        states = thinned(states) if number == 0 else states
    timed = jnp.take_along_axis(states, laid["places"][:, :, None], axis=1)
    timed = _ones(thinned(timed)) @ weights["time"]
    stands = laid["stands"]
    meant = jax.nn.relu(timed[:, None] * weights["times"][stands] + weights["plus"][stands])
    meant = (meant * laid["timed"][:, None, :, None]).sum(2)
    whole = (_ones(ends) @ weights["whole"])[:, None]
    meant = jax.nn.relu(meant + veiled(weights["beside"][laid["beside"]]).sum(2) + whole)
    deep = jax.nn.relu(_ones(thinned(meant)) @ weights["deep"])
    return _ones(deep) @ weights["out"]


def lost(weights: Weights, laid: Weights, key: jax.Array) -> jax.Array:
    """How far from the marks, on average."""
    odds = jax.nn.log_softmax(judge(weights, laid, key))
    wanted = jax.nn.one_hot(laid["is"], 4) * (1 - SMOOTH) + SMOOTH / 4
    each = -(odds * wanted).sum(-1) * laid["counts"]
    return each.sum() / laid["counts"].sum()


@partial(jax.jit, donate_argnums=(0, 1))
def stepped(
    weights: Weights, past: Weights, laid: Weights, key: jax.Array, at: jax.Array
) -> tuple[Weights, Weights, Any]:
    """One step of AdamW; `at` is its number and its rate."""
    loss, slope = jax.value_and_grad(lost)(weights, laid, key)
    size = jnp.sqrt(sum(jnp.sum(each**2) for each in jax.tree.leaves(slope)))
    slope = jax.tree.map(lambda each: each * jnp.minimum(1.0, 1.0 / (size + 1e-6)), slope)
    first = jax.tree.map(lambda old, new: 0.9 * old + 0.1 * new, past["first"], slope)
    square = jax.tree.map(lambda old, new: 0.999 * old + 0.001 * new**2, past["square"], slope)
    number, rate = at
    weights = jax.tree.map(
        lambda value, one, two: (
            value * (1 - rate * DECAY) - rate * (one / (1 - 0.9**number)) / (jnp.sqrt(two / (1 - 0.999**number)) + 1e-8)
        ),
        weights,
        first,
        square,
    )
    return weights, {"first": first, "square": square}, loss


def fitted(found: Sequence[Case], lists: dict[str, list[str]], seed: int = SEED) -> Weights:
    """The weights after all rounds."""
    chance = random.Random(seed)
    places = {name: {each: place for place, each in enumerate(listed)} for name, listed in lists.items()}
    weights: Weights = jax.tree.map(jnp.asarray, fresh(lists, seed))
    past = {"first": jax.tree.map(jnp.zeros_like, weights), "square": jax.tree.map(jnp.zeros_like, weights)}
    key, number, total = jax.random.key(seed), 0, EPOCHS * (len(found) // BATCH + len(LENGTHS))
    for epoch in range(EPOCHS):
        losses = []
        for batch in _batches(found, chance):
            key, now = jax.random.split(key)
            number += 1
            rate = RATE * 0.5 * (1 + np.cos(np.pi * min(number / total, 1.0))) + 2e-5
            laid = laid_out(batch, places, chance)
            weights, past, loss = stepped(weights, past, laid, now, jnp.array([float(number), rate]))
            losses.append(loss)
        print(f"  round {epoch + 1} of {EPOCHS}: {float(np.mean(losses)):.4f}", flush=True)
    return jax.tree.map(np.asarray, weights)


def _batches(found: Sequence[Case], chance: random.Random) -> list[list[Case]]:
    by_length: dict[int, list[Case]] = {length: [] for length in LENGTHS}
    for case in found:
        by_length[next(length for length in LENGTHS if len(case.words) <= length)].append(case)
    batches = []
    for some in by_length.values():
        chance.shuffle(some)
        batches += [some[place : place + BATCH] for place in range(0, len(some) - BATCH + 1, BATCH)]
    chance.shuffle(batches)
    return batches


def laid_out(batch: Sequence[Case], places: dict[str, dict[str, int]], chance: random.Random) -> Weights:
    """A batch as arrays: what is unknown stands at 0, the rest one further."""
    length = next(length for length in LENGTHS if max(len(case.words) for case in batch) <= length)
    laid: Weights = {
        "words": np.zeros((len(batch), length), np.int32),
        "kinds": np.zeros((len(batch), length), np.int32),
        "there": np.zeros((len(batch), length), bool),
        "places": np.zeros((len(batch), PIECES), np.int32),
        "timed": np.zeros((len(batch), PIECES), np.float32),
        "stands": np.zeros((len(batch), TOGETHER, PIECES), np.int32),
        "beside": np.zeros((len(batch), TOGETHER, 4), np.int32),
        "is": np.zeros((len(batch), TOGETHER), np.int32),
        "counts": np.zeros((len(batch), TOGETHER), np.float32),
    }
    for row, case in enumerate(batch):
        size, timed = len(case.words), min(len(case.places), PIECES)
        laid["words"][row, :size] = [places["words"].get(word, -1) + 1 for word in case.words]
        laid["kinds"][row, :size] = [places["kinds"].get(kind, -1) + 1 for kind in case.kinds]
        laid["there"][row, :size] = True
        laid["places"][row, :timed] = case.places[:timed]
        laid["timed"][row, :timed] = 1.0
        most = TOGETHER - len(case.shown) if case.shown else SILENT
        others = chance.sample(case.drawn, min(max(most, 0), len(case.drawn)))
        shown = chance.sample(case.shown, min(len(case.shown), TOGETHER))
        for column, (stands, also, is_, counts) in enumerate([*shown, *others]):
            laid["stands"][row, column, :timed] = [places["stands"].get(each, -1) + 1 for each in stands[:timed]]
            laid["beside"][row, column] = [places["beside"][each] for each in also]
            laid["is"][row, column], laid["counts"][row, column] = is_, counts
    return laid


def write(weights: Weights, lists: dict[str, list[str]]) -> None:
    """Each table with one step a column, in one byte a weight, most of them small."""
    tables = {
        name: weights[name] for name in ("words", "kinds", "time", "whole", "times", "plus", "beside", "deep", "out")
    }
    for number, layer in enumerate(weights["layers"]):
        for way, direction in zip(("on", "back"), layer, strict=True):
            tables |= {f"{way} {number} {name}": direction[name] for name in ("in", "on")}
    body, shapes = b"", {}
    for name, table in tables.items():
        most = STEPS_OF_WORDS if name in {"words", "kinds"} else STEPS
        steps = np.maximum(np.abs(table).max(0), 1e-9) / most
        body += steps.astype("<f4").tobytes() + np.round(table / steps).astype(np.int8).tobytes()
        shapes[name] = table.shape
    heading = json.dumps({"lists": lists, "shapes": shapes}, ensure_ascii=False, separators=(",", ":")).encode()
    second.DATA.write_bytes(compress(pack("<I", len(heading)) + heading + body, level=9))


if __name__ == "__main__":
    main()
