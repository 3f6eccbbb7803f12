"""Pages and paper in Spanish say nothing that went through no catalogue: found by machine, with brackets for words.

Every Spanish word says itself in brackets (`tests.marked`). The engine, the delivery and the providers have spoken.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import translation
from scripts import catalogue
from scripts.pages import reachable
from tests.console.test_spanish_demo import busy  # noqa: F401
from tests.console.test_spanish_pages import _flat, _read, _Reader, _words
from tests.marked import bracketed, outside

from answerback.console.reports import paper
from answerback.store import models
from answerback.workflow import measuring
from answerback.workflow.monthly import Month

if TYPE_CHECKING:
    from answerback.testing.world import World

DATA = re.compile(
    r"https?://\S+|\S+@\S+|Rivera Plumbing|Rivera|Dana|Website|answerback|&\w+;|\(\d{3}\) \d{3}-\d{4}|[AP]M\b"
)
"""Names of people, of the business and of a line; addresses; numbers of phones."""


def _english() -> set[str]:
    """Every word of the interface's English sentences that is no Spanish one as well; "service" stands in a quote."""
    held = [each for each in catalogue.read(catalogue.LOCALE / "es" / "LC_MESSAGES" / "django.po") if each.id]
    spanish = {word for each in held for word in _words(_flat(each.string))}
    return {word for each in held for word in _words(_flat(each.id))} - (spanish - {"service", "web"})


def _left(said: str, english: set[str]) -> bool:
    """Whether something outside of the brackets is English; services and wordings are Spanish of the playbook's own."""
    return bool(_words(DATA.sub(" ", outside(said))) & english)


@pytest.fixture
def dana(busy: World) -> Client:  # noqa: F811
    """The owner, who reads Spanish, of a business on whose day much went wrong."""
    user = models.User.objects.create_user("dana@example.com", "a long password", language="es")
    models.Member.objects.filter(name="Dana").update(user=user)
    models.Business.objects.update(language="es")
    measuring.refresh(models.Business.objects.get().id)
    client = Client()
    client.force_login(user)
    return client


def test_no_page_says_what_no_catalogue_knows(dana: Client) -> None:
    english, texts = _english(), {*models.Message.objects.values_list("body", flat=True)}
    talks = [f"/c/{id}" for id in models.Conversation.objects.values_list("id", flat=True)]
    begin = ["/", "/inbox?tab=all", "/leads?as=list", "/calls", "/todos", "/health", "/on-call", "/reports", *talks]
    found: dict[str, str] = {}
    with bracketed():
        pages = {*reachable(lambda address: _read(dana, address), begin), *talks} - {"/api/docs"}
        for address in sorted(pages):
            reader = _Reader()
            reader.feed(_read(dana, address))
            found |= {
                said: address
                for said in reader.said
                if _left(said, english) and not any(said.strip("“”") in text for text in texts)
            }
    assert len(pages) > 60
    assert found == {}


def test_nor_does_a_month_on_paper(dana: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    row, said = models.Business.objects.get(), []
    real = paper._said
    monkeypatch.setattr(paper, "_said", lambda words: said.append(words) or real(words))
    with bracketed(), translation.override("es"):
        paper.month_pdf(Month(business=row.id, name=row.name, currency=row.currency, first=date(2026, 3, 1)))
    assert len(said) > 40
    assert sorted({words for words in said if _left(words, _english())}) == []
