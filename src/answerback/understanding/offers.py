"""Which of the business's services a text is about.

It works from the business's own names and words first, and adds what customers of any trade call such a thing where a
service's name claims the subject. Where no word names one, the service that lies nearest in meaning is taken when it
is near enough. An industry nobody thought of therefore works from its service list alone. It must never name a service
that the business does not offer.
"""

from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

from answerback.engine.reading import ServiceWords, Vocabulary
from answerback.understanding.heard import Heard, hear
from answerback.understanding.lexicon import LANGUAGES, SERVICES, WORDS, Subject
from answerback.understanding.meaning import NOWHERE, Point, nearness, point
from answerback.understanding.normalise import fold_plain
from answerback.understanding.phrases import Speller

_DULL = WORDS["services.dull"]
_LEAST = 0.9
_NEAR, _NEARER = 0.2, 0.04
"""How near the nearest service must lie, and how much nearer than the next, for a guess worth more than silence."""


class _Known(NamedTuple):
    """One business's services made ready: what each word and each subject is worth for whom."""

    words: dict[str, tuple[tuple[str, float], ...]]
    names: tuple[tuple[tuple[str, ...], str], ...]
    subjects: dict[str, tuple[str, ...]]
    speller: Speller


class Found(NamedTuple):
    """A service and the customer's words for it; `close` when another came near."""

    service: str
    words: str
    close: bool


def service(heard: Heard, vocabulary: Vocabulary, *, withheld: frozenset[str] = frozenset()) -> Found | None:
    """The service meant, when the text names one; `withheld` subjects are left out, to measure an unknown trade."""
    known = _known(vocabulary, withheld)
    scores: dict[str, float] = {}
    quotes: dict[str, tuple[float, str]] = {}
    for id_, worth, words in (*_by_subject(heard, known), *_by_name(heard, known)):
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


def nearest(heard: Heard, vocabulary: Vocabulary) -> Found | None:
    """The service whose names lie nearest to the text, or to one of its clauses, in meaning; None when none is near."""
    clauses = _clauses(heard)
    whole = point(heard.texts)
    if whole is NOWHERE:
        return None
    ranked: list[tuple[float, str, int]] = []
    for id_, names in _lying(vocabulary):
        near, place = max(
            (nearness(clause, name), place) for place, (_, clause) in enumerate(clauses) for name in names
        )
        ranked.append(((near + max(nearness(whole, name) for name in names)) / 2, id_, place))
    ranked.sort(reverse=True)
    if not ranked or ranked[0][0] < _NEAR or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _NEARER):
        return None
    return Found(ranked[0][1], clauses[ranked[0][2]][0], close=True)


def subjects(vocabulary: Vocabulary) -> frozenset[str]:
    """The subjects of our lists that the names of a business's services claim."""
    return frozenset(_known(vocabulary, frozenset()).subjects)


def stem(word: str) -> str:
    """A word without the endings of number and doing: "braids" and "braiding" are both "braid"."""
    for ending, rest in (("ies", "y"), ("ing", ""), ("ers", ""), ("ed", ""), ("es", ""), ("er", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending) + rest
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def _clauses(heard: Heard) -> list[tuple[str, Point]]:
    """Each clause in the customer's own spelling, and where it lies."""
    parts = [list(words) for _, words in groupby(heard.words, key=lambda word: word.clause)]
    original = heard.plain.original
    return [(original[part[0].start : part[-1].end], point(word.text for word in part)) for part in parts]


@lru_cache(maxsize=512)
def _lying(vocabulary: Vocabulary) -> tuple[tuple[str, tuple[Point, ...]], ...]:
    """Where the names and words of each service lie."""
    return tuple(
        (one.id, tuple(point(hear(phrase).texts) for phrase in (*one.names, *one.words)))
        for one in vocabulary.services
        if one.names and not one.declined
    )


def _by_subject(heard: Heard, known: _Known) -> list[tuple[str, float, str]]:
    found: list[tuple[str, float, str]] = []
    for concept, ids in known.subjects.items():
        hits = heard.all(f"services.{concept}")
        for place, hit in enumerate(hits):
            worth = (1.0 + 0.6 * (hit.last - hit.first - 1)) * (0.3 if heard.negated(hit) else 1.0)
            worth *= SERVICES[concept].get("worth", 1.0) * (1.0 if place == 0 else 0.5)
            found += [(id_, worth / len(ids) ** 0.5, heard.quote(hit)) for id_ in ids]
    return found


def _by_name(heard: Heard, known: _Known) -> list[tuple[str, float, str]]:
    found: list[tuple[str, float, str]] = []
    texts = heard.texts
    seen: set[str] = set()
    for word in heard.words:
        root = stem(known.speller.right(word.text))
        if root in known.words and root not in seen:
            seen.add(root)
            quote = heard.plain.original[word.start : word.end]
            found += [(id_, worth, quote) for id_, worth in known.words[root]]
    joined = f" {' '.join(texts)} "
    found += [(id_, 2.0, " ".join(name)) for name, id_ in known.names if f" {' '.join(name)} " in joined]
    return found


@lru_cache(maxsize=512)
def _known(vocabulary: Vocabulary, withheld: frozenset[str]) -> _Known:
    owners: dict[str, dict[str, float]] = {}
    names: list[tuple[tuple[str, ...], str]] = []
    spellings: set[str] = set()
    for one in vocabulary.services:
        for phrase in _own_phrases(one):
            tokens = tuple(_tokens(phrase))
            if len(tokens) > 1:
                names.append((tokens, one.id))
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
    return _Known(words, tuple(names), _claimed(vocabulary, withheld), Speller(spellings))


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
