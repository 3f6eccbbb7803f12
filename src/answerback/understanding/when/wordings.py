"""One wording put for another in a text that is not yet cut into tokens: what all steps of `tokens` share.

It must never know what the wordings mean.
"""

import re
from collections.abc import Callable, Sequence

Wording = str | Callable[[re.Match[str]], str]


def put(folded: str, pairs: Sequence[tuple[re.Pattern[str], Wording]]) -> str:
    """The text with each pattern's words put in its place, one pair after the other."""
    for pattern, words in pairs:
        folded = pattern.sub(words, folded)
    return folded
