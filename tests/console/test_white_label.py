"""Under a white label nothing that people read names us: no page, no text, no mail, nothing a phone installs.

Left alone on purpose, since nobody reads them as a page: addresses of files (`answerback.css`), the API's description
for programs, the keys of fields we make in a CRM (`answerback_service`), the first line of a playbook's file, and
the maker's mark in calendar files (PRODID, UID), which must never change.
"""

import json
import re
from typing import Any

import pytest
from django.test import Client
from scripts import catalogue
from scripts.pages import reachable
from tests.console.test_isolation import CHARLIES, GUARDED, strangers, visitor  # noqa: F401
from tests.console.test_spanish_pages import _Reader, in_spanish  # noqa: F401

from answerback.store import models
from answerback.store.queries import agencies
from answerback.workflow import people
from answerback.workflow.set_up import STEPS

OURS = re.compile(r'answerback(?!_[a-z_]+(?:$|")|: 1\b)', re.IGNORECASE)
DOORS = ["/sign-in", "/account/password/forgotten", "/account/password/forgotten/sent", "/account/password/new/1-x"]
INSTALLED = ["/manifest.webmanifest", "/offline", "/no-such-page"]
AGENCYS = ["/agency", "/agency/rules", "/agency/looks", "/reports/everywhere", "/set-up/new"]


class _Everything(_Reader):
    """Also what stands in fields, in code and in the head."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value for name, value in attrs if value and name in {"content", "value"}}
        self.said += [*told.values()]
        super().handle_starttag("div" if tag in {"textarea", "pre", "code", "kbd"} else tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag("div" if tag in {"textarea", "pre", "code", "kbd"} else tag)


def _named(page: str) -> list[str]:
    """Whatever on a page names us."""
    reader = _Everything()
    reader.feed(page)
    return [said[:160] for said in dict.fromkeys(reader.said) if OURS.search(said)]


def _read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code < 500, address
    is_page = answer.status_code in {200, 404} and not answer.streaming and "html" in answer.get("Content-Type", "")
    return answer.content.decode() if is_page and b"<html" in answer.content else ""


@pytest.fixture
def northline(in_spanish: Any, strangers: Any) -> models.Agency:  # noqa: F811
    """The business of the one who looks wears an agency's name; everybody reads English."""
    agency = models.Agency.objects.create(name="North Star", brand="Northline", domain="testserver")
    models.Business.objects.update(agency=agency, language="en")
    models.User.objects.update(language="en")
    people.add_agency_admin(agency.id, models.User.objects.get(email="agency@example.com").id, "Kim")
    agencies.forget()
    return agency


@pytest.mark.usefixtures("northline")
def test_no_page_of_a_white_labelled_business_names_us(visitor: Any) -> None:  # noqa: F811
    client = visitor("owner")
    begin = ["/", "/leads?as=list", *(each.about(CHARLIES) for each in GUARDED)]
    pages = reachable(lambda address: _read(client, address), begin)
    assert len(pages) > 60
    found = {address: named for address in pages if (named := _named(_read(client, address)))}
    assert found == {}


def test_neither_do_the_doors_the_set_up_and_what_is_installed(
    northline: models.Agency,
    visitor: Any,  # noqa: F811
    settings: Any,
) -> None:
    settings.OWN_HOSTS, settings.PUBLIC_URL = [], ""
    kim = visitor("agency")
    asked = [(Client(), each) for each in [*DOORS, *INSTALLED]]
    asked += [(kim, each) for each in [*AGENCYS, *(f"/set-up/{each}" for each in STEPS)]]
    found = {}
    for client, address in asked:
        answer = client.get(address)
        named = OURS.findall(json.dumps(answer.json())) if "json" in answer["Content-Type"] else _named(answer.text)
        found |= {address: named} if named else {}
    assert found == {}
    assert Client().get("/manifest.webmanifest").json()["name"] == "Northline"
    for name, below in (
        ("Bright Answers", "Bright"),
        ("We Pick It Up", "We Pick It"),
        ("Unanswerableness", "Unanswerableness"),
    ):
        models.Agency.objects.filter(id=northline.id).update(brand=name)
        agencies.forget()
        assert Client().get("/manifest.webmanifest").json()["short_name"] == below
    models.Agency.objects.filter(id=northline.id).update(brand="Northline")
    agencies.forget()
    assert "Northline" in Client().get("/offline").text
    assert northline.brand == "Northline"


@pytest.mark.usefixtures("northline")
def test_no_file_that_is_taken_out_is_called_by_our_name(visitor: Any) -> None:  # noqa: F811
    """Agencies send these on: the months of all their businesses were `answerback-2026-11.zip`."""
    client = visitor("owner")
    answers = {each.name: client.get(each.about(CHARLIES)) for each in GUARDED}
    called = {name: answer.headers.get("Content-Disposition", "") for name, answer in answers.items()}
    files = {name: words for name, words in called.items() if "filename=" in words}
    assert len(files) == 6
    assert {name: words for name, words in files.items() if OURS.search(words)} == {}


def test_no_sentence_of_the_interface_names_us() -> None:
    said = [str(word.said) for word in catalogue.words()]
    assert [word for word in said if OURS.search(word)] == []


def test_mail_comes_in_the_agencys_name(northline: models.Agency, strangers: Any) -> None:  # noqa: F811
    business = strangers.business.id
    assert agencies.name_for(business=business) == "Northline"
    assert agencies.name_for(agency=northline.id) == "Northline"
    models.Business.objects.filter(id=business).update(agency=None)
    assert agencies.name_for(business=business) == "answerback"


def test_what_a_phone_installs_wears_the_looks_of_whoever_is_signed_in(
    northline: models.Agency,
    visitor: Any,  # noqa: F811
    settings: Any,
) -> None:
    settings.OWN_HOSTS = ["testserver"]
    models.Agency.objects.filter(id=northline.id).update(domain="")
    agencies.forget()
    client = visitor("owner")
    told = client.get("/manifest.webmanifest").json()
    assert (told["name"], told["icons"][0]["src"]) == ("Northline", f"/icon-192.png?of={northline.id}")
    assert "Northline" in client.get("/offline").text
    assert f'"/offline?{northline.id}-Northline' in client.get("/worker.js").text
    assert Client().get("/manifest.webmanifest").json()["name"] == "answerback"
    assert client.get("/favicon.ico")["Location"] == f"/icon-192.png?of={northline.id}"
    shown = Client().get("/favicon.ico", follow=True)  # a browser asks for it beside an answer that is no page
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/png")


def test_whoever_is_invited_sees_the_agencys_looks_at_whatever_address(
    northline: models.Agency,
    visitor: Any,  # noqa: F811
) -> None:
    """The mail came from Northline, and the page behind its link was ours."""
    models.Agency.objects.filter(id=northline.id).update(domain="calls.north.example")
    agencies.forget()
    kim = visitor("agency")
    for address, told in (
        ("/agency/invite", {"email": "lee@north.example"}),
        ("/people/invite", {"name": "Ana", "email": "ana@rivera.example", "role": "desk"}),
    ):
        link = re.search(r"/join/[\w-]+", kim.post(address, told).text)
        assert link, address
        page = Client().get(link[0]).text
        assert (_named(page), "Northline" in page) == ([], True)
