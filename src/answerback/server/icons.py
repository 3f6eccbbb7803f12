"""The tag `{% lucide "phone" size=16 %}`: lucide's own, drawn once and remembered.

A list of fifty conversations shows two hundred icons of twenty kinds; drawing each anew took half of its time. How
their lines are drawn stands once in each stylesheet (`svg[viewBox="0 0 24 24"]`): said with each icon, it was a tenth
of a page.
"""

import re
from functools import lru_cache

from django.template import Library
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags import lucide as drawing

register = Library()

REMEMBERED = 2_000
"""Some labels hold names of people, so there is no end to them."""

_BETWEEN_TAGS = re.compile(r">\s+<")
_INSIDE = re.compile(r"</?svg[^>]*>")
_LINES = ' fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'


@register.simple_tag
def lucide(name: str, *, size: int | None = 24, **attributes: object) -> SafeString:
    """The icon as SVG."""
    return _drawn(name, size, tuple((key, str(value)) for key, value in attributes.items()))


@register.simple_tag
def shapes(*names: str) -> SafeString:
    """Icons that stand many times on a page, drawn once on it; `shape` shows one of them."""
    drawn = "".join(f'<g id="shape-{name}">{_INSIDE.sub("", lucide(name))}</g>' for name in names)
    return mark_safe(f'<svg width="0" height="0" aria-hidden="true"><defs>{drawn}</defs></svg>')  # noqa: S308  lucide's


@register.simple_tag
def shape(name: str) -> SafeString:
    """One of the `shapes`, beside words: 80 bytes where drawing it anew takes four times as many."""
    return mark_safe(  # noqa: S308  a name from a template
        f'<svg width="16" height="16" viewBox="0 0 24 24" aria-hidden="true"><use href="#shape-{name}"/></svg>'
    )


@lru_cache(REMEMBERED)
def _drawn(name: str, size: int | None, attributes: tuple[tuple[str, str], ...]) -> SafeString:
    drawn = _BETWEEN_TAGS.sub("><", drawing.lucide(name, size=size, **dict(attributes)))
    return mark_safe(drawn.replace(_LINES, "", 1))  # noqa: S308  escaped
