"""At our own host: whoever is known by then reads their agency's name, on a page and in a mail; nobody else does."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from tests.console.test_second_step import _set_up, _sign_in

from answerback.store import models
from answerback.store.queries import agencies
from answerback.workflow import clock, people

HOST = "calls.north.example"
LINK = re.compile(r"https?://[^\s\"<>]+")


@pytest.fixture(autouse=True)
def northline(shop: Any, settings: Any) -> Iterator[models.Agency]:
    """Alice's and Bob's business wears an agency's name; its people come in at our own host."""
    settings.OWN_HOSTS, settings.PUBLIC_URL = ["testserver"], "https://answers.example.com"
    settings.ALLOWED_HOSTS = ["testserver", HOST]
    settings.MAIL, settings.DEFAULT_FROM_EMAIL = {"sender": "hello@example.com"}, "hello@example.com"
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    agency = models.Agency.objects.create(name="North Star", brand="Northline", domain=HOST)
    models.Business.objects.filter(id=shop.business.id).update(agency=agency)
    agencies.forget()
    yield agency
    agencies.forget()


def _brands(answer: Any) -> tuple[bool, bool]:
    """Whether the page names the agency, and whether it names us."""
    said = re.sub(r'(href|src|content|action)="[^"]*"', "", answer.content.decode())
    return "Northline" in said, "answerback" in said.lower()


def _reached(agency: models.Agency) -> None:
    models.Agency.objects.filter(id=agency.id).update(domain_reached_at=clock.now())
    agencies.forget()


def test_the_second_step_is_the_agencys() -> None:
    """Who had given the password read our name there."""
    first = Client()
    _sign_in(first)
    _set_up(first)
    client = Client()
    assert _brands(client.get("/sign-in")) == (False, True)
    to = _sign_in(client)["Location"]
    page = client.get(to)
    assert (page.status_code, _brands(page)) == (200, (True, False))
    refused = client.post(to, {"code": "000000"})
    assert (refused.status_code, _brands(refused)) == (200, (True, False))
    assert _brands(client.get("/sign-in")) == (False, True)


def test_a_new_password_is_chosen_under_the_agencys_name() -> None:
    """The mail about it came in our name as well, and led to the host name somebody had asked at."""
    client = Client()
    assert _brands(client.get("/account/password/forgotten")) == (False, True)
    sent = client.post("/account/password/forgotten", {"email": "alice@example.com"}, follow=True)
    assert _brands(sent) == (False, True)  # whether there is such a person is nobody's business
    (letter,) = mail.outbox
    assert letter.from_email == '"Northline" <hello@example.com>'
    assert ("Northline" in letter.alternatives[0][0], "answerback" in letter.alternatives[0][0]) == (True, False)
    page = client.get(re.findall(r"https?://[^/]+(/account/password/new/\S+)", letter.body)[0], follow=True)
    assert _brands(page) == (True, False)
    told = {"password1": "plenty of green pipes", "password2": "plenty of green pipes"}
    done = client.post(page.redirect_chain[-1][0], told, follow=True)
    assert (done.status_code, _brands(done)) == (200, (True, False))
    assert mail.outbox[1].from_email == '"Northline" <hello@example.com>'
    assert _brands(client.get("/sign-in")) == (False, True)


@pytest.mark.parametrize(
    ("is_reached", "asked_at", "leads_to"),
    [
        (True, "testserver", f"https://{HOST}"),
        (False, "testserver", "https://answers.example.com"),
        (True, "evil.example", f"https://{HOST}"),
        (False, "evil.example", "https://answers.example.com"),
    ],
)
def test_the_link_to_a_new_password_leads_to_the_persons_own_host(
    northline: models.Agency, settings: Any, is_reached: bool, asked_at: str, leads_to: str
) -> None:
    """It led to whichever host name it was asked at: another agency could have had Alice's link sent to its own."""
    models.Agency.objects.create(name="Evil", domain="evil.example", domain_reached_at=clock.now())
    settings.ALLOWED_HOSTS = ["testserver", "evil.example"]
    if is_reached:
        _reached(northline)
    agencies.forget()
    Client(SERVER_NAME=asked_at).post("/account/password/forgotten", {"email": "alice@example.com"})
    (letter,) = mail.outbox
    assert {"/".join(link.split("/")[:3]) for link in LINK.findall(letter.body)} == {leads_to}


def test_who_works_for_others_too_is_no_agencys_alone(shop: Any, northline: models.Agency) -> None:
    """Their link to a new password must lead to no agency's: it opens more than that agency looks after."""
    _reached(northline)
    other = models.Business.objects.exclude(id=shop.business.id)[0]
    bob = models.User.objects.get(email="bob@example.com")
    models.Member.objects.create(business=other, user=bob, name="Bob", role="owner", email=bob.email)
    Client().post("/account/password/forgotten", {"email": "bob@example.com"})
    (letter,) = mail.outbox
    assert letter.from_email == '"answerback" <hello@example.com>'
    assert LINK.findall(letter.body)[0].startswith("https://answers.example.com/")


def _admin(agency: models.Agency) -> Client:
    kim = models.User.objects.create_user("kim@example.com", "a long password", name="Kim")
    people.add_agency_admin(agency.id, kim.id, "Kim")
    client = Client()
    client.force_login(kim)
    return client


@pytest.mark.parametrize("is_reached", [True, False])
def test_an_agencys_admin_is_invited_by_mail_and_the_link_is_shown(northline: models.Agency, is_reached: bool) -> None:
    """It was only shown."""
    if is_reached:
        _reached(northline)
    page = _admin(northline).post("/agency/invite", {"email": "lee@north.example"})
    made = page.context["made"]
    (letter,) = mail.outbox
    root = f"https://{HOST}" if is_reached else "https://answers.example.com"
    assert made.startswith(f"{root}/join/")
    assert (letter.to, letter.from_email) == (["lee@north.example"], '"Northline" <hello@example.com>')
    assert letter.subject == "Kim asks you to join North Star"
    assert LINK.findall(letter.body) == [made]
    assert "The link works once, for seven days." in letter.body
    assert "Sent to lee@north.example." in page.content.decode()
    assert made in page.content.decode()


def test_without_a_mail_server_it_is_only_shown(northline: models.Agency, settings: Any) -> None:
    settings.MAIL = {}
    page = _admin(northline).post("/agency/invite", {"email": "lee@north.example"})
    assert (mail.outbox, page.context["made"] in page.content.decode()) == ([], True)


def test_a_member_is_invited_to_the_agencys_host(northline: models.Agency, alice: Client) -> None:
    _reached(northline)
    alice.post("/people/invite", {"name": "Luis", "email": "luis@example.com", "role": "desk", "phone": ""})
    (letter,) = mail.outbox
    assert LINK.findall(letter.body)[0].startswith(f"https://{HOST}/join/")


def _is_reached() -> bool:
    return models.Agency.objects.get(brand="Northline").domain_reached_at is not None


def test_a_host_name_counts_once_one_of_the_agencys_people_signed_in_by_it(northline: models.Agency) -> None:
    _sign_in(Client())
    assert not _is_reached()  # at our own host
    _sign_in(Client(SERVER_NAME=HOST), email="charlie@example.com")
    assert not _is_reached()  # somebody of elsewhere
    _sign_in(Client(SERVER_NAME=HOST))
    assert _is_reached()
    told = {"name": "North Star", "brand": "Northline", "domain": HOST}
    kim = _admin(northline)
    kim.post("/agency/looks/save", told)
    assert _is_reached()
    assert kim.post("/agency/looks/save", told | {"domain": "other.north.example"}).status_code == 302
    assert not _is_reached()
