"""Which of the business's services a text is about.

It works from the business's own names and words first, and adds what customers of any trade call such a thing where a
service's name claims the subject. What else speaks for a service is weighed in `leaning`. It must never name a service
that the business does not offer.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import count
from typing import NamedTuple

from answerback.engine.reading import ServiceWords, Vocabulary
from answerback.understanding.heard import Heard, overlap
from answerback.understanding.kin import stem
from answerback.understanding.lexicon import LANGUAGES, SERVICES, WORDS, Subject
from answerback.understanding.normalise import fold_plain
from answerback.understanding.phrases import Hit, Speller

_DULL = WORDS["services.dull"]
_LEAST = 0.9

Worth = tuple[str, float, str]
"""A service, how much speaks for it, and the customer's words that do."""


class _Known(NamedTuple):
    """One business's services made ready: what each word and each subject is worth for whom.

    `names` are those of several words, by their first: which it is in order, the name between spaces, whose it is.
    """

    words: dict[str, tuple[tuple[str, float], ...]]
    names: dict[str, list[tuple[int, str, str]]]
    subjects: dict[str, tuple[str, ...]]
    speller: Speller


class Found(NamedTuple):
    """A service and the customer's words for it; `close` when another came near."""

    service: str
    words: str
    close: bool


def service(heard: Heard, vocabulary: Vocabulary, *, withheld: frozenset[str] = frozenset()) -> Found | None:
    """The service meant, when the text names one; `withheld` subjects are left out, to measure an unknown trade."""
    heard = without_helpers(heard, vocabulary)
    scores: dict[str, float] = {}
    quotes: dict[str, tuple[float, str]] = {}
    for id_, worth, words in (*by_subject(heard, vocabulary, withheld), *by_words_of_names(heard, vocabulary)):
        scores[id_] = scores.get(id_, 0.0) + worth
        quotes[id_] = max(quotes.get(id_, (0.0, "")), (worth, words))
    if not scores:
        return None
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    best, score = ranked[0]
    if score < _LEAST:
        return None
    close = len(ranked) > 1 and ranked[1][1] > 0.8 * score
    return Found(best, quotes[best][1], close)


def by_subject(heard: Heard, vocabulary: Vocabulary, withheld: frozenset[str] = frozenset()) -> list[Worth]:
    """What the subjects of our lists say, for the services whose names claim them."""
    found: list[tuple[Hit, Worth]] = []
    for concept, ids in _known(vocabulary, withheld).subjects.items():
        for place, hit in enumerate(heard.all(f"services.{concept}")):
            worth = (1.0 + 0.6 * (hit.last - hit.first - 1)) * (0.3 if heard.negated(hit) else 1.0)
            worth *= SERVICES[concept].get("worth", 1.0) * (1.0 if place == 0 else 0.5)
            theirs = _named_by(heard.words[hit.first].text, vocabulary) if hit.last == hit.first + 1 else set()
            for id_ in ids:
                told = worth / len(ids) ** 0.5 * (_OTHERS if theirs and id_ not in theirs else 1.0)
                found.append((hit, (id_, told, heard.quote(hit))))
    return list(_each_word_once(found))


def _each_word_once(found: list[tuple[Hit, Worth]]) -> Iterator[Worth]:
    """What stands in several subjects of one service speaks for it once, by the strongest."""
    spent: dict[str, list[Hit]] = {}
    for hit, worth in sorted(found, key=lambda pair: -pair[1][1]):
        of_service = spent.setdefault(worth[0], [])
        if not any(overlap(hit, other) for other in of_service):
            of_service.append(hit)
            yield worth


_OTHERS = 0.3
"""What is left of a subject's word that the names give to others: of "hornets" for wasps, where hornets have a name."""


def _named_by(word: str, vocabulary: Vocabulary) -> set[str]:
    """The services whose names hold this word, if it tells something."""
    return set() if word in _DULL else {id_ for id_, _ in _known(vocabulary, frozenset()).words.get(stem(word), ())}


def by_words_of_names(heard: Heard, vocabulary: Vocabulary) -> list[Worth]:
    """What the business's own names and words say, each word of a text once."""
    roots = {stem(knows(word.text, vocabulary)): word for word in reversed(heard.words)}
    found = [
        worth
        for root, word in sorted(roots.items(), key=lambda pair: pair[1].start)
        for worth in by_word(root, heard.plain.original[word.start : word.end], vocabulary)
    ]
    joined = f" {heard.bare} "
    names = _known(vocabulary, frozenset()).names
    whole = sorted(name for word in set(heard.texts) for name in names.get(word, ()) if name[1] in joined)
    return found + [(id_, 2.0, name.strip()) for _, name, id_ in whole]


def by_word(root: str, quote: str, vocabulary: Vocabulary) -> list[Worth]:
    """What one word, by its stem, says as a word of the business's own names."""
    return [(id_, worth, quote) for id_, worth in _known(vocabulary, frozenset()).words.get(root, ())]


def is_listed(vocabulary: Vocabulary) -> bool:
    """Do our lists know a thing that each of these services is for? Then the trade is one they were written for."""
    claimed = {
        id_
        for concept, ids in _known(vocabulary, frozenset()).subjects.items()
        for id_ in ids
        if SERVICES[concept].get("worth", 1.0) >= 1
    }
    return claimed >= {one.id for one in vocabulary.services if not one.declined}


def without_helpers(heard: Heard, vocabulary: Vocabulary) -> Heard:
    """The text without each "will" and "can" that only helps a verb, where a name speaks of wills or cans."""
    own = {word for word in _HELPERS if is_own(word, vocabulary)} & set(heard.texts)
    if not own or len(heard.words) < _LEAST_OF_A_SENTENCE:
        return heard
    texts = ["", *heard.texts, ""]
    kept = [
        word
        for place, word in enumerate(heard.words, start=1)
        if word.text not in own or texts[place - 1] in _BEFORE_A_THING or texts[place + 1] in _BEHIND_A_THING
    ]
    return heard if len(kept) == len(heard.words) else heard.reworded(tuple(kept))


_HELPERS = ("will", "can")
_LEAST_OF_A_SENTENCE = 4
_BEFORE_A_THING = WORDS["offers.before_a_thing"]
_BEHIND_A_THING = WORDS["offers.behind_a_thing"]


def for_the_mind(vocabulary: Vocabulary) -> str | None:
    """The service of whoever may hurt themselves, where just one is named for it: counseling, mental health."""
    named = {
        one.id for one in vocabulary.services for name in one.names if _FOR_THE_MIND & set(_tokens(fold_plain(name)))
    }
    return named.pop() if len(named) == 1 else None


_FOR_THE_MIND = WORDS["offers.for_the_mind"]


def is_own(word: str, vocabulary: Vocabulary) -> bool:
    """Does this word stand in the names or words of the business's services?"""
    return stem(word) in _known(vocabulary, frozenset()).words


def knows(word: str, vocabulary: Vocabulary) -> str:
    """The word as the business's names spell it, where a slip of the finger is plain."""
    return _known(vocabulary, frozenset()).speller.right(word)


def subjects(vocabulary: Vocabulary) -> frozenset[str]:
    """The subjects of our lists that the names of a business's services claim."""
    return frozenset(_known(vocabulary, frozenset()).subjects)


@lru_cache(maxsize=512)
def _known(vocabulary: Vocabulary, withheld: frozenset[str]) -> _Known:
    owners: dict[str, dict[str, float]] = {}
    names: dict[str, list[tuple[int, str, str]]] = {}
    places = count()
    spellings: set[str] = set()
    for one in vocabulary.services:
        for phrase in _own_phrases(one):
            tokens = tuple(_tokens(phrase))
            if len(tokens) > 1:
                names.setdefault(tokens[0], []).append((next(places), f" {' '.join(tokens)} ", one.id))
            spellings.update(token for token in tokens if len(token) > 4)
            telling = sum(token not in _DULL for token in tokens) or 1
            for token in tokens:
                worth = 0.45 if token in _DULL else 1.3 / telling ** (0.7 if token in LANGUAGES["en"] else 0.4)
                kept = owners.setdefault(stem(token), {})
                kept[one.id] = max(worth, kept.get(one.id, 0.0))
    words = {
        root: tuple((id_, worth / len(ids)) for id_, worth in ids.items())
        for root, ids in owners.items()
        if len(root) > 1
    }
    return _Known(words, names, _claimed(vocabulary, withheld), Speller(spellings))


def _own_phrases(one: ServiceWords) -> list[str]:
    parts = [part for name in one.names for part in fold_plain(name).replace("&", ",").split(",")]
    return [part for part in (*parts, *(fold_plain(word) for word in one.words)) if part.strip()]


def _tokens(phrase: str) -> list[str]:
    letters = "".join(letter if letter.isalnum() else " " for letter in phrase)
    return [token for token in letters.split() if token not in {"and", "or", "of", "the", "y", "de", "for", "a"}]


def _claimed(vocabulary: Vocabulary, withheld: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """For each subject the services whose names claim it."""
    claims: dict[str, list[tuple[int, str]]] = {}
    for one in vocabulary.services:
        name = _stems(" ".join(one.names))
        for concept, content in SERVICES.items():
            strength = _claim(name, content)
            if strength and concept not in withheld:
                claims.setdefault(concept, []).append((strength, one.id))
    return {concept: tuple(id_ for strength, id_ in ids if strength == max(ids)[0]) for concept, ids in claims.items()}


def _claim(name: str, content: Subject) -> int:
    """How strongly a name claims a subject: by more words, then by the first listed; 0 with a word of `not`."""
    if any(_stems(word) in name for word in content["not"]):
        return 0
    claims = (100 * len(of.split()) - place for place, of in enumerate(content["of"]) if _stems(of) in name)
    return max(claims, default=0)


@cache
def _stems(phrase: str) -> str:
    """The stems of a phrase between spaces, so that "Water heaters" is also a "water heater"."""
    return f" {' '.join(stem(token) for token in _tokens(fold_plain(phrase)))} "
