"""A text with everything the word lists found in it, and the scope of its "not", "if" and "last year".

It answers questions of the kind "is this phrase meant?"; it must never decide what the answer leads to.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from answerback.understanding.lexicon import LEXICON, SPELLER, SPELLINGS, WORDS
from answerback.understanding.normalise import Plain, Word, plain
from answerback.understanding.phrases import Hit

_NEGATORS = WORDS["heard.negators"]
_NEGATOR_REACH = 4
_UNSURE = frozenset(["sure", "know", "certain", "idea", "think", "clue", "seguro", "segura", "only", "just"])
_CONDITIONS = frozenset(["if", "unless", "si", "whenever", "incase", "case"])
_CONDITION_REACH = 8
_GLUED = {
    ("do", "not"): "dont",
    ("does", "not"): "doesnt",
    ("did", "not"): "didnt",
    ("is", "not"): "isnt",
    ("are", "not"): "arent",
    ("can", "not"): "cant",
    ("could", "not"): "couldnt",
    ("will", "not"): "wont",
    ("would", "not"): "wouldnt",
    ("have", "not"): "havent",
    ("has", "not"): "hasnt",
    ("was", "not"): "wasnt",
    ("por", "favor"): "porfavor",
    ("opt", "out"): "optout",
    ("opt", "outs"): "optout",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One text, its words and its hits by label."""

    plain: Plain
    words: tuple[Word, ...]
    hits: dict[str, list[Hit]]

    def all(self, label: str) -> list[Hit]:
        """Every hit of a list."""
        return self.hits.get(label, [])

    def has(self, label: str) -> bool:
        """Did anything of this list turn up?"""
        return label in self.hits

    def live(self, label: str) -> list[Hit]:
        """The hits of a list that are neither denied nor only supposed."""
        return [hit for hit in self.all(label) if not self.negated(hit) and not self.supposed(hit)]

    def clear_of(self, label: str, unlike: Iterable[str]) -> list[Hit]:
        """The hits of a list that no look-alike phrase overlaps."""
        shadows = [shadow for name in unlike for shadow in self.all(name)]
        return [hit for hit in self.all(label) if not any(overlap(hit, shadow) for shadow in shadows)]

    def negated(self, hit: Hit) -> bool:
        """Does a "not" just before it, in its clause, deny it? "Not sure if" denies nothing."""
        for place in range(hit.first - 1, max(-1, hit.first - 1 - _NEGATOR_REACH), -1):
            word = self.words[place]
            if word.clause != self.words[hit.first].clause:
                return False
            if word.text in _UNSURE:
                return False
            if word.text in _NEGATORS:
                return True
        return False

    def supposed(self, hit: Hit) -> bool:
        """Does an "if" before it, in its clause, make it only a case thought of?"""
        before = range(max(0, hit.first - _CONDITION_REACH), hit.first)
        clause = self.words[hit.first].clause
        texts = [self.words[place].text for place in before if self.words[place].clause == clause]
        return any(
            word in _CONDITIONS and not (place and texts[place - 1] in {"know", "sure", "see", "tell", "wondering"})
            for place, word in enumerate(texts)
        ) and not (texts and texts[0] == "si" and self.words[0].text == "si" and before.start == 0)

    def reworded(self, words: tuple[Word, ...]) -> "Heard":
        """The same text read by other words: fewer of them, or parted and joined otherwise."""
        return replace(self, words=words, hits=LEXICON.scan(words))

    def quote(self, hit: Hit) -> str:
        """The customer's own spelling of a hit."""
        start = self.words[hit.first].start
        return " ".join(self.plain.original[start : self.words[hit.last - 1].end].split())

    @property
    def texts(self) -> list[str]:
        """The words alone."""
        return [word.text for word in self.words]

    @property
    def bare(self) -> str:
        """All words in one line, for short texts that are the whole answer."""
        return " ".join(self.texts)


def hear(text: str, *, quoted: str = "") -> Heard:
    """A text normalised, spelled right where a slip is plain, and scanned."""
    made_plain = plain(text, quoted=quoted)
    words = _glued([word._replace(text=_spelled(word.text)) for word in made_plain.words])
    return Heard(plain=made_plain, words=tuple(words), hits=LEXICON.scan(words))


def overlap(one: Hit, other: Hit) -> bool:
    """Do two hits share a word?"""
    return one.first < other.last and other.first < one.last


@lru_cache(maxsize=8192)
def _spelled(word: str) -> str:
    word = SPELLINGS.get(word, word)
    return SPELLINGS.get(right := SPELLER.right(word), right)


def _glued(words: list[Word]) -> list[Word]:
    """Writes "do not" as "dont", so that a phrase has to be listed once."""
    if not any((one.text, two.text) in _GLUED for one, two in pairwise(words)):
        return words
    glued: list[Word] = []
    for word in words:
        if glued and (one := _GLUED.get((glued[-1].text, word.text))):
            glued[-1] = glued[-1]._replace(text=one, end=word.end)
        else:
            glued.append(word)
    return glued
