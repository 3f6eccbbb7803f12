"""`make train`: trains the heads of the reader from our own texts, fits its confidence, and prints the model card.

Softmax for what is wanted and how soon, one logistic judge for each other question, over hashed facts and letters, the
points of meaning and the gist (`training.rounds` goes over the texts), and a net that reads the words in their order
(`training.sequence`). The same texts and seed give the same weights on the same kind of processor.
"""

import json
import re
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np

import answerback.understanding
from answerback.understanding import features
from answerback.understanding.features import ROWS
from answerback.understanding.heads import ASKED, HEADS, INTENTS, LETTER_WEIGHT, SIGNS, TAGS, URGENCIES
from answerback.understanding.meaning import SIZE
from answerback.understanding.sequence import Sight
from training import bonds, catalogue, gist, second, sequence, times, trust
from training.calibrate import Unseen, cases, fitted, unseen
from training.examples import examples
from training.made import made
from training.rounds import Laid, one_round
from training.seen import Seen, seen
from training.texts import Labelled, labelled

DATA = Path(answerback.understanding.__file__).parent / "data"
SEED = 20260311
EPOCHS, AVERAGED = 5, 2
STEPS = 31
"""Whole numbers a weight is rounded to on each side of 0: finer ones read no better, and take more bytes."""

WRITERS = {
    "broad": 0,
    "wide": 1,
    "kin": 2,
    "voice": 2,
    "echo": 2,
    "w1": 0,
    "w2": 1,
    "w3": 2,
    "w4": 1,
    "w5": 0,
    "w6": 2,
    "w7": 0,
    "w8": 1,
    "x1": 0,
    "x2": 1,
    "x3": 2,
    "x4": 0,
    "x5": 1,
    "x6": 2,
    "x7": 0,
    "x8": 1,
    "y1": 0,
    "y2": 1,
    "y3": 2,
    "y5": 1,
    "y6": 2,
    "y7": 0,
    "z1": 0,
    "z2": 1,
    "z3": 2,
    "z4": 0,
    "z5": 1,
    "z6": 2,
    "z7": 0,
    "z8": 1,
    "z9": 2,
    "za": 0,
    "zb": 1,
    "zc": 2,
    "zd": 0,
    "ze": 1,
    "zf": 2,
    "zg": 0,
    "zh": 1,
    "zi": 2,
    "zj": 0,
    "q1": 0,
    "q2": 1,
    "q3": 2,
    "q4": 1,
    "q5": 2,
    "q6": 0,
    "q7": 1,
    "q8": 2,
    "v1": 0,
    "v3": 1,
    "v4": 2,
    "v5": 0,
    "v6": 1,
    "e3": 0,
    "e4": 2,
    "e1": 1,
    "e2": 2,
}
"""The fold of every writer but the first, by how the names of their files begin: customers are strangers, so the
confidence is fitted on texts whose writer no judging head had read."""

FOLDS = 3
FEW_OF_FIRST = 4

_I, _U = len(INTENTS), len(INTENTS) + len(URGENCIES)
_T = _U + len(TAGS)


class Example(NamedTuple):
    """The rows of one text, how often each letter row is called on, where it lies in meaning, which question it
    answers, how its words are seen, and for every head what it should say, if known."""

    letters: np.ndarray
    often: np.ndarray
    facts: np.ndarray
    meant: np.ndarray
    asked: int
    sight: Sight
    wanted: np.ndarray
    known: np.ndarray


def main() -> None:
    """Train, write, and print the model card."""
    count_every_list()
    texts = [one for one in labelled() if not one.held_out]
    parts = [one for one in made(seed=SEED) if not one.held_out]
    print(
        f"{len(texts)} texts written by us, {len(parts)} put together from parts; licence: this project's, Apache-2.0"
    )
    print("points of meaning: fitted to all-MiniLM-L6-v2 (Apache-2.0; data/NOTICE.txt), without labels")
    times.main()
    second.main()
    catalogue.main()
    bonds.main()
    fold = folds(texts)
    of_parts = prepared(examples(parts, seed=SEED + 1, copies=0))
    ready = [prepared(examples(each, seed=0)) for each in fold]
    strange: list[Unseen] = []
    for left_out, each in enumerate(fold):
        write(train(of_parts + [one for place, many in enumerate(ready) if place != left_out for one in many]))
        strange += unseen(strangers(each), seed=SEED)
    believed = fit_trust(strange)
    print("trust:", believed[0].round(3))
    write(train(of_parts + [one for many in ready for one in many]), believed)
    fit_confidence(strange)
    print(f"{ROWS} rows of weights for {len(HEADS)} heads; on the texts held out:", flush=True)
    subprocess.run([sys.executable, "-m", "training.evaluate"], check=True)  # Anew, with the weights just written.


def count_every_list() -> None:
    """Lists newer than the last weights, which meant nothing to them, count from now on."""
    path = DATA / "words.json"
    written = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'("features\.untrained": )"[^"]*"', r'\1""', written), encoding="utf-8")
    features.UNTRAINED = frozenset()


def folds(texts: list[Labelled]) -> list[list[Labelled]]:
    """The texts in parts of about one size: no other writer's stand in two of them, and no file of the first's."""
    parts: list[list[Labelled]] = [[] for _ in range(FOLDS)]
    of_first: dict[str, list[Labelled]] = {}
    for one in texts:
        writer = one.source.partition("_")[0]
        if writer in WRITERS:
            parts[WRITERS[writer]].append(one)
        else:
            of_first.setdefault(one.source, []).append(one)
    for each in sorted(of_first.values(), key=len, reverse=True):
        min(parts, key=len).extend(each)
    return parts


def strangers(texts: list[Labelled]) -> list[Labelled]:
    """Those of other writers, and one in four of the first's: not every text is as hard as theirs."""
    return [
        one for place, one in enumerate(texts) if one.source.partition("_")[0] in WRITERS or place % FEW_OF_FIRST == 0
    ]


def prepared(texts: list[Labelled]) -> list[Example]:
    """Texts as rows, once for all rounds; every core reads its share."""
    # New processes, for JAX ran already in this one; they read the lists as `count_every_list` left them.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as cores:
        return list(cores.map(_example, texts, chunksize=200))


def _example(one: Labelled) -> Example:
    what: Seen = seen(one)
    wanted, known = _target(one)
    letters, often = np.unique(np.array(what.letters, dtype=np.int32), return_counts=True)
    each = LETTER_WEIGHT / max(1, len(what.letters)) ** 0.5
    meant, asked = np.array(what.meant, dtype=np.float32), ASKED.index(one.asked)
    facts = np.unique(what.facts)
    return Example(letters, (often * each).astype(np.float32), facts, meant, asked, what.sight, wanted, known)


def _target(one: Labelled) -> tuple[np.ndarray, np.ndarray]:
    wanted, known = np.zeros(len(HEADS)), np.ones(len(HEADS))
    if one.intent is None:
        known[:_I] = known[_T] = 0
    else:
        shared = 0.15 if one.also else 0.0
        wanted[INTENTS.index(one.intent)] = 1 - shared
        for also in one.also:
            wanted[INTENTS.index(also)] += shared / len(one.also)
    wanted[_I + URGENCIES.index(one.urgency)] = 1
    for tag in one.tags:
        wanted[_U + TAGS.index(tag)] = 1
    wanted[_T:] = one.intent == "opt_out", one.urgency == "emergency", bool(one.tags)
    return wanted, known


class Trained(NamedTuple):
    """Weights by row and head; the last rows are those of the coordinates of meaning and of the signs of the gist."""

    weights: np.ndarray
    gist: gist.Gist
    sequence: sequence.Fitted


def train(made_ready: list[Example], seed: int = SEED) -> Trained:
    """The layer of the gist, the weights, the mean of the last rounds, and the net that reads the words in order."""
    layer, meant = _gist(made_ready, seed)
    laid = _laid(made_ready, meant)
    chance = np.random.default_rng(seed)
    weights = np.zeros((ROWS + SIZE + SIGNS, len(HEADS)), dtype=np.float32)
    past = np.full(weights.shape, 0.1, dtype=np.float32)
    mean = np.zeros_like(weights)
    for epoch in range(EPOCHS):
        one_round(weights, past, laid, chance.permutation(len(made_ready)), chance)
        if epoch >= EPOCHS - AVERAGED:
            mean += weights / AVERAGED
    return Trained(mean, layer, sequence.fitted([_case(one) for one in made_ready], seed))


def _case(one: Example) -> sequence.Case:
    return sequence.Case(one.sight, one.wanted, one.known)


def _laid(made_ready: list[Example], meant: np.ndarray) -> Laid:
    return Laid(
        np.cumsum([0, *(len(one.letters) for one in made_ready)]),
        np.concatenate([one.letters for one in made_ready]),
        np.concatenate([one.often for one in made_ready]),
        np.cumsum([0, *(len(one.facts) for one in made_ready)]),
        np.concatenate([one.facts for one in made_ready]),
        meant,
        np.array([one.wanted for one in made_ready]),
        np.array([one.known for one in made_ready]),
    )


def _gist(made_ready: list[Example], seed: int) -> tuple[gist.Gist, np.ndarray]:
    """The layer, and for each text its coordinates and signs together."""
    texts = gist.Texts(
        np.array([one.meant for one in made_ready], dtype=np.float32),
        np.array([one.asked for one in made_ready]),
        np.array([one.wanted for one in made_ready], dtype=np.float32),
        np.array([one.known for one in made_ready], dtype=np.float32),
    )
    layer = gist.fitted(texts, seed=seed)
    return layer, np.hstack([texts.meant, layer.signs(texts.meant, texts.asked)]).astype(np.float32)


def write(trained: Trained, believed: np.ndarray | None = None) -> None:
    """The weights as bytes, and what a step of a byte is worth; those of the meaning and of the gist to four places."""
    weights, of_meaning = trained.weights[:ROWS], trained.weights[ROWS:]
    scale = float(np.quantile(np.abs(weights), 0.9999)) / STEPS
    bytes_ = np.clip(np.round(weights / scale), -STEPS, STEPS).astype(np.int16) + 128
    sequence.write(DATA / "sequence.bin", trained.sequence)
    np.savez_compressed(
        DATA / "heads.npz",
        heads=HEADS,
        scale=np.float32(scale),
        weights=bytes_.astype(np.uint8),
        trust=_rounded(trust.untold(len(HEADS)) if believed is None else believed),
        meaning=_rounded(of_meaning.T),
        gist=_rounded(trained.gist.says.T),
        signs=_rounded(trained.gist.of_meaning.T),
        signs_asked=_rounded(trained.gist.of_asked + trained.gist.rest),
    )


def _rounded(weights: np.ndarray) -> np.ndarray:
    return np.round(weights, 4).astype(np.float32)


def fit_trust(strange: list[Unseen]) -> np.ndarray:
    """How far each voice is believed, from texts of writers that none of them had read."""
    wanted, known = (np.array(each) for each in zip(*(_target(one.gold) for one in strange), strict=True))
    return trust.fitted(np.array([one.judged.apart for one in strange]), wanted, known)


def fit_confidence(strange: list[Unseen]) -> None:
    """Fits the joint confidence on the same texts, judged as before but with the trust that was written last."""
    found = fitted(cases(strange))
    (DATA / "confidence.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
