"""Spanish in brackets: what stands outside of them on a page or in a mail went through no catalogue.

Within `bracketed()` every Spanish word of the catalogues, Django's and ours, says itself as `¤…§`; what a blank of it
holds stands inside. `outside` is what is left without them.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.template.autoreload import reset_loaders
from django.utils import formats
from django.utils.translation import trans_real

from answerback.console import moments
from answerback.workflow import relay, retelling

if TYPE_CHECKING:
    from collections.abc import Iterator

OPENS, CLOSES = "¤", "§"
"""In no sentence of ours, and on paper too, whose fonts know few letters, and in texts, whose alphabet has few."""


@contextmanager
def bracketed() -> Iterator[None]:
    """Spanish says itself in brackets for the length of the block."""
    held = list(trans_real.translation("es")._catalog._catalogs)
    before = [dict(each) for each in held]
    try:
        for catalog in held:
            catalog.update({key: f"{OPENS}{said}{CLOSES}" for key, said in catalog.items() if _is_words(key, said)})
        _forget()
        yield
    finally:
        for catalog, was in zip(held, before, strict=True):
            catalog.clear()
            catalog.update(was)
        _forget()


def outside(said: str) -> str:
    """What of it stands in no bracket."""
    depth, left = 0, []
    for letter in said:
        depth += (letter == OPENS) - (letter == CLOSES)
        if depth == 0 and letter != CLOSES:
            left.append(letter)
    return "".join(left)


def _is_words(key: Any, said: Any) -> bool:
    """Formats of days and the catalogue's own head are none."""
    name = key[0] if isinstance(key, tuple) else key
    return bool(name) and isinstance(said, str)


def _forget() -> None:
    """What was said before is not said again from memory."""
    retelling._retold.cache_clear()
    moments._written.cache_clear()
    moments._half.cache_clear()
    relay._words.cache_clear()
    formats.reset_format_cache()
    reset_loaders()  # a template remembers what it said
