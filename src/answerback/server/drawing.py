"""Loads templates as Django does, to be drawn with less work: a page writes values by the thousand.

Attributes of plain objects, keys of dicts, words and whole numbers are written at once; the rest is left to Django.
Lines of a page lose their indentation and the blank lines between them, which no browser shows; what stands in a
`<pre>` or a `<textarea>` stays as it is. Never here: what a tag does.
"""

import re
from html import escape
from typing import Any

from django.template import Context, Template, TemplateDoesNotExist
from django.template.base import (
    DebugLexer,
    FilterExpression,
    Lexer,
    NodeList,
    Parser,
    TextNode,
    Token,
    Variable,
    VariableNode,
    render_value_in_context,
)
from django.template.base import VariableDoesNotExist as Missing
from django.template.loaders import cached
from django.template.loaders.base import Loader as Found
from django.utils.safestring import SafeString

_ABSENT = object()
_LINES = re.compile(r"[ \t]*\n\s*")
_KEPT = re.compile(r"<(/?)(?:pre|textarea|script|style)\b", re.IGNORECASE)
"""Where what is written stands for itself."""


class Name(Variable):
    """`line.owner.name`, which most often is an attribute of a plain object, or a key of a dict."""

    __slots__ = ("first", "rest")

    def __init__(self, var: str) -> None:
        super().__init__(var)
        self.first, *self.rest = self.lookups or ("",)

    def resolve(self, context: Any) -> Any:
        """What it is; whatever is neither is left to Django. Raises `Missing` where there is no such name."""
        if self.first and not self.translate and isinstance(context, Context):
            for layer in reversed(context.dicts):
                if self.first in layer:
                    found = self._within(layer[self.first])
                    return super().resolve(context) if found is _ABSENT else found
            raise Missing("%s is not there", (self.first,))
        return super().resolve(context)

    def _within(self, found: Any) -> Any:
        """What is found further on in it, or `_ABSENT` for Django to say what that means."""
        try:
            for bit in self.rest:
                kind = type(found)
                if kind is dict:
                    found = found[bit]
                elif callable(found) or hasattr(kind, "__getitem__"):
                    return _ABSENT
                else:
                    found = getattr(found, bit)
        except Exception:  # noqa: BLE001  Django raises it again, or leaves it out of the page
            return _ABSENT
        return _ABSENT if callable(found) else found


class Expression(FilterExpression):
    """What stands between braces, its name looked up as above."""

    def __init__(self, token: str, parser: Parser) -> None:
        super().__init__(token, parser)
        if self.is_var and self.var.lookups:
            self.var = Name(self.var.var)
        self.filters = [
            (call, [(asks, Name(said.var) if asks and said.lookups else said) for asks, said in given])
            for call, given in self.filters
        ]


class Said(VariableNode):
    """What an expression is, written into the page."""

    def render(self, context: Any) -> Any:
        """Words and whole numbers at once, anything else as Django writes it."""
        value = self.filter_expression.resolve(context)
        kind = type(value)
        if kind is str and context.autoescape:
            return escape(value)
        if kind is SafeString:
            return value
        return str(value) if kind is int else render_value_in_context(value, context)


class Reader(Parser):
    """Django's parser, which makes of a template what stands above."""

    def __init__(self, read: Template) -> None:
        engine = read.engine
        lexer = (DebugLexer if engine.debug else Lexer)(read.source)
        super().__init__(lexer.tokenize(), engine.template_libraries, engine.template_builtins, read.origin)
        self._is_page = (read.name or "").endswith(".html")
        self._is_kept = False

    def compile_filter(self, token: str) -> Expression:
        """As Django reads it."""
        return Expression(token, self)

    def extend_nodelist(self, nodelist: NodeList, node: Any, token: Token) -> None:
        """Keep a node in its place, or ours for it."""
        if type(node) is VariableNode:
            node = Said(node.filter_expression)
        elif type(node) is TextNode and self._is_page:
            node.s = self._trimmed(node.s)
        super().extend_nodelist(nodelist, node, token)

    def _trimmed(self, text: str) -> str:
        """The text without the whitespace around its ends of lines, but for what is kept as it is."""
        pieces, begin = [], 0
        for mark in _KEPT.finditer(text):
            pieces.append(self._piece(text[begin : mark.start()]))
            self._is_kept, begin = not mark[1], mark.start()
        return "".join([*pieces, self._piece(text[begin:])])

    def _piece(self, text: str) -> str:
        return text if self._is_kept else _LINES.sub("\n", text)


class Read(Template):
    """A template that is read by `Reader`."""

    def compile_nodelist(self) -> NodeList:
        """Its nodes; where Django debugs, what cannot be read says where it stands, as Django's own template does."""
        reader = Reader(self)
        try:
            nodes = reader.parse()
        except Exception as wrong:
            if self.engine.debug:
                wrong.template_debug = self.get_exception_info(wrong, wrong.token)  # type: ignore[attr-defined]
            raise
        self.extra_data = reader.extra_data
        return nodes


class _Reading(Found):
    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """The first of that name, but for those to skip."""
        origin: Any
        tried = []
        for origin in self.get_template_sources(template_name):
            if skip is not None and origin in skip:
                tried.append((origin, "Skipped to avoid recursion"))
                continue
            try:
                content = origin.loader.get_contents(origin)
            except TemplateDoesNotExist:
                tried.append((origin, "Source does not exist"))
            else:
                return Read(content, origin, origin.template_name, self.engine)
        raise TemplateDoesNotExist(template_name, tried=tried)


class Loader(cached.Loader, _Reading):
    """Remembers what it read: each template is read once a process."""
