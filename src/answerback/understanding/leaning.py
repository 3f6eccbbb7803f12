"""Which service a text leans to, everything weighed: words that name it, words that have to do with them, and meaning.

A trade of which no list of ours speaks still has the names of its services. A customer's words are held against those:
in English and Spanish, by what goes with what (`kin`) and by what lies near (`meaning`). It must never name a service
that the business does not offer, nor one the customer says is not meant.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from answerback.engine.reading import Vocabulary
from answerback.understanding.bonds import DULL, marks, speaking
from answerback.understanding.bonds import named as names_of
from answerback.understanding.catalogue import said_of_the_trade, telling_words
from answerback.understanding.heard import Heard, hear
from answerback.understanding.kin import in_english, speaking_for, stem
from answerback.understanding.language import language
from answerback.understanding.lexicon import LANGUAGES, WORDS
from answerback.understanding.meaning import NOWHERE, Groups, has_point, point
from answerback.understanding.normalise import Word
from answerback.understanding.offers import (
    Found,
    Worth,
    by_subject,
    by_word,
    by_words_of_names,
    is_listed,
    is_own,
    knows,
    without_helpers,
)
from answerback.understanding.offers import service as named_by_words

_NAME, _TRANSLATED, _WHOLE, _CLAUSE = 1.2, 1.0, 2.3, 2.2
"""How much each kind of evidence weighs: fitted on the services of our texts with the lists of their trade withheld."""


class _Weights(NamedTuple):
    """How much our subjects, what goes with what and the catalogue weigh, and what words that name one are ahead."""

    subject: float
    kin: float
    trade: float
    named: float


_LISTED, _UNLISTED = _Weights(1.8, 1.1, 0.0, 1.5), _Weights(1.2, 1.4, 1.6, 1.0)
"""At a trade of which our lists know every service, and at all others, where a subject may be another trade's."""

_LEAST, _MARGIN, _MARGIN_SHARE = 0.85, 0.05, 0.04
"""What must speak for a service nobody named, and how much more than for the next, to be worth more than silence.

The more speaks for all of them ("it's about our water"), the further ahead the first must be.
"""

_SURE_LEAST, _SURE_MARGIN = 2.5, 1.0
"""The same where most texts mean none: a question about prices, ways to pay, or the town."""

_DOUBTLESS_LEAST, _DOUBTLESS_MARGIN = 3.0, 1.0
"""The same where nearly all texts mean none: of an order that runs, or a visit called off."""

_NAMED_CLOSE = 0.3
"""What the service that words name has ahead of the others where another came close."""

_WISHED, _WISHED_WORDS = 0.5, 3
"""How much more what stands behind a wish weighs than what is told before it, and the fewest words that hold one."""

_WISHED_MOST = 20
"""So many words hold any wish; more only take time."""

_WHEREFORE = WORDS["leaning.wherefore"]
"""What follows these says why or by when it is wished for."""

_PART = 3
"""The fewest letters of a part of a word written together."""

_NUMBERED = re.compile(r"([a-z]+)\d+")
""" "SR22" where a name writes SR-22."""

_DENIALS, _BETWEEN = WORDS["leaning.denials"], WORDS["leaning.between"]
_EVERYDAY = LANGUAGES["en"] | LANGUAGES["es"] | WORDS["leaning.everyday"]
_DENIES_THE_NEXT = frozenset(["besides", "except", "excepto", "menos", "salvo"])


class _Said(NamedTuple):
    """A word of the text, what it is in English, and whether it had to be translated."""

    word: Word
    english: str
    translated: bool


def leaning(
    heard: Heard,
    vocabulary: Vocabulary,
    *,
    named: Found | None = None,
    surely: bool = False,
    beyond_doubt: bool = False,
    withheld: frozenset[str] = frozenset(),
) -> Found | None:
    """The service most speaks for; None where that is too little or too even, unless words are known to name one.

    `surely` asks for more of both, where most texts mean no service, and `beyond_doubt` for most. `withheld` subjects
    of our lists are left out, to measure an unknown trade.
    """
    scores = {one.id: 0.0 for one in vocabulary.services if named or not one.declined}
    if named and named.service in scores:
        scores[named.service] = _NAMED_CLOSE if named.close else _weights(vocabulary).named
    quotes: dict[str, tuple[float, str]] = {}
    tidied = _tidied(heard, vocabulary)
    wish = _behind_wish(tidied)
    again = _weighed(_WISHED, list(_worths(wish, vocabulary, withheld))) if wish else ()
    for id_, worth, words in (*_worths(tidied, vocabulary, withheld), *again):
        if id_ in scores:
            scores[id_] += worth
            quotes[id_] = max(quotes.get(id_, (0.0, "")), (worth, words))
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][0] not in quotes:
        return None
    next_best = ranked[1][1] if len(ranked) > 1 else 0.0
    least, margin = (_DOUBTLESS_LEAST, _DOUBTLESS_MARGIN) if beyond_doubt else (_LEAST, _MARGIN)
    if surely:
        least, margin = _SURE_LEAST, _SURE_MARGIN
    ahead = max(margin, _MARGIN_SHARE * ranked[0][1])
    if not named and (ranked[0][1] < least or ranked[0][1] - next_best < ahead):
        return None
    return Found(ranked[0][0], quotes[ranked[0][0]][1], close=not named)


def wished(heard: Heard) -> Heard | None:
    """What comes after "now we just want": behind something told before, that is what is meant.

    None where nothing was told before it, or no word behind it may have to do with a trade.
    """
    begins = [hit for hit in heard.all("intents.now_wants") if hit.first]
    words = heard.words[begins[-1].last :] if begins else ()
    if not any(_is_telling(word.text) for word in words):
        return None
    return heard.reworded(words)


def _behind_wish(heard: Heard) -> Heard | None:
    """What stands behind the last wish of a text that tells something before: "..., and now I'd like a bid"."""
    wishes = [hit for hit in heard.all("intents.wishes") if hit.first and not heard.negated(hit)]
    first = wishes[-1].last if wishes else len(heard.words)
    last = next((at for at in range(first, len(heard.words)) if heard.words[at].text in _WHEREFORE), len(heard.words))
    last = min(last, first + _WISHED_MOST)
    words = heard.words[first:last]
    if len(words) < _WISHED_WORDS or not any(_is_telling(word.text) for word in words):
        return None
    hits = {
        label: [
            hit._replace(first=hit.first - first, last=hit.last - first)
            for hit in found
            if first <= hit.first and hit.last <= last
        ]
        for label, found in heard.hits.items()
        if label.startswith("services.")
    }
    return replace(heard, words=words, hits=hits)


def _tidied(heard: Heard, vocabulary: Vocabulary) -> Heard:
    """The text without what it says is not meant, and with words written together or apart as the names write them."""
    heard = without_helpers(heard, vocabulary)
    denied = set(_denied(heard))
    if len(denied) == len(heard.words):
        denied = set()
    words = tuple(_rejoined([word for place, word in enumerate(heard.words) if place not in denied], vocabulary))
    return heard if words == heard.words else heard.reworded(words)


def _rejoined(words: list[Word], vocabulary: Vocabulary) -> Iterator[Word]:
    """ "Dish washer" as "dishwasher", "snowplow" as "snow plow", where a name of a service writes it so."""
    place = 0
    while place < len(words):
        word, after = words[place], words[place + 1] if place + 1 < len(words) else None
        if after and after.clause == word.clause and is_own(word.text + after.text, vocabulary):
            yield word._replace(text=word.text + after.text, end=after.end)
            place += 2
            continue
        yield from _parted(word, vocabulary)
        place += 1


def _parted(word: Word, vocabulary: Vocabulary) -> list[Word]:
    text = word.text
    if not is_own(text, vocabulary):
        for cut in (*range(_PART, len(text) - _PART + 1), *(of.end(1) for of in [_NUMBERED.fullmatch(text)] if of)):
            if is_own(text[:cut], vocabulary) and is_own(text[cut:], vocabulary):
                return [word._replace(text=text[:cut]), word._replace(text=text[cut:])]
    return [word]


def _denied(heard: Heard) -> Iterator[int]:
    words = heard.words
    for place, word in enumerate(words):
        if word.text not in _DENIALS:
            continue
        first = place + 1
        while first < len(words) and words[first].text in _BETWEEN and words[first].clause == word.clause:
            first += 1
        opens = place == 0 or words[place - 1].clause != word.clause
        if first == place + 1 and not (opens and word.text == "not") and word.text not in _DENIES_THE_NEXT:
            continue  # "no motor", "it does not drain" tell of a fault
        yield from (each for each in range(first, min(first + 2, len(words))) if words[each].clause == word.clause)


class Bases(NamedTuple):
    """What speaks for each service but the bonds, and the words, in English, whose bonds count."""

    worths: dict[str, float]
    words: list[str]


def bases(heard: Heard, vocabulary: Vocabulary) -> Bases:
    """What `leaning` weighs of a text but its bonds."""
    named, tidied = named_by_words(heard, vocabulary), _tidied(heard, vocabulary)
    said = list(_said(tidied, language(tidied)))
    worths = {one.id: 0.0 for one in vocabulary.services}
    if named and named.service in worths:
        worths[named.service] = _NAMED_CLOSE if named.close else _weights(vocabulary).named
    for id_, worth, _ in _written(tidied, said, vocabulary, frozenset()):
        if id_ in worths:
            worths[id_] += worth
    return Bases(worths, [one.english for one in said] if _any_tells(said) else [])


def _worths(heard: Heard, vocabulary: Vocabulary, withheld: frozenset[str]) -> Iterator[Worth]:
    said = list(_said(heard, language(heard)))
    yield from _written(heard, said, vocabulary, withheld)
    yield from _by_bonds(heard, said, vocabulary)


def _written(heard: Heard, said: list[_Said], vocabulary: Vocabulary, withheld: frozenset[str]) -> Iterator[Worth]:
    weights = _weights(vocabulary)
    yield from _weighed(weights.subject, by_subject(heard, vocabulary, withheld))
    yield from _weighed(_NAME, by_words_of_names(heard, vocabulary))
    yield from _weighed(_TRANSLATED, _by_translation(heard, said, vocabulary))
    yield from _weighed(weights.kin, _by_kin(heard, said, vocabulary))
    if weights.trade:
        yield from _weighed(weights.trade, _by_trade(heard, said, vocabulary))
    # Spanish words have points, but poor ones.
    meant = [one for one in said if one.translated] if language(heard) == "es" else said
    yield from _by_meaning(heard, meant, vocabulary)


@lru_cache(maxsize=512)
def _weights(vocabulary: Vocabulary) -> _Weights:
    return _LISTED if is_listed(vocabulary) else _UNLISTED


def _weighed(weight: float, worths: list[Worth]) -> Iterator[Worth]:
    return ((id_, weight * worth, words) for id_, worth, words in worths)


def _said(heard: Heard, spoken: str) -> Iterator[_Said]:
    for word in heard.words:
        written = heard.plain.original[word.start : word.end]
        meant = in_english(written, word.text) if spoken in {"es", "mixed"} else ()
        yield from (_Said(word, each, translated=True) for each in meant)
        if not meant:
            yield _Said(word, word.text, translated=False)


def _by_translation(heard: Heard, said: list[_Said], vocabulary: Vocabulary) -> list[Worth]:
    roots = {stem(one.english): one.word for one in said if one.translated}
    return [worth for root, word in roots.items() for worth in by_word(root, _quote(heard, word), vocabulary)]


def _by_kin(heard: Heard, said: list[_Said], vocabulary: Vocabulary) -> list[Worth]:
    speaking = speaking_for(vocabulary)
    roots = {stem(knows(one.english, vocabulary)): one.word for one in said if one.english not in DULL}
    return _spoken_for(heard, roots, speaking)


def _by_trade(heard: Heard, said: list[_Said], vocabulary: Vocabulary) -> list[Worth]:
    speaking = said_of_the_trade(vocabulary)
    roots = {
        stem(each): one.word
        for one in said
        for each in (one.word.text, knows(one.english, vocabulary))
        if one.english not in DULL
    }
    return _spoken_for(heard, roots, speaking)


def _spoken_for(
    heard: Heard, roots: dict[str, Word], speaking: dict[str, tuple[tuple[str, float], ...]]
) -> list[Worth]:
    return [(id_, worth, _quote(heard, word)) for root, word in roots.items() for id_, worth in speaking.get(root, ())]


def _by_bonds(heard: Heard, said: list[_Said], vocabulary: Vocabulary) -> Iterator[Worth]:
    """What the words' bonds say for each service by the name they say most for."""
    of_marks, names = speaking(vocabulary), names_of(vocabulary)
    words = {mark: one.word for one in said for mark in marks(one.english)} if _any_tells(said) else {}
    by_name: dict[int, list[tuple[float, Word]]] = {}
    for mark, word in words.items():
        for place, weight in of_marks.get(mark, ()):
            by_name.setdefault(place, []).append((weight, word))
    best: dict[str, tuple[float, list[tuple[float, Word]]]] = {}
    for place, found in by_name.items():
        id_, whole = names[place][0], sum(weight for weight, _ in found)
        if id_ not in best or whole > best[id_][0]:
            best[id_] = whole, found
    return ((id_, weight, _quote(heard, word)) for id_, (_, found) in best.items() for weight, word in found)


def _by_meaning(heard: Heard, said: list[_Said], vocabulary: Vocabulary) -> Iterator[Worth]:
    whole = point(one.english for one in said)
    if whole is NOWHERE or not any(_tells(one.english) for one in said):
        return
    parts = [list(each) for _, each in groupby(said, key=lambda one: one.word.clause)]
    ids, names = _lying(vocabulary)
    near_whole = names.nearest(whole)
    near_parts = [names.nearest(point(one.english for one in part)) for part in parts] if parts[1:] else [near_whole]
    for service, id_ in enumerate(ids):
        near, place = max((each[service], place) for place, each in enumerate(near_parts))
        words = heard.plain.original[parts[place][0].word.start : parts[place][-1].word.end]
        yield id_, _WHOLE * near_whole[service] + _CLAUSE * near, words


def _tells(word: str) -> bool:
    """May it have to do with a trade, and do we know what it means?"""
    return _is_telling(word) and has_point(word)


def _any_tells(said: list[_Said]) -> bool:
    """Is there a word that may have to do with a trade? By those of every day alone nothing is meant."""
    return any(_is_telling(one.english) for one in said)


def _is_telling(word: str) -> bool:
    """May it have to do with a trade? Numbers and words of every day, hurry and place do not."""
    return word.isalpha() and word not in _EVERYDAY


def _quote(heard: Heard, word: Word) -> str:
    return heard.plain.original[word.start : word.end]


@lru_cache(maxsize=512)
def _lying(vocabulary: Vocabulary) -> tuple[tuple[str, ...], Groups]:
    """The services, and where the names and words of each lie, and what customers of their trade say."""
    named = [one for one in vocabulary.services if one.names]
    telling = telling_words(vocabulary) if _weights(vocabulary).trade else {}
    points = [
        [point(hear(phrase).texts) for phrase in (*one.names, *one.words)]
        + [point(words) for words in [telling.get(one.id)] if words]
        for one in named
    ]
    return tuple(one.id for one in named), Groups(points)
