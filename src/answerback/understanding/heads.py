"""The trained heads: one linear judge each for what is wanted, how soon, opt-out, dangers and each sensitive tag.

Weights are small whole numbers, one row for every hashed fact, and all heads of a row stand side by side in one big
integer, so that judging a text is adding a few hundred integers. What the text means as a whole (`meaning`) is weighed
in besides. `make train` writes `data/heads.bin` and `data/heads.json`. It must never read anything but these two files.
"""

import json
from collections.abc import Iterable
from functools import lru_cache
from math import exp
from operator import mul
from pathlib import Path
from struct import Struct
from typing import NamedTuple, get_args
from zlib import decompress

from answerback.engine.reading import Asked, AskedAbout, Intent, Sensitive, Urgency
from answerback.understanding.features import facts, pairs, read_words, row, word_rows
from answerback.understanding.heard import Heard
from answerback.understanding.meaning import Point, point
from answerback.understanding.products import Table

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
    of_facts = facts(heard, asked, kind=kind, rules=rules)
    at = point(heard.texts)
    signs = _signs(at, asked)
    return judged(
        [fact * _SCALE for fact in _lanes(_total(of_facts), len(of_facts))],
        _of_letters(heard, kind),
        _OF_MEANING.by((*at, *signs)),
        _OF_SIGNS.by(signs),
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
    return [max(0.0, one + of) for one, of in zip(rest, _SIGNS.by(at), strict=True)]


def _of_letters(heard: Heard, kind: str) -> list[float]:
    texts = read_words(heard)
    words, pairs_ = [_word(text, kind) for text in texts], [row(pair) for pair in pairs(texts)]
    rows = sum(count for _, count in words) + len(pairs_)
    each = _SCALE * LETTER_WEIGHT / max(1, rows) ** 0.5
    return [letter * each for letter in _lanes(sum(total for total, _ in words) + _total(pairs_), rows)]


@lru_cache(maxsize=8192)
def _word(text: str, kind: str) -> tuple[int, int]:
    """The weights of one word and its letters added up, and of how many rows: most words come again and again."""
    rows = word_rows(text, kind)
    return _total(rows), len(rows)


def _total(rows: Iterable[int]) -> int:
    return sum(int.from_bytes(_WEIGHTS[row * _STRIDE : (row + 1) * _STRIDE], "little") for row in rows)


def _lanes(total: int, rows: int) -> list[int]:
    """What each head has, of so many rows added up."""
    less = _ZERO * rows
    return [lane - less for lane in _HEADS.unpack(total.to_bytes(_STRIDE, "little"))]


def _share(score: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def _shares(scores: list[float]) -> list[float]:
    top = max(scores)
    parts = [exp(score - top) for score in scores]
    whole = sum(parts)
    return [part / whole for part in parts]


_STRIDE = _LANE * len(HEADS)
_HEADS = Struct(f"<{len(HEADS)}I")


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


_OF_MEANING, _OF_SIGNS, _SIGNS = (
    Table(_read(_CARD["meaning"])),
    Table(_read(_CARD["gist"])),
    Table(_read(_CARD["signs"])),
)
_TRUST, _SIGNS_ASKED = _read(_CARD["trust"]), _read(_CARD["signs_asked"])
_WEIGHTS = _spread(decompress((_DATA / "heads.bin").read_bytes()))
