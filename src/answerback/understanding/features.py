"""What the trained heads see of a text: small facts, each hashed to a row of weights.

Letters: the words, pairs of words, and their letters three to five at a time, so that a slip of the finger changes
little. Facts: what was asked, which word lists spoke (and which of their hits are denied or only supposed), and what
the rules alone make of it. Training and reading must see the same; a change here means `make train`.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from answerback.engine.reading import Asked
from answerback.understanding.heard import Heard
from answerback.understanding.lexicon import WORDS
from answerback.understanding.phrases import Hit

ROWS = 1 << 16
"""Rows of weights; a fact's row is its hash, so two facts may share one."""

_SHORT = 4
_LONGEST_WORD = 14
_LETTERS = (3, 4, 5)
MOST_WORDS = 120
"""Words of a text that are judged."""


def letters(heard: Heard, kind: str) -> list[int]:
    """The rows for the words themselves; `kind` is the kind of trade, whose customers use words in their own sense."""
    texts = read_words(heard)
    of_words = [row for text in texts for row in word_rows(text, kind)]
    return of_words + [row(pair) for pair in pairs(texts)]


def read_words(heard: Heard) -> list[str]:
    """The words that are judged by their letters; numbers by their length alone: which it is says nothing of a wish."""
    return [_shape(text) for text in heard.texts[:MOST_WORDS]]


@lru_cache(maxsize=8192)
def word_rows(text: str, kind: str) -> tuple[int, ...]:
    """The rows for one word and its letters."""
    padded = f"<{text[:_LONGEST_WORD]}>"
    parts = [padded[place : place + length] for length in _LETTERS for place in range(len(padded) - length + 1)]
    return tuple(row(fact) for fact in (f"w {text}", *([f"{kind} {text}"] if kind else []), *parts))


def pairs(texts: list[str]) -> list[str]:
    """Each two neighbours, with the beginning and the end."""
    return [f"p {one} {two}" for one, two in pairwise(["^", *texts, "$"])]


def facts(heard: Heard, asked: Asked, *, kind: str, rules: Iterable[str]) -> list[int]:
    """The rows for what was asked, what the word lists found, and what the `rules` say."""
    return [row(fact) for fact in _facts(heard, asked, kind, list(rules))]


def row(fact: str) -> int:
    """The row of weights a fact calls on."""
    return crc32(fact.encode()) & (ROWS - 1)


def _shape(text: str) -> str:
    return "0" * len(text) if text.isdigit() and len(text) > 1 else text


def _facts(heard: Heard, asked: Asked, kind: str, rules: list[str]) -> Iterator[str]:
    about = asked.about
    texts = heard.texts
    yield "always"
    yield f"asked {about}"
    yield f"long {min(6, len(texts).bit_length())} {about}"
    if heard.plain.asks:
        yield "asks"
        yield f"asks {about}"
    if texts:
        yield f"first {texts[0]} {about}"
        yield f"last {texts[-1]} {about}"
    if len(texts) <= _SHORT:
        yield f"all {' '.join(texts)}"
        yield f"all {' '.join(texts)} {about}"
    for label, hits in heard.hits.items():
        if label not in UNTRAINED:
            yield from _label(heard, label, hits, kind)
    for rule in rules:
        yield f"rule {rule}"
        yield f"rule {rule} {about}"
        if kind:
            yield f"rule {rule} {kind}"


UNTRAINED = WORDS["features.untrained"]
"""Lists newer than the weights: rows they share by chance with older facts would speak for them, until `make train`
counts them in."""


def _label(heard: Heard, label: str, hits: list[Hit], kind: str) -> Iterator[str]:
    name = "services" if label.startswith("services.") else label
    live = [hit for hit in hits if not heard.negated(hit) and not heard.supposed(hit)]
    yield f"{'list' if live else 'denied'} {name}"
    if live and kind and name.startswith(("hazards", "sensitive", "scenes")):
        yield f"list {name} {kind}"
    if len(live) > 1:
        yield f"twice {name}"
