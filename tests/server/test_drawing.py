"""Templates are drawn as Django draws them, but for the whitespace around the ends of their lines."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.template import Context, Template, TemplateDoesNotExist, TemplateSyntaxError
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


def _in_debug(folder: Path, **templates: str) -> Engine:
    """An engine that reads templates from this folder as a developer has it: with Django's debug."""
    for name, text in templates.items():
        (folder / f"{name}.html").write_text(text)
    loader = ("answerback.server.drawing.Loader", ["django.template.loaders.filesystem.Loader"])
    return Engine(dirs=[str(folder)], debug=True, loaders=[loader])


def _pointed_at(caught: pytest.ExceptionInfo[Exception]) -> tuple[int, str]:
    debug = caught.value.template_debug  # type: ignore[attr-defined]
    return debug["line"], debug["during"]


def test_a_mistake_in_a_template_is_pointed_at_where_django_debugs(tmp_path: Path) -> None:
    engine = _in_debug(tmp_path, torn="<p>\n  {% if a %}\n</p>", broken="<p>\n\n{{ thing.broken }}</p>")
    with pytest.raises(TemplateSyntaxError) as torn:
        engine.get_template("torn.html")
    assert _pointed_at(torn) == (2, "{% if a %}")
    with pytest.raises(ZeroDivisionError) as broken:
        engine.get_template("broken.html").render(Context(SHOWN))
    assert _pointed_at(broken) == (3, "{{ thing.broken }}")


def test_a_template_that_is_not_there_says_where_it_was_looked_for(tmp_path: Path) -> None:
    engine = _in_debug(tmp_path, again='{% extends "again.html" %}')
    with pytest.raises(TemplateDoesNotExist) as caught:
        engine.get_template("nowhere.html")
    assert [(origin.name, why) for origin, why in caught.value.tried] == [
        (str(tmp_path / "nowhere.html"), "Source does not exist")
    ]
    with pytest.raises(TemplateDoesNotExist) as itself:
        engine.get_template("again.html").render(Context({}))
    assert [why for _origin, why in itself.value.tried] == ["Skipped to avoid recursion"]


def test_pages_are_drawn_the_same_where_django_debugs(tmp_path: Path) -> None:
    text = "<p>\n  {{ thing.name }}\n\n  {% for row in rows %}{{ row }}\n{% endfor %}</p>"
    drawn = _in_debug(tmp_path, page=text).get_template("page.html").render(Context(SHOWN))
    assert drawn == _drawn(Read, text, "page.html")
