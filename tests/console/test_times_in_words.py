"""Every page says times in words, exact on hover, and never as a machine writes them."""

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from tests.console.test_every_page import AGENCYS, _pages, _read, open_book
from tests.console.test_isolation import strangers, visitor

from answerback.engine.events import CallEnded, CallRang
from answerback.store import models

__all__ = ["open_book", "strangers", "visitor"]

MACHINE = re.compile(r"\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d(?:\.\d|[+-]\d\d|Z)|datetime\.|\b1[67]\d{8}\b")
AS_WRITTEN = {"code", "pre", "textarea", "option", "script", "style"}
"""Tags in which words stand as a program or a person wrote them."""


class Times(HTMLParser):
    """The times of a page that lack something, and the words that a machine wrote."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        if tag == "time" and not all(dict(attrs).get(name) for name in ("datetime", "title")):
            self.wrong.append(f"no exact time on hover: {dict(attrs)}")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if MACHINE.search(data) and not AS_WRITTEN & set(self._open):
            self.wrong.append(" ".join(data.split())[:120])


@pytest.mark.usefixtures("open_book")
def test_every_time_is_in_words_and_exact_on_hover(visitor: Any) -> None:
    client = visitor("owner")
    pages = {address: Times(_read(client, address)).wrong for address in [*_pages(client), "/leads?late=1"]}
    pages |= {address: Times(_read(visitor("agency"), address)).wrong for address in AGENCYS}
    assert len(pages) > 50
    assert {address: wrong for address, wrong in pages.items() if wrong} == {}


def test_when_a_next_step_was_due_is_said(shop: Any, bob: Client, now: datetime) -> None:
    shop.conversation(131, name="Maria", at=now - timedelta(days=3))
    exact = "Monday, March 9, 2026, 10:00 AM CDT"  # a day after something last happened
    today = bob.get("/").content.decode()
    assert f'due <time datetime="2026-03-09T15:00:00+00:00" title="{exact}">Mon 10:00 AM</time>' in today
    leads = bob.get("/leads?late=1").content.decode()
    assert f'title="{exact}">Mon 10:00 AM</time>' in leads
    assert 'Next step was due by <time datetime="2026-03-11T15:00:00+00:00"' in leads
    assert bob.get("/leads?late=1&as=list").context["not_late"] == "as=list"


@pytest.mark.parametrize(("seconds", "words"), [(45, "45 s"), (60, "1 min"), (95, "1 min 35 s")])
def test_how_long_they_talked_is_said_in_minutes(
    shop: Any, bob: Client, now: datetime, seconds: int, words: str
) -> None:
    """It was "talked 60 s" among the calls, and "1 min 0 s" in the conversation."""
    there, line = shop.conversation(131, name="Maria"), shop.line.number
    shop.event(there, CallRang(at=now, call="a", line=line))
    ended = CallEnded(at=now, call="a", line=line, outcome="answered_human", rang_seconds=5, talked_seconds=seconds)
    shop.event(there, ended)
    together = words.replace(" ", "\N{NO-BREAK SPACE}")
    assert [each.detail for each in bob.get("/calls").context["calls"]] == [
        f"rang 5\N{NO-BREAK SPACE}s, talked {together}"
    ]
    assert f"They talked {words}." in bob.get(f"/c/{there.id}").content.decode()


AS_DAYS = [
    ("en", {-2: "Mon", -1: "yesterday", 0: "today", 1: "tomorrow", 4: "Sun", 21: "Apr 1"}, "Thursday, March 12, 2026"),
    ("es", {-2: "lun", -1: "ayer", 0: "hoy", 1: "mañana", 4: "dom", 21: "1 abr"}, "jueves, 12 de marzo de 2026"),
]


@pytest.mark.parametrize("case", AS_DAYS, ids=["en", "es"])
def test_next_step_without_an_hour_is_a_day(
    shop: Any, bob: Client, now: datetime, case: tuple[str, dict[int, str], str]
) -> None:
    language, said, exact = case
    models.User.objects.update(language=language)
    talk = shop.conversation(131, name="Maria")

    def times(at: datetime) -> set[tuple[str, str]]:
        models.Lead.objects.filter(conversation=talk).update(own_step="Send the offer", own_step_at=at)
        iso = re.escape(at.astimezone(UTC).isoformat())
        pages = [bob.get(each).content.decode() for each in ("/leads?as=list", "/leads?as=board", f"/c/{talk.id}")]
        found = [re.findall(f'<time datetime="{iso}" title="([^"]*)">([^<]*)</time>', page) for page in pages]
        assert all(found)
        return {each for here in found for each in here}

    midnight = now.astimezone(ZoneInfo("America/Chicago")).replace(hour=0)
    shown = {apart: times(midnight + timedelta(days=apart)) for apart in said}
    assert {apart: {words for _, words in held} for apart, held in shown.items()} == {k: {v} for k, v in said.items()}
    assert {title for title, _ in shown[1]} == {exact}
