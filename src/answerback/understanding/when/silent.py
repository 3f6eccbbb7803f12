"""Texts that say nothing of when, told from their words alone: most of what is texted, so they are not read further.

It must be sure: whatever it does not know may speak of a time.
"""

from collections.abc import Sequence

from answerback.understanding.when.tokens import Token


def is_silent(words: Sequence[Token]) -> bool:
    """Is no word there of which a time could be made, alone or beside others?"""
    return all(token.kind in _OF_NO_TIME and _WHEN.isdisjoint(token.text.split()) for token in words)


_OF_NO_TIME = frozenset(
    {"word", "fill", "comma", "stop", "a", "the", "my", "mine", "this", "any", "number", "of", "in", "on", "at", "to"}
    | {"and", "or", "but", "like", "if", "by", "because", "since", "not", "no", "good", "bad", "wish", "correction"}
    | {"past", "last", "yesterday", "year", "happening", "event", "comes", "cancel", "pastime", "before_that"}
    | {"y_media"}
)
"""Kinds of tokens that need another beside them to be, to bound or to refuse a time."""

_WHEN = frozenset({"when", "whenever", "whatever", "wide", "cuando", "pronto"})
"""What waits for something ("when the rain stops"), and what is open to all ("wide open")."""
