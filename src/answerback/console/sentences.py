"""The library that templates load as `i18n`: Django's, with a `translate` that asks for words of the template directly.

Django's makes an expression of them first, which takes twice as long, some hundred times a page.
"""

from typing import Any

from django.template import Library
from django.template.base import FilterExpression, Parser, Token
from django.templatetags import i18n
from django.templatetags.i18n import TranslateNode
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext

register = Library()
register.tags |= i18n.register.tags
register.filters |= i18n.register.filters


class Sentence(TranslateNode):
    """Words that stand in the template, where a percent sign is written twice as in all sentences."""

    def __init__(self, said: FilterExpression, *, noop: bool) -> None:
        super().__init__(said, noop)
        self._in: dict[str | None, str] = {}

    def render(self, context: Any) -> Any:  # noqa: ARG002  Django's form
        """What they are in the language that is active; each is looked up once a process."""
        language = get_language()
        if language not in self._in:
            words = gettext(self.filter_expression.var.literal.replace("%", "%%")).replace("%%", "%")
            self._in[language] = mark_safe(words)  # noqa: S308  the template's own words
        return self._in[language]


@register.tag("translate")
def translate(parser: Parser, token: Token) -> TranslateNode:
    """As Django reads it."""
    read = i18n.do_translate(parser, token)
    said = read.filter_expression
    plain = isinstance(said.var.literal, str) and not (said.filters or read.noop or read.asvar or read.message_context)
    return Sentence(said, noop=False) if plain else read
