"""Fits the joint confidence: how often a whole reading was right, by what the reader knew of its own doubt."""

import random
from concurrent.futures import ProcessPoolExecutor
from importlib import reload
from multiprocessing import get_context
from typing import NamedTuple

import numpy as np

from answerback.engine.reading import Asked
from answerback.understanding import heads
from answerback.understanding.confidence import features
from answerback.understanding.heads import Judged
from answerback.understanding.heard import Heard, hear
from answerback.understanding.rules import Draft, draft
from answerback.understanding.trades import kind
from answerback.understanding.weighing import weigh
from training.examples import examples
from training.seen import VOCABULARIES, asked, times
from training.texts import Labelled

PULL = 10.0
"""How many cases speak for each constant being nothing."""


class Unseen(NamedTuple):
    """One text, as heads that never saw its writer judged it."""

    gold: Labelled
    heard: Heard
    asked: Asked
    drafted: Draft
    judged: Judged


class Case(NamedTuple):
    """The doubts of one reading, and whether it was right in all that counts."""

    doubts: dict[str, float]
    safe: bool


def unseen(texts: list[Labelled], *, seed: int) -> list[Unseen]:
    """Every text, judged with the weights that were written last; a third of them once more with slips."""
    chance = random.Random(seed)
    slipped = examples(chance.sample(texts, len(texts) // 3), seed=seed, copies=1)
    judged = [one for one in [*examples(texts, seed=seed, copies=0), *slipped] if one.intent is not None]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as cores:  # Each begins anew, with those weights.
        return list(cores.map(_unseen, judged, chunksize=200))


def _unseen(one: Labelled) -> Unseen:
    vocabulary, about, heard = VOCABULARIES[one.industry], asked(one), hear(one.text)
    drafted = draft(heard, about, vocabulary, times(heard))
    judged = heads.judge(heard, about, kind=kind(vocabulary), rules=list(drafted.facts(heard)))
    return Unseen(one, heard, about, drafted, judged)


def cases(strange: list[Unseen]) -> list[Case]:
    """One case of every text, its voices believed as was written last."""
    reload(heads)
    return [_case(one) for one in strange]


def _case(strange: Unseen) -> Case:
    one, heard, about, drafted, judged = strange
    judgement = heads.judged(*map(np.array, judged.apart))
    weighed = weigh(heard, about, drafted, judgement)
    right = (
        weighed.intent in {one.intent, *one.also}
        and weighed.stop == (one.intent == "opt_out")
        and ((weighed.urgency == "emergency") == (one.urgency == "emergency") or weighed.urgency in one.alt_urg)
        and bool(weighed.tags) == bool(one.tags)
    )
    return Case(features(heard, about, drafted, judgement, weighed), right)


def fitted(gathered: list[Case]) -> dict[str, float]:
    """The constants of a logistic fit, by the name of the fact."""
    names = list(dict.fromkeys(name for case in gathered for name in case.doubts))
    facts = np.array([[1.0, *(case.doubts.get(name, 0.0) for name in names)] for case in gathered])
    safe = np.array([float(case.safe) for case in gathered])
    weights = np.zeros(len(names) + 1)
    for _ in range(30):
        likely = 1 / (1 + np.exp(-facts @ weights))
        slope = facts.T @ (likely - safe) + PULL * weights * ([0.0] + [1.0] * len(names))
        bend = (facts * (likely * (1 - likely))[:, None]).T @ facts + PULL * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    return {name: round(float(value), 3) for name, value in zip(["always", *names], weights, strict=True)}
