"""Which words of customers speak for which words in the names of services, as our texts taught it.

`kin` holds what somebody wrote down; here is what was counted: a weight for each pair of a customer's word and a name's
word that texts showed together, fitted on top of everything else `leaning` weighs (`training.bonds` writes
`data/bonds.bin`). A pair may speak against a service too. It knows no trade, only names.
"""

import json
from functools import cache, lru_cache
from lzma import decompress
from pathlib import Path
from struct import iter_unpack

from answerback.engine.reading import Vocabulary
from answerback.understanding.kin import stem, words_of
from answerback.understanding.lexicon import WORDS

DATA = Path(__file__).parent / "data"
_OPENING = 4
"""Letters of a longer word that stand for the word where it was never seen, or is misspelt."""

DULL = WORDS["bonds.dull"]
"""What stands in any text, and tells nothing of what is needed."""

_SHORTEST = 3
"""Letters of a name's word that means something."""


def marks(word: str) -> tuple[str, ...]:
    """What a customer's word is looked up by: its stem, and how it begins; what stands in any text tells nothing."""
    if word in DULL:
        return ()
    root = stem(word)
    return (root, f"^{root[:_OPENING]}") if len(root) > _OPENING else (root,)


def roots(name: str) -> tuple[str, ...]:
    """The stems of a service's name, sorted."""
    return tuple(sorted({stem(word) for word in words_of(name) if len(word) >= _SHORTEST}))


@lru_cache(maxsize=512)
def speaking(vocabulary: Vocabulary) -> dict[str, tuple[tuple[int, float], ...]]:
    """For each mark, how much it speaks for which name (its place in `named`)."""
    found: dict[str, dict[int, float]] = {}
    for place, (_, name) in enumerate(named(vocabulary)):
        own = roots(name)
        for root in own:
            for mark, weight in _bonds().get(root, ()):
                of_mark = found.setdefault(mark, {})
                of_mark[place] = of_mark.get(place, 0.0) + weight / len(own) ** 0.5
    return {mark: tuple(places.items()) for mark, places in found.items()}


@lru_cache(maxsize=512)
def named(vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    """Every name of every service, with the service's id."""
    return tuple((one.id, name) for one in vocabulary.services for name in one.names)


@cache
def _bonds() -> dict[str, tuple[tuple[str, float], ...]]:
    heading, _, packed = decompress((DATA / "bonds.bin").read_bytes()).partition(b"\n")
    card = json.loads(heading)
    words, step = card["words"].split(), card["step"]
    pairs = iter_unpack("<Hb", packed)
    return {
        root: tuple((words[place], weight * step) for place, weight in (next(pairs) for _ in range(many)))
        for root, many in card["names"].items()
    }
