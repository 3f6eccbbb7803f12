"""What the trained heads see of a text: small facts, each hashed to a row of weights.

Letters: the words, pairs of words, and their letters three to five at a time, so that a slip of the finger changes
little. Facts: what was asked, which word lists spoke (and which of their hits are denied or only supposed), and what
the rules alone make of it. Training and reading must see the same; a change here means `make train`.
"""

from collections.abc import Iterable, Iterator
from zlib import crc32

from answerback.engine.reading import Asked
from answerback.understanding.heard import Heard
from answerback.understanding.phrases import Hit

ROWS = 1 << 16
"""Rows of weights; a fact's row is its hash, so two facts may share one."""

_SHORT = 4
_LONGEST_WORD = 14
_MOST_WORDS = 120


def letters(heard: Heard, kind: str) -> list[int]:
    """The rows for the words themselves; `kind` is the kind of trade, whose customers use words in their own sense."""
    return [_row(fact) for fact in _letters(heard, kind)]


def facts(heard: Heard, asked: Asked, *, kind: str, rules: Iterable[str]) -> list[int]:
    """The rows for what was asked, what the word lists found, and what the `rules` say."""
    return [_row(fact) for fact in _facts(heard, asked, kind, list(rules))]


def _row(fact: str) -> int:
    return crc32(fact.encode()) & (ROWS - 1)


def _letters(heard: Heard, kind: str) -> Iterator[str]:
    texts = [_shape(text) for text in heard.texts[:_MOST_WORDS]]
    before = "^"
    for text in texts:
        yield f"w {text}"
        yield f"p {before} {text}"
        if kind:
            yield f"{kind} {text}"
        before = text
        padded = f"<{text[:_LONGEST_WORD]}>"
        for length in (3, 4, 5):
            for place in range(len(padded) - length + 1):
                yield padded[place : place + length]
    yield f"p {before} $"


def _shape(text: str) -> str:
    """Numbers by their length alone; which number it is says nothing of what is wanted."""
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
        yield from _label(heard, label, hits, kind)
    for rule in rules:
        yield f"rule {rule}"
        yield f"rule {rule} {about}"
        if kind:
            yield f"rule {rule} {kind}"


def _label(heard: Heard, label: str, hits: list[Hit], kind: str) -> Iterator[str]:
    name = "services" if label.startswith("services.") else label
    live = [hit for hit in hits if not heard.negated(hit) and not heard.supposed(hit)]
    yield f"{'list' if live else 'denied'} {name}"
    if live and kind and name.startswith(("hazards", "sensitive", "scenes")):
        yield f"list {name} {kind}"
    if len(live) > 1:
        yield f"twice {name}"
