"""Trains the second reader of times, `answerback.understanding.when.second`: a part of `make train`, some ten minutes.

It learns from the phrases of `training/times` what each instant they mark is: suitable, not, of a text that wishes for
none, or of one that has to be asked about; and from what the rules read right, other instants of the same texts. AdamW
through JAX; the same texts give the same weights on the same kind of processor.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

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
from answerback.understanding.when.understand import is_left_to_rules, read_by_rules
from training import gated
from training.gated import Weights, both_ways, layers, normal, plus_one, thinner
from training.phrases import FOLDER, JOINED, TESTED, Phrase, instant, phrases
from training.plain_times import plain_times
from training.times import judged, moment

SEED = 20261130
EPOCHS, BATCH, RATE = 30, 64, 3e-3
WORD, STATE, MEANT = 40, 64, 96
"""Numbers a word is known by, that pass from word to word in each direction, and that an instant is judged by."""

COMMON = 10
"""A word is known that stands in so many phrases."""

STEPS = {"rest": 31, "words": 15, "kinds": 15}
"""Whole numbers a weight is rounded to on each side of 0: finer ones read no better, and take more bytes."""

DROPPED, UNKNOWN, SMOOTH = 0.2, 0.08, 0.02
"""Shares of numbers left out, of words made unknown and of certainty taken away, so that it learns no text by heart."""

DRAWN, DRAWN_COUNTS = 2, 0.5
"""How often other instants of a phrase are drawn, and what each counts of a marked one."""

PLAIN, PLAIN_PARTS = 44_000, 8
"""Phrases put together, of which what the rules do not ask about is learnt; and parts they are read in."""

PLAIN_COUNTS = 0.3
"""What an instant of theirs counts of a marked one: who learns from the rules what they say learns their mistakes."""

VEILED = 0.25
"""How much of what else is seen of an instant is left out: where it stands to the times has to be enough."""

TESTED_COUNTS, CAREFUL_COUNTS = 16.0, 8.0
"""What a phrase of the tests counts, for it is to stay right; and one of writers who labelled with care."""

CAREFUL = "careful_"
"""How the files of these begin."""

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
    found = list(cases((TESTED, JOINED, *sorted(FOLDER.glob("*.txt")))))
    lists = known(found)
    weights = fitted(found, lists)
    size = gated.write(second.DATA, weights, lists, STEPS)
    print(f"second reader: {len(found)} phrases, {len(lists['words'])} words, {size} bytes")


def cases(paths: Sequence[Path]) -> Iterator[Case]:
    """All that is trained on; every core reads its share."""
    # They are new processes, for JAX may run already in this one.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as cores:
        yield from chain.from_iterable(cores.map(_of_file, paths))
        yield from chain.from_iterable(cores.map(_of_plain, range(PLAIN_PARTS)))


def _of_file(path: Path) -> list[Case]:
    chance = random.Random(f"{SEED} {path.stem}")
    counts = TESTED_COUNTS if path == TESTED else CAREFUL_COUNTS if _is_careful(path) else 1.0
    return [case for phrase in phrases(path) if (case := case_of(phrase, chance, counts))]


def _is_careful(path: Path) -> bool:
    return path == JOINED or path.name.startswith(CAREFUL)


def _of_plain(part: int) -> list[Case]:
    """A part of the phrases put together."""
    chance = random.Random(f"{SEED} {part}")
    found = []
    for phrase in islice(plain_times(PLAIN), part, None, PLAIN_PARTS):
        at = moment(phrase.now, phrase.language)
        if phrase.must_be_asked:
            found += filter(None, [case_of(phrase, chance, PLAIN_COUNTS)])
            continue
        sight, said, drawn, _ = read(phrase.text, at, chance)
        if drawn and said.kind != "none" and not said.ask:
            shown = labelled(said, drawn, PLAIN_COUNTS)
            found.append(Case(sight.words, sight.kinds, sight.places, shown, []))
    return found


def case_of(phrase: Phrase, chance: random.Random, counts: float) -> Case | None:
    """A phrase with its instants; None where it names no time, or has to be asked about for what is not seen of it."""
    at = moment(phrase.now, phrase.language)
    sight, said, drawn, left_to_rules = read(phrase.text, at, chance)
    if not drawn or (phrase.must_be_asked and left_to_rules):
        return None
    if phrase.must_be_asked or _says_nothing(phrase, said):
        is_ = ASK if phrase.must_be_asked else NOTHING
        silent = [(each.stands, each.beside, is_, counts) for each in drawn]
        return Case(sight.words, sight.kinds, sight.places, [], silent)
    marked = [(word, YES) for word in phrase.yes] + [(word, NO) for word in phrase.no]
    shown = []
    for word, is_ in marked:
        when = instant(word, phrase.now)
        stands = tuple(stand(piece, when) for piece in sight.pieces)
        shown.append((stands, beside(when, phrase.now), is_, counts))
    others = labelled(said, drawn, counts * DRAWN_COUNTS) if judged(phrase, said) == "right" else []
    return Case(sight.words, sight.kinds, sight.places, shown, others)


def _says_nothing(phrase: Phrase, said: Times) -> bool:
    """Does a phrase wish for nothing? Where its kind is not told, one that refuses nothing and is read so."""
    return phrase.says_nothing or (not phrase.kind and not phrase.no and said.kind == "none")


class Read(NamedTuple):
    """How a text is seen, what the rules read, instants held against its times, and whether only the rules may judge
    it.
    """

    sight: Seen
    said: Times
    drawn: list[Tried]
    left_to_rules: bool


def read(text: str, at: Moment, chance: random.Random) -> Read:
    """A text as the second reader is shown it."""
    words = in_company(tokens(unsigned(text)))
    found = elements(words, at)
    sight = seen(words, found)
    nothing = Times(now=at.now.astimezone(UTC), zone=str(at.now.tzinfo))
    said = read_by_rules(words, found, at, nothing, answering=True)
    if not sight.pieces:
        return Read(sight, said, [], True)
    each_time = [tried(sight.pieces, at, day_of=chance.choice, minute_of=chance.choice) for _ in range(DRAWN)]
    left = not second.judges(sight, said) or is_left_to_rules(words, said, at)
    return Read(sight, said, list(chain.from_iterable(each_time)), left)


def labelled(said: Times, drawn: Sequence[Tried], counts: float) -> list[Shown]:
    """Instants as the rules judge them."""
    return [(each.stands, each.beside, YES if said.allows(each.instant) else NO, counts) for each in drawn]


def known(found: Sequence[Case]) -> dict[str, list[str]]:
    """The words, kinds and stands that have weights, the commonest first; all others share the first place."""
    words = Counter(chain.from_iterable(dict.fromkeys(case.words) for case in found))
    kinds = Counter(chain.from_iterable(dict.fromkeys(case.kinds) for case in found))
    shown = [each for case in found for each in (*case.shown, *case.drawn)]
    stands = Counter(chain.from_iterable(each[0] for each in shown))
    others = Counter(chain.from_iterable(each[1] for each in shown))
    return {
        "words": [word for word, count in words.most_common() if count >= COMMON],
        "kinds": [kind for kind, _ in kinds.most_common()],
        "stands": [each for each, _ in stands.most_common()],
        "beside": sorted(others),
    }


def fresh(lists: dict[str, list[str]], seed: int) -> Weights:
    """Weights to begin with."""
    chance = np.random.default_rng(seed)
    return {
        "words": normal(chance, len(lists["words"]) + 1, WORD, spread=0.7),
        "kinds": normal(chance, len(lists["kinds"]) + 1, WORD, spread=0.7),
        "layers": layers(chance, (WORD, 2 * STATE), STATE),
        "time": normal(chance, 2 * STATE + 1, MEANT, spread=0.15),
        "whole": normal(chance, 2 * STATE + 1, MEANT, spread=0.15),
        "times": np.ones((len(lists["stands"]) + 1, MEANT), np.float32),
        "plus": normal(chance, len(lists["stands"]) + 1, MEANT, spread=0.3),
        "beside": normal(chance, len(lists["beside"]), MEANT, spread=0.3),
        "deep": normal(chance, MEANT + 1, MEANT, spread=0.15),
        "out": normal(chance, MEANT + 1, 4, spread=0.15),
    }


def judge(weights: Weights, laid: Weights, key: jax.Array | None) -> jax.Array:
    """Log-odds of the four answers; batch, instant, answer. With a `key` numbers are left out at random."""
    keys = iter(jax.random.split(key, 8)) if key is not None else None

    thinned = thinner(keys, DROPPED)

    def veiled(values: jax.Array) -> jax.Array:
        if keys is None:
            return values
        return values * jax.random.bernoulli(next(keys), 1 - VEILED, (*values.shape[:-1], 1))

    there, words = laid["there"], laid["words"]
    if keys is not None:
        words = jnp.where(jax.random.bernoulli(next(keys), UNKNOWN, words.shape), 0, words)
    states = thinned(weights["words"][words] + weights["kinds"][laid["kinds"]])
    first, second_ = weights["layers"]
    states, _ = both_ways(first, states, there)
    states, ends = both_ways(second_, thinned(states), there)
    timed = jnp.take_along_axis(states, laid["places"][:, :, None], axis=1)
    timed = plus_one(thinned(timed)) @ weights["time"]
    stands = laid["stands"]
    meant = jax.nn.relu(timed[:, None] * weights["times"][stands] + weights["plus"][stands])
    meant = (meant * laid["timed"][:, None, :, None]).sum(2)
    whole = (plus_one(ends) @ weights["whole"])[:, None]
    meant = jax.nn.relu(meant + veiled(weights["beside"][laid["beside"]]).sum(2) + whole)
    deep = jax.nn.relu(plus_one(thinned(meant)) @ weights["deep"])
    return plus_one(deep) @ weights["out"]


def lost(weights: Weights, laid: Weights, key: jax.Array) -> jax.Array:
    """How far from the marks, on average."""
    odds = jax.nn.log_softmax(judge(weights, laid, key))
    wanted = jax.nn.one_hot(laid["is"], 4) * (1 - SMOOTH) + SMOOTH / 4
    each = -(odds * wanted).sum(-1) * laid["counts"]
    return each.sum() / laid["counts"].sum()


def fitted(found: Sequence[Case], lists: dict[str, list[str]], seed: int = SEED) -> Weights:
    """The weights after all rounds."""
    chance = random.Random(seed)
    places, parted = gated.places(lists), gated.by_length(found, lambda case: len(case.words), LENGTHS)

    def batches() -> Iterator[Weights]:
        for length, batch in gated.batches(parted, BATCH, chance):
            yield laid_out(batch, places, length, chance)

    steps = EPOCHS * sum(len(some) // BATCH for some in parted.values())
    return gated.fitted(fresh(lists, seed), lost, batches, rounds=EPOCHS, steps=steps, rate=RATE, seed=seed)


def laid_out(batch: Sequence[Case], places: dict[str, dict[str, int]], length: int, chance: random.Random) -> Weights:
    """A batch as arrays: what is unknown stands at 0, the rest one further."""
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


if __name__ == "__main__":
    main()
