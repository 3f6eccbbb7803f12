"""The catalogue of trades: what customers of a trade call what each of its services is for.

Hundreds of local trades, the services such businesses list, and the words of those who need them ("dimples" and
"hail" for a dent). A business's list of services shows which trades it is of, however they are named there; what
customers of these say of a service like its own then speaks for that. `training/catalogue` holds the lists to mend, and
`training.catalogue` packs them. It must never decide which service is meant; it only says which words speak for which.
"""

from collections import Counter
from functools import cache, lru_cache
from lzma import decompress
from math import log, sqrt
from pathlib import Path
from typing import NamedTuple

from answerback.engine.reading import Vocabulary
from answerback.understanding.bonds import DULL
from answerback.understanding.kin import stem, words_of

DATA = Path(__file__).parent / "data" / "catalogue.bin"

_TRADES, _TRADES_NEAR = 3, 0.6
"""How many trades a business may be of, and how near the next must be to the nearest."""

_ROUGHLY = 30
"""So many trades that share words with the list are held against it service by service."""

_CALLED = 3.0
"""How rare a word of the business's industry must be to count as much as one service of its list."""

_SAID = 0.6
"""What a word of a name counts that only customers use in the catalogue."""

_ALIKE, _NEXT = 0.35, 0.7
"""How alike a service of the catalogue must be to one of the business's, and how near the next to the most alike."""

_WELL, _FIRST = 0.5, 10
"""How alike a service must be to lend the words that tell most, and how many: our lists begin with these."""

Roots = frozenset[str]
Owners = tuple[tuple[str, float], ...]


class _Service(NamedTuple):
    names: Roots
    said: Roots
    length: float
    written: str


class _Trade(NamedTuple):
    """A trade: the words it is called by, all words of its services' names, and its services as they are packed."""

    called: Roots
    words: Roots
    rows: tuple[str, ...]


@lru_cache(maxsize=512)
def said_of_the_trade(vocabulary: Vocabulary) -> dict[str, Owners]:
    """For each stem of a customer's word, the services of this business it speaks for and how much, 0 to 1."""
    owners: dict[str, dict[str, float]] = {}
    for alike, id_, service in _likenesses(vocabulary):
        for word in service.said:
            kept = owners.setdefault(word, {})
            kept[id_] = max(kept.get(id_, 0.0), alike)
    equal: dict[Owners, Owners] = {}
    shared = {word: _shared(ids) for word, ids in owners.items()}
    return {word: equal.setdefault(each, each) for word, each in shared.items()}


def telling_words(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """For each service of this business that the catalogue has the like of, the words that tell most of it."""
    best: dict[str, tuple[float, _Service]] = {}
    for alike, id_, service in _likenesses(vocabulary):
        if alike >= max(_WELL, best[id_][0] if id_ in best else 0.0):
            best[id_] = alike, service
    return {id_: service.written.split()[:_FIRST] for id_, (_, service) in best.items()}


@lru_cache(maxsize=4)
def _likenesses(vocabulary: Vocabulary) -> tuple[tuple[float, str, _Service], ...]:
    """Each service of the business beside those of its trades that are like it, and how much."""
    names = {one.id: _roots(one.names) for one in vocabulary.services if not one.declined}
    return tuple(
        (near * alike, id_, service)
        for near, services in _trades_of(_roots((vocabulary.industry,)), names)
        for service in services
        for id_, alike in _likes(service, names).items()
    )


def _shared(ids: dict[str, float]) -> Owners:
    """What speaks for several tells little of each."""
    whole = sum(ids.values())
    return tuple((id_, worth * worth / whole) for id_, worth in ids.items())


def _trades_of(called: Roots, names: dict[str, Roots]) -> list[tuple[float, tuple[_Service, ...]]]:
    """The services of the trades that a list of services shows, with how near each trade is to the nearest of them."""
    rare, listed = _rarity(), called.union(*names.values())
    roughly = sorted(_catalogue(), key=lambda trade: sum(rare[root] for root in trade.words & listed), reverse=True)
    scored: list[tuple[float, tuple[_Service, ...]]] = []
    for trade in roughly[:_ROUGHLY]:
        services = tuple(map(_service, trade.rows))
        told = sum(rare[root] for root in trade.called & called) / _CALLED
        scored.append((told + sum(max(_alike(one, roots) for one in services) for roots in names.values()), services))
    scored.sort(key=lambda one: -one[0])
    most = scored[0][0]
    return [(worth / most, services) for worth, services in scored[:_TRADES] if worth and worth >= _TRADES_NEAR * most]


def _likes(service: _Service, names: dict[str, Roots]) -> dict[str, float]:
    """The services of the business that this one is like: all that come near the one most like it."""
    found = {id_: _alike(service, roots) for id_, roots in names.items()}
    least = max(_ALIKE, _NEXT * max(found.values(), default=0.0))
    return {id_: alike for id_, alike in found.items() if alike >= least}


def _alike(service: _Service, roots: Roots) -> float:
    """How alike two services are by the words of their names, 0 to 1 and more; rare words count more."""
    common = sum(map(_weight, roots & service.names)) + _SAID * sum(
        map(_weight, roots & (service.said - service.names))
    )
    return common / (service.length * sqrt(sum(map(_weight, roots)))) if common else 0.0


def _weight(root: str) -> float:
    return _rarity().get(root, 1.0) ** 2


def _roots(names: tuple[str, ...]) -> Roots:
    return frozenset(stem(word) for name in names for word in words_of(name) if word not in DULL)


def _service(row: str) -> _Service:
    of, _, written = row.partition("|")
    names, said = _set(of), frozenset(map(stem, written.split()))
    return _Service(names, said, sqrt(sum(map(_weight, names))) or 1.0, written)


@cache
def _catalogue() -> tuple[_Trade, ...]:
    trades: list[_Trade] = []
    for heading, *rows in (part.splitlines() for part in decompress(DATA.read_bytes()).decode().split("\n#")):
        called = _set(heading)
        trades.append(_Trade(called, called.union(*(row.partition("|")[0].split() for row in rows)), tuple(rows)))
    return tuple(trades)


@cache
def _rarity() -> dict[str, float]:
    """How much a word of a name tells of a trade: the fewer trades have it, the more."""
    counts = Counter(root for trade in _catalogue() for root in trade.words)
    return {root: log(1 + len(_catalogue()) / count) for root, count in counts.items()}


def _set(words: str) -> Roots:
    return frozenset(words.split())
