"""What words have to do with each other: the words of people for the words in the names of services.

Two lists that know no trade: `data/kin.json` says which words go with a word that may stand in a service's name
("hem": pants, drag, sleeves), `data/spanish.json` what Spanish words are in English. It must never decide which service
is meant; it only says which words speak for which.
"""

from functools import cache, lru_cache
from math import log

from answerback.engine.reading import Vocabulary
from answerback.understanding.lexicon import KIN, LANGUAGES, SPANISH, WORDS
from answerback.understanding.normalise import fold_plain

_ENDINGS = sorted(WORDS["kin.spanish_endings"], key=len, reverse=True)
_SHORTEST = 3


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without the endings of number and doing: "braids" and "braiding" are both "braid"."""
    for ending, rest in (("ies", "y"), ("ing", ""), ("ers", ""), ("ed", ""), ("es", ""), ("er", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending) + rest
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def spanish_stem(word: str) -> str:
    """A Spanish word without the endings of gender, number and doing."""
    if word.endswith("ces") and len(word) > _SHORTEST + 1:
        word = word.removesuffix("ces") + "z"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word.removesuffix(ending)
    return word


def in_english(written: str, word: str) -> tuple[str, ...]:
    """The English words for a Spanish one, empty where it is not listed; as it is `written`, "uña" is not "una"."""
    exact, stems = _spanish()
    tilded = written.lower().removesuffix("s")
    if "ñ" in tilded and tilded in exact:
        return exact[tilded]
    if word in exact:
        return exact[word]
    return () if word in LANGUAGES["es"] else stems.get(spanish_stem(word), ())


@lru_cache(maxsize=512)
def speaking_for(vocabulary: Vocabulary) -> dict[str, tuple[tuple[str, float], ...]]:
    """For each stem that goes with a word of a name, the services it speaks for and how much."""
    owners: dict[str, dict[str, float]] = {}
    for one in vocabulary.services:
        if one.declined:
            continue
        stems = {stem(token) for name in one.names for token in words_of(name)}
        for head in stems & _kin().keys():
            for word in _kin()[head]:
                kept = owners.setdefault(word, {})
                kept[one.id] = max(kept.get(one.id, 0.0), _telling(word))
    return {word: tuple((id_, worth / len(ids)) for id_, worth in ids.items()) for word, ids in owners.items()}


def words_of(phrase: str) -> list[str]:
    """The words of a name, plain and without what stands between them."""
    return "".join(letter if letter.isalnum() else " " for letter in fold_plain(phrase)).split()


def _telling(word: str) -> float:
    """Words that go with few others tell more: 1 for one, less for many."""
    return 1 / (1 + 0.35 * log(_spread()[word]))


@cache
def _kin() -> dict[str, frozenset[str]]:
    kin: dict[str, set[str]] = {}
    for heads, words in KIN.items():
        stems = {stem(word) for word in words.split()}
        for head in heads.split():
            kin.setdefault(stem(head), set()).update(stems)
    return {head: frozenset(words) for head, words in kin.items()}


@cache
def _spread() -> dict[str, int]:
    counts: dict[str, int] = {}
    for words in KIN.values():
        for word in {stem(word) for word in words.split()}:
            counts[word] = counts.get(word, 0) + 1
    return counts


@cache
def _spanish() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    exact: dict[str, tuple[str, ...]] = {}
    stems: dict[str, tuple[str, ...]] = {}
    for english, words in SPANISH.items():
        for word in words.split():
            exact[word] = (*exact.get(word, ()), *english.split())
            stems[spanish_stem(word)] = (*stems.get(spanish_stem(word), ()), *english.split())
    return exact, stems
