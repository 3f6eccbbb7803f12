"""Which kind of trade a business is of, where that changes what words mean: care of people, law, pets, or the road.

"My son got hurt" is a legal story to a law firm and a medical one to a clinic. The kind is read from the industry's
name and the services, so that an industry nobody thought of has one too.
"""

from functools import lru_cache
from typing import Literal

from answerback.engine.reading import Vocabulary
from answerback.understanding.lexicon import WORDS
from answerback.understanding.normalise import fold_plain

Kind = Literal["", "care", "law", "pets", "road"]

_KINDS: tuple[Kind, ...] = ("pets", "law", "road", "care")


@lru_cache(maxsize=512)
def kind(vocabulary: Vocabulary) -> Kind:
    """The kind of trade; empty for all others."""
    named = _words(vocabulary.industry)
    for one in _KINDS:
        if named & WORDS[f"trades.{one}"]:
            return one
    offered = [_words(" ".join(service.names)) for service in vocabulary.services]
    for one in _KINDS:
        if sum(bool(words & WORDS[f"trades.{one}"]) for words in offered) >= max(2, len(offered) // 3):
            return one
    return ""


def _words(text: str) -> set[str]:
    return set("".join(letter if letter.isalnum() else " " for letter in fold_plain(text)).split())
