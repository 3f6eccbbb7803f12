"""The tag `{% url 'console:conversation' talk.id %}`, which every page uses by the hundred: Django's, asked once.

Finding an address anew takes Django as long as drawing half a line of a list. What comes before and after the numbers
in it is found once a process, as the addresses are; one with anything else in it is left to Django.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.template import Context, Library
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.urls import reverse

register = Library()

_HELD_OPEN = 10**15
"""A number no address has of itself, where the real ones are put in; the next place holds the next number."""


def address(name: str, *ids: int) -> str:
    """What `reverse` finds for this name and these ids, which are numbers."""
    pieces = _pieces(settings.ROOT_URLCONF, name, len(ids))
    if len(ids) == 1:
        return f"{pieces[0]}{ids[0]}{pieces[1]}"
    return "".join([part for pair in zip(pieces, map(str, ids), strict=False) for part in pair]) + pieces[-1]


class Address(URLNode):
    """Django's node, which asks Django only for what has more than numbers in it."""

    def __init__(self, read: URLNode) -> None:
        super().__init__(read.view_name, read.args, read.kwargs, read.asvar)
        self._name = (
            "" if read.kwargs or read.asvar or read.view_name.is_var else str(read.view_name.resolve(Context()))
        )

    def render(self, context: Any) -> Any:
        """The address, or nothing where it is kept under a name for later."""
        if self._name:
            ids = [each.resolve(context) for each in self.args]
            if all([type(each) is int and each >= 0 for each in ids]):  # noqa: C419  a generator takes as long as the rest
                return address(self._name, *ids)
        return super().render(context)


@register.tag
def url(parser: Parser, token: Token) -> Address:
    """As Django reads it."""
    return Address(django_url(parser, token))


@cache
def _pieces(urls: str, name: str, count: int) -> list[str]:  # noqa: ARG001  the name of the module whose addresses they are
    """The address of `count` numbers, cut where they stand."""
    left, pieces = reverse(name, args=range(_HELD_OPEN, _HELD_OPEN + count)), []
    for place in range(_HELD_OPEN, _HELD_OPEN + count):
        before, left = left.split(str(place), 1)
        pieces.append(before)
    return [*pieces, left]
