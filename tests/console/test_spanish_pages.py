"""Every page in Spanish says nothing in English: its words are held against the catalogue's own two vocabularies.

A word counts as English when the catalogue knows it from English sentences only. What people or playbooks wrote is no
word of ours and stays as it is: it stands in fields, or in elements that name its language.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.template import Context, Template
from django.test import Client
from django.utils import translation
from scripts import catalogue
from scripts.pages import reachable
from tests.console.test_isolation import CHARLIES, GUARDED, strangers, visitor  # noqa: F401

from answerback.store import models
from answerback.store.secrets import seal
from answerback.workflow import people
from answerback.workflow.set_up import STEPS

AGENCYS = ["/agency", "/agency/rules", "/agency/looks", "/reports/everywhere", "/set-up/new"]
OUTSIDE = ["/sign-in", "/account/password/forgotten", "/account/password/forgotten/sent", "/account/password/new/1-x"]
WORD = re.compile(r"[^\W\d_]{3,}")
SAID = ("aria-label", "title", "placeholder", "alt")
SILENT = {"script", "style", "textarea", "pre", "code", "kbd"}
WITHOUT_END = {"input", "meta", "link", "br", "img", "hr", "source", "track", "wbr"}
NO_WORDS = re.compile(
    r"%\(\w+\)s|\{\w*\}|</?\w+[^>]*>|\S+@\S+|https?://\S+|\S+:\S+|\w+\.\w+|\b[A-Z]+(?:_[A-Z]+)+\b|Google Calendar"
    r"|\bWashington\b|\b\d+ may \d{4}"
)
"""Blanks, marks of HTML, addresses, scopes, kinds of events, codes of a provider, names of a product and of a state,
and the month of May in Spanish."""


OF_SPAIN = re.compile(r"(?<![\d.,])\d+,\d{1,2}(?![\d,])")
"""A number as Spain writes it: 4,5. In the United States and Mexico it has a point, in Spanish too, as money has."""


def _words(said: str) -> set[str]:
    return {word.lower() for word in WORD.findall(NO_WORDS.sub(" ", said))}


def _english() -> set[str]:
    """Words that stand in English sentences of the catalogue and in no Spanish one."""
    held = [each for each in catalogue.read(catalogue.LOCALE / "es" / "LC_MESSAGES" / "django.po") if each.id]
    flat = [(_flat(each.id), _flat(each.string)) for each in held]
    spanish = {word for _, string in flat for word in _words(string)}
    return {word for id, _ in flat for word in _words(id)} - spanish


def _flat(said: Any) -> str:
    return " ".join(said) if isinstance(said, tuple | list) else str(said)


class _Reader(HTMLParser):
    """What a page says, text by text; not what stands in fields or in another language."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        silent = tag in SILENT or (tag != "html" and told.get("lang") not in {None, "es"})
        quiet = silent or any(self._open)
        if not quiet:
            self.said += [value for name in SAID if (value := told.get(name))]
        if tag not in WITHOUT_END:
            self._open.append(silent)

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag not in WITHOUT_END:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(self._open):
            self.said.append(" ".join(data.split()))


def _rests(page: str, english: set[str]) -> Iterator[str]:
    reader = _Reader()
    reader.feed(page)
    for said in dict.fromkeys(reader.said):
        if foreign := OF_SPAIN.findall(said):
            yield f"{said[:160]}  <{', '.join(foreign)}>"
        if found := _words(said) & english:
            yield f"{said[:160]}  <{', '.join(sorted(found))}>"


def test_numbers_are_written_as_money_is() -> None:
    """$100.01 stood beside 4,5 h."""
    with translation.override("es"):
        assert Template("{{ 4.5 }} {{ 1234.5|floatformat:'1g' }}").render(Context()) == "4.5 1,234.5"


@pytest.fixture
def in_spanish(strangers: Any, tmp_path: Path) -> None:  # noqa: F811
    """What is kept sealed can be opened, and everybody reads Spanish."""
    for table in apps.get_app_config("store").get_models():
        if any(each.name == "sealed" for each in table._meta.concrete_fields):
            table._default_manager.update(sealed=seal({"world": str(tmp_path / "phones")}))
    models.Business.objects.update(language="es", name="Zzz")
    for table in (models.Member, models.Connection):
        table.objects.update(name="Zzz")
    models.Line.objects.update(source="Zzz")
    models.Location.objects.update(zone="America/Chicago")
    models.Message.objects.update(body="Zzz")
    models.User.objects.update(language="es")


def _read(client: Client, address: str) -> str:
    answer = client.get(address, headers={"Accept-Language": "es"})
    assert answer.status_code < 500, address
    is_page = answer.status_code in {200, 404} and not answer.streaming and "html" in answer.get("Content-Type", "")
    return answer.content.decode() if is_page and b"<html" in answer.content else ""


@pytest.mark.usefixtures("in_spanish")
@pytest.mark.parametrize(("role", "least"), [("owner", 60), ("manager", 60), ("desk", 35), ("technician", 35)])
def test_no_page_speaks_english(visitor: Any, role: str, least: int) -> None:  # noqa: F811
    english, client = _english(), visitor(role)
    seen: dict[str, str] = {}

    def read(address: str) -> str:
        seen[address] = _read(client, address)
        return seen[address]

    begin = ["/", "/leads?as=list", *(each.about(CHARLIES) for each in GUARDED)]
    pages = [each for each in reachable(read, begin) if each != "/api/docs"]
    assert len(pages) > least
    assert {address: rests for address in pages if (rests := list(_rests(seen[address], english)))} == {}


@pytest.mark.usefixtures("in_spanish")
def test_neither_do_the_doors_and_the_agencys_pages(strangers: Any, visitor: Any) -> None:  # noqa: F811
    english, stranger = _english(), Client()
    agency = models.Agency.objects.create(name="Bayou")
    models.Business.objects.filter(id=strangers.business.id).update(agency=agency)
    people.add_agency_admin(agency.id, models.User.objects.get(email="agency@example.com").id, "Kim")
    kim = visitor("agency")
    asked = [(stranger, each) for each in OUTSIDE]
    asked += [(kim, each) for each in [*AGENCYS, *(f"/set-up/{each}" for each in STEPS)]]
    assert {address: list(_rests(_read(client, address), english)) for client, address in asked} == {
        address: [] for _, address in asked
    }
