"""Templates are drawn as Django draws them, but for the whitespace around the ends of their lines."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.template import Context, Template
from django.template.engine import Engine
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from answerback.server.drawing import Read


@dataclass(frozen=True, slots=True)
class Thing:
    """Something a page shows."""

    name: str
    count: int

    @property
    def gone(self) -> str:
        """What is not there any more."""
        raise ObjectDoesNotExist("gone")

    @property
    def broken(self) -> str:
        """A mistake of ours."""
        raise ZeroDivisionError("broken")

    def shout(self) -> str:
        """A method without arguments."""
        return self.name.upper()

    def needs(self, what: str) -> str:
        """A method with one, which no template can call."""
        return what


SHOWN: dict[str, Any] = {
    "thing": Thing("<b> & \"q\" 'a'", 1234),
    "by_key": {"a": "<a>", "items": "own", "deep": {"n": 7}, "call": lambda: "called"},
    "rows": ["first", "second"],
    "safe": mark_safe("<i>safe</i>"),
    "lazy": gettext_lazy("Sign out"),
    "words": "Sign out",
    "call": lambda: "<called>",
    "none": None,
    "yes": True,
    "price": Decimal("1234.50"),
    "share": 0.5,
    "day": date(2026, 3, 10),
    "at": datetime(2026, 3, 10, 18, 30, tzinfo=UTC),
}

ALIKE = [
    "{{ thing.name }}|{{ thing.count }}|{{ thing.shout }}|{{ thing.needs }}|{{ thing.gone }}|{{ thing.nothing }}",
    "{{ by_key.a }}|{{ by_key.items }}|{{ by_key.deep.n }}|{{ by_key.call }}|{{ by_key.keys|length }}|{{ by_key.b }}",
    "{{ rows.0 }}|{{ rows.5 }}|{{ rows }}|{{ rows|join:thing.name }}|{{ safe }}|{{ lazy }}|{{ lazy.upper }}|{{ call }}",
    "{{ none }}|{{ yes }}|{{ price }}|{{ share }}|{{ day }}|{{ at }}|{{ at.hour }}|{{ nobody }}|{{ nobody.name }}",
    "{{ 'it' }}|{{ 12 }}|{{ 1.5 }}|{{ _('Sign out') }}|{{ True }}|{{ None }}|{{ nobody|default:thing.name }}",
    "{% autoescape off %}{{ thing.name }}{{ call }}{{ safe }}{% endautoescape %}{{ thing.name|safe }}",
    "{% if nobody == none %}d{% endif %}",
    "{% if nobody %}a{% elif thing.gone %}b{% elif thing.count > 5 and not none %}c{% endif %}",
    "{% for row in rows %}{{ forloop.counter }}{{ row }}{{ forloop.parentloop.counter }}{% empty %}-{% endfor %}",
    "{% for row in nobody %}{{ row }}{% empty %}-{% endfor %}",
    "{% for key, value in by_key.deep.items %}{{ key }}{% endfor %}",
    "{% with thing=by_key other=thing.count %}{{ thing.a }}{{ other|add:1 }}{% endwith %}{{ thing.name|slice:3 }}",
    "{% load i18n %}{% translate words %}|{{ words }}|{% translate 'Sign out' %}{% translate nobody %}",
    "{% load i18n %}{% blocktranslate with who=thing.name %}Hi\n  {{ who }}{% endblocktranslate %}{{ dicts }}",
]


@pytest.mark.parametrize("text", ALIKE)
@pytest.mark.parametrize("tongue", ["en", "es"])
def test_a_template_is_drawn_as_django_draws_it(text: str, tongue: str) -> None:
    """Whatever stands between the braces."""
    with override(tongue):
        assert _drawn(Read, text, "any.html") == _drawn(Template, text, "any.html")


@pytest.mark.parametrize("text", ["{{ thing.broken }}", "{% if 1 %}{{ rows|join:nobody }}{% endif %}"])
def test_what_fails_with_django_fails_alike(text: str) -> None:
    """A mistake of ours is never a blank."""
    raised = [_raised(read, text) for read in (Read, Template)]
    assert raised[0] == raised[1]


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("<ul>\n    <li>a  b</li>\n\n\n  <li>c</li>  \n</ul>\n", "<ul>\n<li>a  b</li>\n<li>c</li>\n</ul>\n"),
        ("<p>\n  {% if yes %}\n    x{% endif %}\n  </p>", "<p>\n\nx\n</p>"),
        ("\n  <pre>\n  {{ rows.0 }}\n    kept</pre>\n  <p>", "\n<pre>\n  first\n    kept</pre>\n<p>"),
        ("<TEXTAREA a>{% if yes %}\n\n  x{% endif %}\n </TEXTAREA>\n <p>", "<TEXTAREA a>\n\n  x\n </TEXTAREA>\n<p>"),
        ("<script>\n  a\n  </script>\n  <style>\n  b</style>", "<script>\n  a\n  </script>\n<style>\n  b</style>"),
        ("<p>\n  {{ rows.1 }}  {{ rows.0 }}</p>", "<p>\nsecond  first</p>"),
    ],
)
def test_lines_of_a_page_lose_their_indentation(text: str, drawn: str) -> None:
    """But for what is shown with its whitespace."""
    assert _drawn(Read, text, "any.html") == drawn


def test_a_letter_keeps_its_lines() -> None:
    """They are what a paragraph is in plain text."""
    text = "Hello,\n\n  {{ rows.0 }}\n\n"
    assert _drawn(Read, text, "letter.txt") == "Hello,\n\n  first\n\n"


def test_pages_are_read_by_it() -> None:
    """Those of the console, and those that come with a library."""
    for name in ("console/chip.html", "account/messages/logged_in.txt"):
        assert type(Engine.get_default().get_template(name)) is Read


def _drawn(read: Callable[..., Template], text: str, name: str) -> str:
    return str(read(text, None, name, Engine.get_default()).render(Context(SHOWN)))


def _raised(read: Callable[..., Template], text: str) -> type[Exception]:
    with pytest.raises(Exception) as caught:  # noqa: PT011  whichever it is
        _drawn(read, text, "any.html")
    return caught.type
