"""`make train`: trains the heads of the reader from our own texts, fits its confidence, and prints the model card.

Softmax for what is wanted and how soon, one logistic judge for each other question, AdaGrad over hashed facts with a
part of the facts dropped at random, so that the letters learn to stand without the rules and the rules without the
letters. The same texts and seed give the same weights.
"""

import json
from importlib import reload
from pathlib import Path
from typing import NamedTuple

import numpy as np

import answerback.understanding
from answerback.understanding import heads
from answerback.understanding.features import ROWS
from answerback.understanding.heads import HEADS, INTENTS, LETTER_WEIGHT, TAGS, URGENCIES
from answerback.understanding.meaning import SIZE
from training import evaluate
from training.calibrate import cases, fitted
from training.examples import examples
from training.made import made
from training.seen import Seen, seen
from training.texts import Labelled, labelled

DATA = Path(answerback.understanding.__file__).parent / "data"
SEED = 20260311
EPOCHS, AVERAGED = 5, 2
RATE, DROPPED, DECAY = 0.1, 0.3, 3e-3
ASIDE = ("wide", "kin")
"""The files of the writers set aside while the confidence is fitted, then trained on too: customers are strangers."""

ASIDE_OF_OTHERS = 4
"""One text in so many of everybody else's is set aside as well: not every text is as hard as theirs."""

_I, _U = len(INTENTS), len(INTENTS) + len(URGENCIES)
_T = _U + len(TAGS)


class Example(NamedTuple):
    """The rows of one text, how often each letter row is called on, where it lies in meaning, and for every head what
    it should say, if known."""

    letters: np.ndarray
    often: np.ndarray
    facts: np.ndarray
    meant: np.ndarray
    wanted: np.ndarray
    known: np.ndarray


def main() -> None:
    """Train, write, and print the model card."""
    texts = [one for one in labelled() if not one.held_out]
    parts = [one for one in made(seed=SEED) if not one.held_out]
    print(
        f"{len(texts)} texts written by us, {len(parts)} put together from parts; licence: this project's, Apache-2.0"
    )
    print("points of meaning: fitted to all-MiniLM-L6-v2 (Apache-2.0; data/NOTICE.txt), without labels")
    strange = [one.source.startswith(ASIDE) or place % ASIDE_OF_OTHERS == 0 for place, one in enumerate(texts)]
    aside = [one for one, is_strange in zip(texts, strange, strict=True) if is_strange]
    rest = [one for one, is_strange in zip(texts, strange, strict=True) if not is_strange]
    ready = prepared(examples(parts, seed=SEED + 1, copies=0)) + prepared(examples(rest, seed=SEED))
    write(train(ready))
    fit_confidence(aside)
    write(train(ready + prepared(examples(aside, seed=SEED + 2))))
    print(f"{ROWS} rows of weights for {len(HEADS)} heads; on the texts held out:")
    reload(heads)
    evaluate.main()


def prepared(texts: list[Labelled]) -> list[Example]:
    """Texts as rows, once for all rounds."""
    return [_example(one) for one in texts]


def _example(one: Labelled) -> Example:
    what: Seen = seen(one)
    wanted, known = _target(one)
    letters, often = np.unique(np.array(what.letters, dtype=np.int32), return_counts=True)
    each = LETTER_WEIGHT / max(1, len(what.letters)) ** 0.5
    meant = np.array(what.meant, dtype=np.float32)
    return Example(letters, (often * each).astype(np.float32), np.unique(what.facts), meant, wanted, known)


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


def train(made_ready: list[Example], seed: int = SEED) -> np.ndarray:
    """Weights by row and head, the mean of the last rounds; the last rows are those of the meaning's coordinates."""
    chance = np.random.default_rng(seed)
    weights = np.zeros((ROWS + SIZE, len(HEADS)), dtype=np.float32)
    past = np.full((ROWS + SIZE, len(HEADS)), 0.1, dtype=np.float32)
    mean = np.zeros_like(weights)
    for epoch in range(EPOCHS):
        for place in chance.permutation(len(made_ready)):
            _step(weights, past, made_ready[place], chance)
        if epoch >= EPOCHS - AVERAGED:
            mean += weights / AVERAGED
    return mean


def _step(weights: np.ndarray, past: np.ndarray, one: Example, chance: np.random.Generator) -> None:
    facts = one.facts[chance.random(len(one.facts)) > DROPPED]
    of_facts, of_letters, of_meaning = weights[facts], weights[one.letters], weights[ROWS:]
    meant = one.meant * (chance.random() > DROPPED)
    said = of_facts.sum(0) + (of_letters * one.often[:, None]).sum(0) + meant @ of_meaning
    error = (_likely(said) - one.wanted) * one.known
    if np.abs(error).max() < 0.02:
        return
    _move(of_meaning, past[ROWS:], np.outer(meant, error) + DECAY * of_meaning)
    letter = float(one.often.min(initial=1.0))
    for rows, now, worth in ((facts, of_facts, 1.0), (one.letters, of_letters, letter)):
        slope = (error * worth + DECAY * now).astype(np.float32)
        grown = past[rows] + slope * slope
        past[rows] = grown
        weights[rows] = now - RATE * slope / np.sqrt(grown)


def _move(weights: np.ndarray, past: np.ndarray, slope: np.ndarray) -> None:
    past += slope * slope
    weights -= RATE * slope / np.sqrt(past)


def _likely(scores: np.ndarray) -> np.ndarray:
    said = np.empty_like(scores)
    for part in (slice(0, _I), slice(_I, _U)):
        risen = np.exp(scores[part] - scores[part].max())
        said[part] = risen / risen.sum()
    said[_U:] = 1 / (1 + np.exp(-scores[_U:]))
    return said


def write(weights: np.ndarray) -> None:
    """The weights as bytes, and what a step of a byte is worth; those of the meaning as they are."""
    weights, of_meaning = weights[:ROWS], weights[ROWS:]
    scale = float(np.quantile(np.abs(weights), 0.9999)) / 127
    bytes_ = np.clip(np.round(weights / scale), -127, 127).astype(np.int16) + 128
    (DATA / "heads.bin").write_bytes(bytes_.astype(np.uint8).tobytes())
    meaning = [" ".join(f"{weight:.4f}" for weight in of_head) for of_head in of_meaning.T]
    card = {"scale": round(scale, 8), "rows": ROWS, "heads": HEADS, "meaning": meaning}
    (DATA / "heads.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def fit_confidence(aside: list[Labelled]) -> None:
    """Fits the joint confidence on texts judged by heads that were trained without them."""
    found = fitted(cases(aside, seed=SEED))
    (DATA / "confidence.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
