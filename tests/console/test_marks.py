"""Chips and times as tags: they speak the language that is active, and nothing a person wrote becomes markup."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.template import Context, Template
from django.utils import translation

from answerback.console import words
from answerback.console.moments import moment
from answerback.console.words import Chip
from answerback.store import models

AUSTIN = ZoneInfo("America/Chicago")


def _drawn(template: str, **values: object) -> str:
    return Template(template).render(Context(values)).strip()


def test_remembered_chip_speaks_the_language_that_is_active() -> None:
    said = []
    for language in ("en", "es", "en"):
        with translation.override(language):
            said.append(_drawn("{% chip shown %}", shown=words.STATUSES["won"]))
    assert said == [
        '<span class="chip good">Won</span>',
        '<span class="chip good">Ganado</span>',
        '<span class="chip good">Won</span>',
    ]


def test_name_in_a_chip_is_no_markup() -> None:
    both = (Chip(words="With <b>Bob</b>", tone="warn"), Chip(words="Drain & sewer"))
    assert _drawn("{% chips both %}", both=both) == (
        '<span class="chip warn">With &lt;b&gt;Bob&lt;/b&gt;</span><span class="chip ">Drain &amp; sewer</span>'
    )


def test_nothing_is_drawn_where_there_is_nothing() -> None:
    assert _drawn("{% chip none %}{% chips none %}{% when none %}", none=None) == ""


def test_remembered_days_speak_the_language_that_is_active() -> None:
    at, now = (datetime(2026, month, 10, 9, 5, tzinfo=AUSTIN) for month in (3, 11))
    said = []
    for language in ("en", "es", "en"):
        with translation.override(language):
            said.append(_drawn("{% when at %}", at=moment(at, now, AUSTIN)))
    english = '<time datetime="2026-03-10T09:05:00-05:00" title="Tuesday, March 10, 2026, 9:05 AM CDT">Mar 10</time>'
    spanish = said[1]
    assert said == [english, spanish, english]
    assert "martes" in spanish.lower()


def test_weekday_written_by_the_same_letters_speaks_the_language_too() -> None:
    at, now = (datetime(2026, 3, day, 9, 5, tzinfo=AUSTIN) for day in (10, 14))
    said = []
    for language in ("en", "es", "en"):
        with translation.override(language):
            said.append(moment(at, now, AUSTIN).words)
    assert said[0] == said[2] == "Tue 9:05 AM"
    assert said[1].startswith("mar")


def test_a_menu_marks_what_is_chosen_and_writes_names_as_words() -> None:
    people = [models.Member(id=1, name="Ann"), models.Member(id=2, name="<b>Ben & Co")]
    assert _drawn("{% options people chosen %}", people=people, chosen=2) == (
        '<option value="1">Ann</option><option value="2" selected>&lt;b&gt;Ben &amp; Co</option>'
    )
    assert _drawn("{% options people %}", people=people[:1]) == '<option value="1">Ann</option>'
