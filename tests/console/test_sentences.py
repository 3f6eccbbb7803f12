"""The tag `translate` says what Django's does, for every sentence of every page and for each of its forms."""

import re
from pathlib import Path

import pytest
from django.template import Context, Engine, Template
from django.templatetags import i18n
from django.utils import translation

from answerback import console

PAGES = Path(console.__file__).parent / "templates"
SAID = sorted(
    {each for page in PAGES.rglob("*.html") for each in re.findall(r"{% translate [^%]+? %}", page.read_text())}
)
DJANGO = Engine(libraries={"i18n": i18n.__name__})
OTHERS = [
    "{% translate said %}",
    "{% translate said|upper %}",
    '{% translate "Move"|upper %}',
    '{% translate "Move" as there %}[{{ there }}]',
    '{% translate "Move" noop %}',
    '{% translate "Move" context "a card" %}',
    '{% trans "Move" %}',
    '{% translate "100% <b> sure" %}',
    "{% translate 'Today' %}",
]


@pytest.mark.parametrize("language", ["en", "es"])
def test_sentences_are_what_django_makes_of_them(language: str) -> None:
    assert len(SAID) > 500
    about = {"said": "<Move>"}
    with translation.override(language):
        ours = {each: Template("{% load i18n %}" + each).render(Context(about)) for each in [*SAID, *OTHERS]}
        theirs = {each: DJANGO.from_string("{% load i18n %}" + each).render(Context(about)) for each in ours}
    assert ours == theirs
