"""The trained heads: one linear judge each for what is wanted, how soon, opt-out, dangers and each sensitive tag.

Weights are small whole numbers, a row for every hashed fact and a column for every head, so that judging a text is
adding up a few hundred rows. What the text means as a whole (`meaning`) and what its words say in their order
(`sequence`) are weighed in besides. `make train` writes `data/heads.npz`. It must never hold a word of its own.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import exp
from pathlib import Path
from typing import NamedTuple, get_args

import numpy as np

from answerback.engine.reading import Asked, AskedAbout, Intent, Sensitive, Urgency
from answerback.understanding.features import facts, pairs, read_words, row, word_rows
from answerback.understanding.heard import Heard
from answerback.understanding.meaning import Point, point
from answerback.understanding.sequence import says

INTENTS: tuple[Intent, ...] = (
    "book", "reschedule", "cancel", "existing", "question", "complaint", "answer", "callback", "decline", "ack",
    "wrong_number", "vendor", "job_seeker", "help", "opt_out", "other",
)  # fmt: skip
URGENCIES: tuple[Urgency, ...] = ("emergency", "soon", "can_wait", "unknown")
TAGS: tuple[Sensitive, ...] = ("medical", "legal", "self_harm", "complaint", "minor", "safety")
HEADS: tuple[str, ...] = (*INTENTS, *URGENCIES, *TAGS, "stop", "danger", "sensitive")
"""The columns of a row of weights."""

ASKED: tuple[AskedAbout, ...] = get_args(AskedAbout)
"""What may have been asked; the layer of the gist knows each by its place."""

SIGNS = 64
"""How many signs the layer of the gist makes of where a text lies and what was asked (`training.gist`)."""

_ZERO = 128
"""A weight is stored as a byte with this added."""

LETTER_WEIGHT = 3.0
"""How much the letters of a text weigh together against one fact, whatever the text's length."""


class Judged(NamedTuple):
    """How likely each head holds its say, 0 to 1; intents and urgencies add up to 1.

    Stop, danger and sensitive are each the mean of two heads that learned the same in two ways. `apart` holds what each
    voice (facts, letters, meaning, gist, sequence) says of every head in log-odds: where they differ, less is sure.
    """

    intents: dict[Intent, float]
    urgencies: dict[Urgency, float]
    tags: dict[Sensitive, float]
    stop: float
    danger: float
    sensitive: float
    apart: tuple[list[float], ...]


def judge(heard: Heard, asked: Asked, *, kind: str, rules: list[str]) -> Judged:
    """What the heads say of one text, given what the rules say."""
    of_facts = facts(heard, asked, kind=kind, rules=rules)
    at = point(heard.texts)
    signs = _signs(at, asked)
    return judged(
        _total(of_facts) * _SCALE,
        _of_letters(heard, kind),
        _OF_MEANING @ [*at, *signs],
        _OF_SIGNS @ signs,
        says(heard, asked, kind),
    )


def judged(*voices: np.ndarray) -> Judged:
    """What the five voices say of every head, each believed as far as it is trusted, as likelihoods."""
    scores: list[float] = (_TRUST[:, 0] + (_TRUST[:, 1:] * np.stack(voices, axis=1)).sum(1)).tolist()
    end_of_intents, end_of_urgencies = len(INTENTS), len(INTENTS) + len(URGENCIES)
    end_of_tags = end_of_urgencies + len(TAGS)
    stop, danger, sensitive = (_share(score) for score in scores[end_of_tags:])
    intents = dict(zip(INTENTS, _shares(scores[:end_of_intents]), strict=True))
    urgencies = dict(zip(URGENCIES, _shares(scores[end_of_intents:end_of_urgencies]), strict=True))
    tags = dict(zip(TAGS, map(_share, scores[end_of_urgencies:end_of_tags]), strict=True))
    return Judged(
        intents,
        urgencies,
        tags,
        (stop + intents["opt_out"]) / 2,
        (danger + urgencies["emergency"]) / 2,
        (sensitive + max(tags.values())) / 2,
        tuple(voice.tolist() for voice in voices),
    )


def _signs(at: Point, asked: Asked) -> np.ndarray:
    """What the gist of a text makes of the question it answers; each sign 0 or more."""
    signs: np.ndarray = np.maximum(_SIGNS_ASKED[ASKED.index(asked.about)] + _SIGNS @ at, 0.0)
    return signs


def _of_letters(heard: Heard, kind: str) -> np.ndarray:
    texts = read_words(heard)
    words, pairs_ = [_word(text, kind) for text in texts], [row(pair) for pair in pairs(texts)]
    rows = sum(count for _, count in words) + len(pairs_)
    total: np.ndarray = sum((each for each, _ in words), _total(pairs_))
    scale: float = _SCALE * LETTER_WEIGHT / max(1, rows) ** 0.5
    letters: np.ndarray = total * scale
    return letters


@lru_cache(maxsize=8192)
def _word(text: str, kind: str) -> tuple[np.ndarray, int]:
    """The weights of one word and its letters added up, and of how many rows: most words come again and again."""
    rows = word_rows(text, kind)
    return _total(rows), len(rows)


def _total(rows: Sequence[int]) -> np.ndarray:
    """Some rows added up, a whole number for each head."""
    total: np.ndarray = _WEIGHTS[list(rows)].sum(0, dtype=np.int64) - _ZERO * len(rows)
    return total


def _share(score: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def _shares(scores: list[float]) -> list[float]:
    top = max(scores)
    parts = [exp(score - top) for score in scores]
    whole = sum(parts)
    return [part / whole for part in parts]


with np.load(Path(__file__).parent / "data" / "heads.npz") as _kept:
    _WEIGHTS, _SCALE = _kept["weights"], float(_kept["scale"])
    _OF_MEANING, _OF_SIGNS, _SIGNS = _kept["meaning"], _kept["gist"], _kept["signs"]
    _TRUST, _SIGNS_ASKED = _kept["trust"], _kept["signs_asked"]
