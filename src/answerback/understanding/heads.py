"""The trained heads: one linear judge each for what is wanted, how soon, opt-out, dangers and each sensitive tag.

Weights are small whole numbers, one row for every hashed fact, and all heads of a row stand side by side in one big
integer, so that judging a text is adding a few hundred integers. What the text means as a whole (`meaning`) is weighed
in besides. `make train` writes `data/heads.bin` and `data/heads.json`. It must never read anything but these two files.
"""

import json
from math import exp
from operator import mul
from pathlib import Path
from typing import NamedTuple, get_args

from answerback.engine.reading import Asked, AskedAbout, Intent, Sensitive, Urgency
from answerback.understanding.features import facts, letters
from answerback.understanding.heard import Heard
from answerback.understanding.meaning import Point, point

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

_LANE = 4
"""Bytes of the big integer for each head: enough that no sum of rows runs over into the next."""

_ZERO = 128
"""A weight is stored as a byte with this added."""

LETTER_WEIGHT = 3.0
"""How much the letters of a text weigh together against one fact, whatever the text's length."""


class Judged(NamedTuple):
    """How likely each head holds its say, 0 to 1; intents and urgencies add up to 1.

    Stop, danger and sensitive are each the mean of two heads that learned the same in two ways. `apart` holds what each
    voice (facts, letters, meaning, gist) says of every head in log-odds: where they differ, less is sure.
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
    of_letters, of_facts = letters(heard, kind), facts(heard, asked, kind=kind, rules=rules)
    each = _SCALE * LETTER_WEIGHT / max(1, len(of_letters)) ** 0.5
    at = point(heard.texts)
    signs = _signs(at, asked)
    meant = (*at, *signs)
    return judged(
        [fact * _SCALE for fact in _sum(of_facts)],
        [letter * each for letter in _sum(of_letters)],
        [sum(map(mul, meant, weights)) for weights in _OF_MEANING],
        [sum(map(mul, signs, weights)) for weights in _OF_SIGNS],
    )


def judged(*voices: list[float]) -> Judged:
    """What the four voices say of every head, each believed as far as it is trusted, as likelihoods."""
    scores = [
        ground + sum(map(mul, worth, said))
        for (ground, *worth), said in zip(_TRUST, zip(*voices, strict=True), strict=True)
    ]
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
        voices,
    )


def _signs(at: Point, asked: Asked) -> list[float]:
    """What the gist of a text makes of the question it answers; each sign 0 or more."""
    rest = _SIGNS_ASKED[ASKED.index(asked.about)]
    return [max(0.0, sum(map(mul, at, of), one)) for of, one in zip(_SIGNS, rest, strict=True)]


def _sum(rows: list[int]) -> list[int]:
    total = sum(int.from_bytes(_WEIGHTS[row * _STRIDE : (row + 1) * _STRIDE], "little") for row in rows)
    lanes = total.to_bytes(_STRIDE, "little")
    less = _ZERO * len(rows)
    return [int.from_bytes(lanes[place : place + _LANE], "little") - less for place in range(0, _STRIDE, _LANE)]


def _share(score: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def _shares(scores: list[float]) -> list[float]:
    top = max(scores)
    parts = [exp(score - top) for score in scores]
    whole = sum(parts)
    return [part / whole for part in parts]


_STRIDE = _LANE * len(HEADS)


def _spread(rows: bytes) -> bytes:
    """Bytes of weights, each in a lane of its own."""
    lanes = bytearray(len(rows) * _LANE)
    lanes[::_LANE] = rows
    return bytes(lanes)


_DATA = Path(__file__).parent / "data"
_CARD = json.loads((_DATA / "heads.json").read_text(encoding="utf-8"))
_SCALE: float = _CARD["scale"]


def _read(rows: list[str]) -> list[list[float]]:
    return [[float(weight) for weight in row.split()] for row in rows]


_OF_MEANING, _OF_SIGNS, _TRUST = _read(_CARD["meaning"]), _read(_CARD["gist"]), _read(_CARD["trust"])
_SIGNS, _SIGNS_ASKED = _read(_CARD["signs"]), _read(_CARD["signs_asked"])
_WEIGHTS = _spread((_DATA / "heads.bin").read_bytes())
